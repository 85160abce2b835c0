import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Choices } from "../../ui/choice.tsx";
import { DateField } from "../../ui/date-field.tsx";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { addDays } from "../../ui/swedish-time.ts";
import { failureText } from "../case/use-case-change.ts";
import { useDesk } from "../desk.ts";
import type { Wish } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { emailFault, refusedText } from "./booking-words.ts";
import type { Basics } from "./with-basics.tsx";

type Props = { wish: Wish; from: string; basics: Basics };

/** For a caller whom none of the times suits. */
export function LineButton(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <p>
      <Button variant="tertiary" accent onClick={() => setOpen(true)}>
        Ställ i kö …
      </Button>
      {open && <LineDialog {...props} onClose={() => setOpen(false)} />}
    </p>
  );
}

/** Days that the form proposes. */
const PROPOSED_DAYS = 27;

const PARTS = [
  { value: "", label: "Hela dagen" },
  { value: "morning", label: "Förmiddag" },
  { value: "afternoon", label: "Eftermiddag" },
  { value: "evening", label: "Kväll" },
];

function LineDialog({ wish, from, basics, onClose }: Props & { onClose: () => void }) {
  const { api, waiting } = useBookingDesk();
  const { say } = useDesk();
  const { names, today } = basics;
  const [key] = useState(() => crypto.randomUUID());
  const [written, setWritten] = useState({
    from,
    to: addDays(from, PROPOSED_DAYS),
    part: "",
    name: "",
    phone: "",
    email: "",
  });
  const [fault, setFault] = useState<string | undefined>();
  const [problem, setProblem] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const put = (changes: Partial<typeof written>): void => setWritten({ ...written, ...changes });

  const send = async (): Promise<void> => {
    const email = written.email.trim();
    const wrong = email === "" ? "Skriv en adress: det är dit vi skriver." : emailFault(email);
    setFault(wrong);
    if (wrong !== undefined) return;
    setBusy(true);
    setProblem(undefined);
    const said = (text: string) => (text.trim() === "" ? null : text.trim());
    try {
      const outcome = await api.getInLine({
        ...wish,
        key,
        from: written.from,
        to: written.to,
        part: said(written.part),
        contact: { name: said(written.name), phone: said(written.phone), email },
      });
      if ("answer" in outcome) {
        void waiting.revalidate("waiting");
        say({ text: `${email} står i kö och får ett mejl om det.` });
        onClose();
        return;
      }
      setProblem(refusedText(outcome.refused));
    } catch (failure) {
      setProblem(failureText(failure, false));
    }
    setBusy(false);
  };
  const input = (field: "name" | "phone" | "email", label: string, mode: "text" | "tel" | "email") => (
    <Field label={label} error={field === "email" ? fault : undefined}>
      {(control) => (
        <input
          {...control}
          class="ds-input"
          inputMode={mode}
          autocomplete="off"
          maxLength={200}
          value={written[field]}
          onInput={(event) => put({ [field]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
  return (
    <FormDialog
      title="Ställ i kö"
      submit="Ställ i kö"
      busy={busy}
      problem={problem}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <p class="hint">
        {names.service(wish.service)}, {names.office(wish.office)}. När en tid blir ledig får den som väntat
        längst ett mejl, högst tre gånger.
      </p>
      <DateField
        label="Första dagen som passar"
        error={undefined}
        min={today}
        value={written.from}
        onInput={(date) => put({ from: date })}
      />
      <DateField
        label="Sista dagen som passar"
        error={undefined}
        min={today}
        value={written.to}
        onInput={(date) => put({ to: date })}
      />
      <Choices
        legend="Tid på dagen"
        choices={PARTS}
        value={written.part}
        onChoose={(part) => put({ part })}
      />
      {input("email", "E-post", "email")}
      {input("name", "Namn (frivilligt)", "text")}
      {input("phone", "Telefon (frivilligt)", "tel")}
    </FormDialog>
  );
}
