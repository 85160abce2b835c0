import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Choices } from "../../ui/choice.tsx";
import { DateField } from "../../ui/date-field.tsx";
import { Field } from "../../ui/field.tsx";
import { Fold } from "../../ui/fold.tsx";
import { Problem } from "../../ui/problem.tsx";
import { addDays, shortDate } from "../../ui/swedish-time.ts";
import { failureText } from "../case/use-case-change.ts";
import { useDesk } from "../desk.ts";
import { useFetched } from "../use-fetched.ts";
import { guestSessionsPath, type SavedSession } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { refusedText } from "./booking-words.ts";
import { type Often, repeatOf } from "./repeat.ts";
import { RepeatFields } from "./repeat-fields.tsx";
import type { GuestSession } from "./rota-schemas.ts";
import type { Service } from "./schemas.ts";
import { hoursText, parseHours } from "./shift-text.ts";
import type { Basics } from "./with-basics.tsx";

const DAYS_AHEAD = 90;

const VISITORS: Readonly<Record<string, string>> = {
  both: "Bokade och drop-in",
  booked: "Bara bokade",
  "drop-in": "Bara drop-in",
};

type Props = { office: string; basics: Basics };

/** When somebody from outside receives visitors at an office: entered, repeated and taken away. Not there where nobody does. */
export function GuestsPanel({ office, basics: { offices, today } }: Props) {
  const services =
    offices.find(({ id }) => id === office)?.services.filter((one) => one.guestHost !== undefined) ?? [];
  const { api, guestSessions } = useBookingDesk();
  const { say } = useDesk();
  const path = guestSessionsPath(office, today, addDays(today, DAYS_AHEAD));
  const { data } = useFetched(guestSessions, path);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  if (services.length === 0) return null;

  /** Saves the days one by one. What was saved before a no stays, and the list shows it. */
  const save = async (
    days: readonly { date: string; service: string }[],
    session: SavedSession | null,
  ): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setProblem(undefined);
    const closed: string[] = [];
    let saved = 0;
    try {
      for (const { date, service } of days) {
        const outcome = await api.saveGuestSession(office, date, service, session);
        if ("refused" in outcome) {
          setProblem(`${shortDate(date, today)}: ${refusedText(outcome.refused)}`);
          break;
        }
        saved += 1;
        if (outcome.answer.outsideOpening) closed.push(shortDate(date, today));
      }
    } catch (failure) {
      setProblem(failureText(failure, true));
    }
    if (closed.length > 0)
      setProblem(`Stängt hela eller delar av tiden ${closed.join(", ")}: ingen kan komma då.`);
    if (saved > 0) say({ text: savedText(saved, session) });
    await guestSessions.revalidate(path);
    setBusy(false);
    return saved === days.length;
  };
  const sessions = data?.sessions ?? [];
  return (
    <section aria-labelledby="guests">
      <h2 id="guests" class="ds-heading" data-size="2xs">
        Gästmottagningar
      </h2>
      {data !== undefined && sessions.length === 0 && <p class="hint">Inga de närmaste tre månaderna.</p>}
      <ul class="absences">
        {sessions.map((one) => (
          <li key={`${one.date} ${one.service}`}>
            <span>{sessionText(one, services, today)}</span>
            <Button variant="tertiary" accent busy={busy} onClick={() => void save([one], null)}>
              Ta bort
              <span class="ds-sr-only">
                {" "}
                {hostName(one.service, services)} {shortDate(one.date, today)}
              </span>
            </Button>
          </li>
        ))}
      </ul>
      <Problem text={problem} />
      <Fold show="Lägg till en gästmottagning" hide="Dölj">
        <GuestForm services={services} today={today} busy={busy} onSave={save} />
      </Fold>
    </section>
  );
}

function savedText(saved: number, session: SavedSession | null): string {
  if (session === null) return "Mottagningen är borttagen. Möten som fanns står under Behöver ny tid.";
  return saved === 1 ? "Mottagningen är sparad." : `${saved} mottagningar är sparade.`;
}

const hostName = (service: string, services: readonly Service[]): string =>
  services.find(({ id }) => id === service)?.guestHost?.name ?? service;

function sessionText(
  { date, service, hours, visitors }: GuestSession,
  services: readonly Service[],
  today: string,
): string {
  const who = VISITORS[visitors] ?? visitors;
  return `${shortDate(date, today)} ${hoursText(hours)}: ${hostName(service, services)}. ${who}`;
}

type FormProps = {
  services: readonly Service[];
  today: string;
  busy: boolean;
  onSave: (days: readonly { date: string; service: string }[], session: SavedSession) => Promise<boolean>;
};

function GuestForm({ services, today, busy, onSave }: FormProps) {
  const [service, setService] = useState(services[0]?.id ?? "");
  const [date, setDate] = useState(addDays(today, 1));
  const [hours, setHours] = useState("13–16");
  const [visitors, setVisitors] = useState("both");
  const [often, setOften] = useState<Often>({ everyWeeks: "0", times: "4" });
  const [fault, setFault] = useState<string | undefined>();
  const repeat = repeatOf(often);
  const submit = (event: Event): void => {
    event.preventDefault();
    const read = parseHours(hours);
    const wrong = read === undefined || read.length === 0;
    setFault(wrong ? "Skriv som 13–16." : undefined);
    if (wrong || date === "" || repeat === "fault") return;
    const { everyWeeks, times } = repeat ?? { everyWeeks: 0, times: 1 };
    const days = Array.from({ length: times }, (_, n) => ({
      date: addDays(date, n * everyWeeks * 7),
      service,
    }));
    void onSave(days, { hours: read, visitors });
  };
  return (
    <form class="agreed" noValidate onSubmit={submit}>
      <div class="wish">
        <Field label="Vem tar emot?">
          {(control) => (
            <select
              {...control}
              class="ds-input"
              value={service}
              onChange={(event) => setService(event.currentTarget.value)}
            >
              {services.map(({ id, name, guestHost }) => (
                <option key={id} value={id}>
                  {guestHost?.name}, {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <DateField label="Mottagningsdag" error={undefined} min={today} value={date} onInput={setDate} />
        <Field label="Mottagningstid" error={fault}>
          {(control) => (
            <input
              {...control}
              class="ds-input"
              value={hours}
              onInput={(event) => setHours(event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <Choices
        legend="Vilka får komma?"
        value={visitors}
        choices={Object.entries(VISITORS).map(([value, label]) => ({ value, label }))}
        onChoose={setVisitors}
      />
      {date !== "" && <RepeatFields often={often} first={date} onChange={setOften} />}
      <Button submit variant="secondary" busy={busy}>
        Spara mottagningen
      </Button>
    </form>
  );
}
