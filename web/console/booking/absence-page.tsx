import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Problem } from "../../ui/problem.tsx";
import { failureText } from "../case/use-case-change.ts";
import { useDesk } from "../desk.ts";
import { AbsenceList, aroundPath } from "./absence-list.tsx";
import { useBookingDesk } from "./booking-desk.ts";
import { refusedText } from "./booking-words.ts";
import { FeedSection, OthersFeed } from "./feed-section.tsx";
import type { Person } from "./schemas.ts";
import { stretchOf } from "./stretch.ts";
import { StretchFields } from "./stretch-fields.tsx";
import { ToSettle } from "./to-settle.tsx";
import { type Basics, WithBasics } from "./with-basics.tsx";

/** Who may say that others are away. */
const FOR_OTHERS = ["agent", "manager", "floorCoordinator"];

/** That somebody is away, and what it means for their meetings. */
export function AbsencePage({ focused }: { focused: boolean }) {
  return (
    <WithBasics title="Frånvaro" focused={focused}>
      {(basics) => <Absences basics={basics} />}
    </WithBasics>
  );
}

function Absences({ basics: { people, today } }: { basics: Basics }) {
  const { api, absences } = useBookingDesk();
  const { me } = useDesk();
  const forOthers = me.roles.some((role) => FOR_OTHERS.includes(role));
  const own = people.find(({ person }) => person === me.sub);
  const choices = people.filter((one) => (forOthers ? !one.guestHost : one === own));
  const [person, setPerson] = useState(own?.person ?? choices[0]?.person ?? "");
  const [written, setWritten] = useState({ from: today, fromClock: "", to: today, toClock: "" });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const [hit, setHit] = useState<number | undefined>();

  if (person === "") {
    return <p>Du finns inte bland dem som kan bokas, så det finns ingen frånvaro att anmäla här.</p>;
  }
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const stretch = stretchOf(written);
    setProblem(stretch === undefined ? "Frånvaron slutar innan den börjar. Ändra tiderna." : undefined);
    setHit(undefined);
    if (stretch === undefined) return;
    setBusy(true);
    try {
      const outcome = await api.enterAbsence(person, { key: crypto.randomUUID(), ...stretch });
      if ("answer" in outcome) {
        setHit(outcome.answer.unsettled);
        void absences.revalidate(aroundPath(person, today));
      } else setProblem(refusedText(outcome.refused));
    } catch (failure) {
      setProblem(failureText(failure, true));
    }
    setBusy(false);
  };
  return (
    <>
      <form class="absence" noValidate onSubmit={(event) => void submit(event)}>
        <PersonSelect people={choices} me={me.sub} value={person} onChoose={setPerson} />
        <div class="wish">
          <StretchFields today={today} written={written} onChange={setWritten} />
        </div>
        <p class="hint">
          Utan klockslag gäller det hela dagar. Orsaken behövs inte och sparas inte. Inget möte tas bort.
        </p>
        <Problem text={problem} />
        <Button submit busy={busy}>
          Spara frånvaron
        </Button>
      </form>
      <div role="status">{hit !== undefined && <ToSettle saved="Frånvaron är sparad." count={hit} />}</div>
      <AbsenceList key={person} person={person} today={today} />
      {me.roles.includes("manager") && person !== own?.person && (
        <OthersFeed
          key={person}
          person={person}
          name={people.find((one) => one.person === person)?.name ?? person}
          today={today}
        />
      )}
      {own !== undefined && <FeedSection person={own.person} today={today} />}
    </>
  );
}

type SelectProps = {
  people: readonly Person[];
  me: string | undefined;
  value: string;
  onChoose: (person: string) => void;
};

function PersonSelect({ people, me, value, onChoose }: SelectProps) {
  return (
    <Field label="Vem är frånvarande?">
      {(control) => (
        <select
          {...control}
          class="ds-input"
          value={value}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          {people.map(({ person, name }) => (
            <option key={person} value={person}>
              {name}
              {person === me ? " (jag)" : ""}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
