import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Choices } from "../../../ui/choice.tsx";
import { DateField } from "../../../ui/date-field.tsx";
import { Field } from "../../../ui/field.tsx";
import { focusFirstFault } from "../../../ui/form-dialog.tsx";
import { Loading } from "../../../ui/loading.tsx";
import { Problem } from "../../../ui/problem.tsx";
import { dateInSweden } from "../../../ui/swedish-time.ts";
import { useFetched, useNow } from "../../use-fetched.ts";
import { useReception } from "../reception-desk.ts";
import { failureText } from "../reception-words.ts";
import { hireText, IDENTIFICATIONS, itemText, refusalText } from "./lending-words.ts";
import { hiresFor } from "./lent.ts";
import type { Hire, Item, Lent, Loan } from "./schemas.ts";

type Props = {
  /** Any of these may be lent; the first is proposed. */
  items: readonly string[];
  /** The hire that a key is for, where it is known. */
  bookingId?: string;
  onDone: (loan: Loan, item: Item) => void;
  onCancel: () => void;
};

/** Lends an item: whose name has the focus, and Enter is enough from any field. A key is proposed for the next hire of its premises. */
export function LendPanel(props: Props) {
  const { items, office } = useReception();
  const { data, error } = useFetched(items, office.id);
  if (data !== undefined) return <LendForm {...props} lent={data} />;
  return error === undefined ? <Loading what="Hämtar …" /> : <Problem text={failureText(error)} />;
}

const NO_HIRE = "";

function LendForm({ items, bookingId, onDone, onCancel, lent }: Props & { lent: Lent }) {
  const { api, office, screened, tookLoan } = useReception();
  const now = useNow();
  // One key for one loan: pressing again after the network failed lends nothing more.
  const [key] = useState(() => crypto.randomUUID());
  const [chosen, setChosen] = useState(items[0]);
  const choices = lent.items.filter(({ item }) => items.includes(item));
  const item = choices.find((one) => one.item === chosen) ?? choices[0];
  const hires = item === undefined ? [] : hiresFor(lent.hires, item);
  const proposed = hires.find((hire) => hire.bookingId === bookingId) ?? hires[0];
  const [hire, setHire] = useState<Hire | undefined>(proposed);
  const [name, setName] = useState(proposed?.name ?? "");
  const [phone, setPhone] = useState(proposed?.phone ?? "");
  const [email, setEmail] = useState(proposed?.email ?? "");
  const [identifiedBy, setIdentifiedBy] = useState("legitimation");
  const [dueOn, setDueOn] = useState(lent.nextOpen ?? "");
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>("[data-borrower]")?.focus(), []);
  if (item === undefined) return null;

  const chooseHire = (id: string): void => {
    const next = hires.find((one) => one.bookingId === id);
    setHire(next);
    // What somebody has typed stays; what the hire filled in goes with it.
    const follow = (typed: string, was: string | null | undefined, is: string | null | undefined): string =>
      typed === (was ?? "") ? (is ?? "") : typed;
    setName(follow(name, hire?.name, next?.name));
    setPhone(follow(phone, hire?.phone, next?.phone));
    setEmail(follow(email, hire?.email, next?.email));
  };
  const faults = {
    name: name.trim() === "" ? "Skriv vem som lånar." : undefined,
    email:
      email.trim() === "" || /^\S+@\S+\.\S+$/.test(email.trim()) ? undefined : "Adressen ser inte rätt ut.",
    dueOn: hire === undefined && dueOn === "" ? "Välj när den ska vara åter." : undefined,
  };
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (busy) return;
    if (Object.values(faults).some((fault) => fault !== undefined)) return focusFirstFault(form.current);
    setBusy(true);
    setProblem(undefined);
    const given = (text: string): string | null => (text.trim() === "" ? null : text.trim());
    try {
      const outcome = await api.lend(office.id, {
        key,
        item: item.item,
        ...(hire === undefined ? { dueOn } : { bookingId: hire.bookingId }),
        borrower: { name: name.trim(), phone: given(phone), email: given(email), identifiedBy },
      });
      if ("answer" in outcome) {
        tookLoan(outcome.answer);
        return onDone(outcome.answer, item);
      }
      setProblem(refusalText(outcome.refused));
    } catch (error) {
      setProblem(failureText(error));
    }
    setBusy(false);
  };
  const fault = (which: keyof typeof faults): string | undefined => (checked ? faults[which] : undefined);
  const inputClass = screened ? "ds-input screened" : "ds-input";
  return (
    <form
      ref={form}
      class="check-in"
      noValidate
      aria-labelledby="lend-title"
      onSubmit={(event) => void send(event)}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <h2 id="lend-title" class="ds-heading" data-size="xs">
        Låna ut {itemText(item)}
      </h2>
      <div class="check-in-fields">
        {choices.length > 1 && (
          <Field label="Vilken">
            {(control) => (
              <select
                {...control}
                class="ds-input"
                value={item.item}
                onChange={(event) => setChosen(event.currentTarget.value)}
              >
                {choices.map((one) => (
                  <option key={one.item} value={one.item}>
                    {itemText(one)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {hires.length > 0 && (
          <Field label="För">
            {(control) => (
              <select
                {...control}
                class="ds-input"
                value={hire?.bookingId ?? NO_HIRE}
                onChange={(event) => chooseHire(event.currentTarget.value)}
              >
                {hires.map((one) => (
                  <option key={one.bookingId} value={one.bookingId}>
                    Bokad {hireText(one, now)}
                    {!screened && one.name !== null && `, ${one.name}`}
                  </option>
                ))}
                <option value={NO_HIRE}>Ingen bokning</option>
              </select>
            )}
          </Field>
        )}
        {hire === undefined && (
          <DateField
            label="Åter senast"
            error={fault("dueOn")}
            min={dateInSweden(now)}
            value={dueOn}
            onInput={setDueOn}
          />
        )}
      </div>
      <div class="check-in-fields">
        <Field label="Namn" error={fault("name")}>
          {(control) => (
            <input
              {...control}
              data-borrower
              class={inputClass}
              autocomplete="off"
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label="Telefon (frivilligt)">
          {(control) => (
            <input
              {...control}
              class={inputClass}
              type="tel"
              autocomplete="off"
              value={phone}
              onInput={(event) => setPhone(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label="E-post (frivilligt)" error={fault("email")}>
          {(control) => (
            <input
              {...control}
              class={inputClass}
              type="email"
              autocomplete="off"
              value={email}
              onInput={(event) => setEmail(event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <Choices
        legend="Hur visade personen vem den är?"
        choices={IDENTIFICATIONS.map(([value, label]) => ({ value, label }))}
        value={identifiedBy}
        onChoose={setIdentifiedBy}
      />
      <Problem text={problem} />
      <div class="buttons">
        <Button submit busy={busy}>
          Låna ut
        </Button>
        <Button variant="secondary" onClick={onCancel}>
          Avbryt
        </Button>
      </div>
    </form>
  );
}
