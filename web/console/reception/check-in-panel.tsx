import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Check } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { focusFirstFault } from "../../ui/form-dialog.tsx";
import { Problem } from "../../ui/problem.tsx";
import { clockInSweden } from "../../ui/swedish-time.ts";
import {
  type Arrival,
  type ArrivalFields,
  badgeFault,
  checkInOf,
  isNameless,
  plateFault,
} from "./arrival.ts";
import { FloorChoice } from "./floor-choice.tsx";
import { useReception } from "./reception-desk.ts";
import { failureText, floorText, refusalText } from "./reception-words.ts";
import type { Floor, Guests, Visit } from "./schemas.ts";

type Props = {
  arrival: Arrival;
  floors: readonly Floor[];
  /** Who from outside receives visitors without a booking today. */
  hosts: readonly Guests[];
  onDone: (visit: Visit) => void;
  onCancel: () => void;
};

/** Checks somebody in. The badge has the focus for a booked visitor, the floor for others; Enter is enough from any field. */
export function CheckInPanel({ arrival, floors, hosts, onDone, onCancel }: Props) {
  const { api, office, screened, took } = useReception();
  // One key for one visitor: pressing again after the network failed makes no second visit.
  const [key] = useState(() => crypto.randomUUID());
  const [fields, setFields] = useState<ArrivalFields>({
    floor: null,
    guests: undefined,
    handIn: false,
    name: arrival.kind === "drop-in" ? arrival.name : "",
    badge: "",
    plate: "",
  });
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const form = useRef<HTMLFormElement>(null);
  const choosesFloor = arrival.kind === "drop-in" && floors.length + hosts.length > 0;
  const focusBadge = (): void => form.current?.querySelector<HTMLElement>("[data-badge]")?.focus();
  useLayoutEffect(() => {
    if (choosesFloor) form.current?.querySelector<HTMLElement>("input:checked")?.focus();
    else focusBadge();
  }, []);

  const set = (more: Partial<ArrivalFields>): void => setFields((known) => ({ ...known, ...more }));
  const faults = [badgeFault(fields.badge), plateFault(fields.plate)] as const;
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (busy) return;
    if (faults.some((fault) => fault !== undefined)) return focusFirstFault(form.current);
    setBusy(true);
    setProblem(undefined);
    try {
      const outcome = await api.checkIn(office.id, checkInOf(arrival, fields, floors, key));
      if ("answer" in outcome) {
        took(outcome.answer);
        return onDone(outcome.answer);
      }
      setProblem(refusalText(outcome.refused));
    } catch (error) {
      setProblem(arrival.kind === "code" ? `${failureText(error)} Kontrollera koden.` : failureText(error));
    }
    setBusy(false);
  };
  return (
    <form
      ref={form}
      class="check-in"
      noValidate
      aria-labelledby="check-in-title"
      onSubmit={(event) => void send(event)}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <h2 id="check-in-title" class="ds-heading" data-size="xs">
        {titleOf(arrival, screened)}
      </h2>
      {choosesFloor && (
        <FloorChoice
          floors={floors}
          hosts={hosts}
          floor={fields.floor}
          guests={fields.guests}
          onChoose={({ floor, guests }) => set({ floor, guests })}
          onChosen={focusBadge}
          onHandIn={() => set({ handIn: !fields.handIn })}
        />
      )}
      {arrival.kind === "drop-in" && (
        <Check
          label="Lämnar bara in handlingar, i avskilt rum (i)"
          checked={fields.handIn}
          onChange={(handIn) => set({ handIn })}
        />
      )}
      <div class="check-in-fields">
        <Field label="Bricka (frivilligt)" error={checked ? faults[0] : undefined}>
          {(control) => (
            <input
              {...control}
              data-badge
              class="ds-input"
              inputMode="numeric"
              autocomplete="off"
              size={6}
              value={fields.badge}
              onInput={(event) => set({ badge: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label="Reg.nr (frivilligt)" error={checked ? faults[1] : undefined}>
          {(control) => (
            <input
              {...control}
              class="ds-input"
              autocomplete="off"
              size={10}
              value={fields.plate}
              onInput={(event) => set({ plate: event.currentTarget.value })}
            />
          )}
        </Field>
        {!isNameless(arrival, fields, floors) && arrival.kind !== "booked" && (
          <Field label="Namn (frivilligt)">
            {(control) => (
              <input
                {...control}
                class={screened ? "ds-input screened" : "ds-input"}
                autocomplete="off"
                value={fields.name}
                onInput={(event) => set({ name: event.currentTarget.value })}
              />
            )}
          </Field>
        )}
      </div>
      <Problem text={problem} />
      <div class="buttons">
        <Button submit busy={busy}>
          Checka in
        </Button>
        <Button variant="secondary" onClick={onCancel}>
          Avbryt
        </Button>
      </div>
    </form>
  );
}

function titleOf(arrival: Arrival, screened: boolean): string {
  if (arrival.kind === "drop-in") return "Utan bokning";
  if (arrival.kind === "code") return "Bokad, med kod";
  const { floor, startsAt, name } = arrival.expected;
  const who = screened || name === null ? "" : `, ${name}`;
  return `Bokad ${clockInSweden(new Date(startsAt))} till ${floorText(floor)}${who}`;
}
