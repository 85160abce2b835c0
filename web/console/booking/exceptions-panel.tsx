import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Check } from "../../ui/choice.tsx";
import { DateField } from "../../ui/date-field.tsx";
import { Field } from "../../ui/field.tsx";
import { Fold } from "../../ui/fold.tsx";
import { Problem } from "../../ui/problem.tsx";
import { addDays, shortDate } from "../../ui/swedish-time.ts";
import { failureText } from "../case/use-case-change.ts";
import { useDesk } from "../desk.ts";
import { useFetched } from "../use-fetched.ts";
import { officePath } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { refusedText } from "./booking-words.ts";
import { clocks } from "./local-time.ts";
import type { OfficeDay } from "./rota-schemas.ts";
import { parseHours } from "./shift-text.ts";

const DAYS_AHEAD = 60;

type Props = { office: string; today: string; onSaved: () => void };
type Exception = { date: string; open: readonly { from: string; to: string }[]; reason: string };

/** Days on which an office is closed, or open otherwise; the reason is shown to the public. Managers settle them. */
export function ExceptionsPanel({ office, today, onSaved }: Props) {
  const { api, officeDays } = useBookingDesk();
  const { me, say } = useDesk();
  const path = `${officePath(office)}/days?from=${today}&to=${addDays(today, DAYS_AHEAD)}`;
  const { data } = useFetched(officeDays, path);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const manager = me.roles.includes("manager");
  const exceptions = data?.days.filter(({ kind }) => kind === "exception") ?? [];
  const save = async (date: string, exception: Exception | null): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const outcome = await api.saveException(office, date, exception);
      if ("refused" in outcome) setProblem(refusedText(outcome.refused));
      else
        say({
          text: `Öppettiden ${shortDate(date, today)} är ändrad. Möten som inte får plats står under Behöver ny tid.`,
        });
      onSaved();
      await officeDays.revalidate(path);
    } catch (failure) {
      setProblem(failureText(failure, true));
    }
    setBusy(false);
  };
  return (
    <section aria-labelledby="exceptions">
      <h2 id="exceptions" class="ds-heading" data-size="2xs">
        Avvikande öppettider
      </h2>
      {exceptions.length === 0 && <p class="hint">Inga de närmaste två månaderna.</p>}
      <ul class="absences">
        {exceptions.map((day) => (
          <li key={day.date}>
            <span>{exceptionText(day, today)}</span>
            {manager && (
              <Button variant="tertiary" accent busy={busy} onClick={() => void save(day.date, null)}>
                Ta bort<span class="ds-sr-only"> {shortDate(day.date, today)}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Problem text={problem} />
      {manager && (
        <Fold show="Lägg till en avvikande dag" hide="Dölj">
          <ExceptionForm
            today={today}
            busy={busy}
            onSave={(exception) => void save(exception.date, exception)}
          />
        </Fold>
      )}
    </section>
  );
}

function exceptionText({ date, open, reason = "" }: OfficeDay, today: string): string {
  const hours = open.map(({ from, to }) => clocks({ startsAt: from, endsAt: to })).join(", ");
  return `${shortDate(date, today)}: ${hours === "" ? "stängt" : hours}. ${reason}`;
}

type FormProps = { today: string; busy: boolean; onSave: (exception: Exception) => void };

function ExceptionForm({ today, busy, onSave }: FormProps) {
  const [date, setDate] = useState(addDays(today, 1));
  const [closed, setClosed] = useState(true);
  const [hours, setHours] = useState("9–12");
  const [reason, setReason] = useState("");
  const [faults, setFaults] = useState<{ hours?: string; reason?: string }>({});
  const submit = (event: Event): void => {
    event.preventDefault();
    const open = closed ? [] : parseHours(hours);
    const found = {
      ...(open === undefined || (!closed && open.length === 0) ? { hours: "Skriv som 9–12." } : {}),
      ...(reason.trim() === "" ? { reason: "Skriv varför: det visas för invånarna." } : {}),
    };
    setFaults(found);
    if (open !== undefined && Object.keys(found).length === 0 && date !== "")
      onSave({ date, open, reason: reason.trim() });
  };
  return (
    <form class="agreed" noValidate onSubmit={submit}>
      <div class="wish">
        <DateField label="Dag" error={undefined} min={today} value={date} onInput={setDate} />
        <Field label="Orsak, visas för invånarna" error={faults.reason}>
          {(control) => (
            <input
              {...control}
              class="ds-input"
              maxLength={200}
              value={reason}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </Field>
        {!closed && (
          <Field label="Öppet" error={faults.hours}>
            {(control) => (
              <input
                {...control}
                class="ds-input"
                value={hours}
                onInput={(event) => setHours(event.currentTarget.value)}
              />
            )}
          </Field>
        )}
      </div>
      <Check label="Stängt hela dagen" checked={closed} onChange={setClosed} />
      <Button submit variant="secondary" busy={busy}>
        Spara dagen
      </Button>
    </form>
  );
}
