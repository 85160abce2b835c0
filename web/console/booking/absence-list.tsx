import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Problem } from "../../ui/problem.tsx";
import { addDays } from "../../ui/swedish-time.ts";
import { failureText } from "../case/use-case-change.ts";
import { useDesk } from "../desk.ts";
import { useFetched } from "../use-fetched.ts";
import { absencesPath } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { refusedText } from "./booking-words.ts";
import type { Absence } from "./schemas.ts";
import { stretchText } from "./stretch.ts";

const DAYS_AHEAD = 120;

/** Where a person's absences from today on are asked for. */
export function aroundPath(person: string, today: string): string {
  return absencesPath(person, today, addDays(today, DAYS_AHEAD));
}

/** When somebody is away from today on, and the way back from each. */
export function AbsenceList({ person, today }: { person: string; today: string }) {
  const { api, absences } = useBookingDesk();
  const { say } = useDesk();
  const path = aroundPath(person, today);
  const { data, error } = useFetched(absences, path);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const end = async ({ absenceId, from }: Absence): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const outcome = await api.endAbsence(person, absenceId, from);
      if ("answer" in outcome) say({ text: "Frånvaron är borttagen. Möten som har flyttats står kvar." });
      else setProblem(refusedText(outcome.refused));
      await absences.revalidate(path);
    } catch (failure) {
      setProblem(failureText(failure, false));
    }
    setBusy(false);
    document.querySelector("h1")?.focus();
  };
  return (
    <section aria-labelledby="absences">
      <h2 id="absences" class="ds-heading" data-size="2xs">
        Anmäld frånvaro
      </h2>
      <Problem text={error === undefined ? problem : "Frånvaron gick inte att hämta."} />
      {data?.absences.length === 0 && <p class="hint">Ingen.</p>}
      <ul class="absences">
        {data?.absences.map((absence) => (
          <li key={absence.absenceId}>
            <span>
              {stretchText(absence, today)} <span class="subtle">anmäld av {absence.enteredBy}</span>
            </span>
            <Button variant="tertiary" accent busy={busy} onClick={() => void end(absence)}>
              Ta bort<span class="ds-sr-only"> frånvaron {stretchText(absence, today)}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
