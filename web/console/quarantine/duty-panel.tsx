import { useState } from "preact/hooks";
import { Alert } from "../../ui/alert.tsx";
import { Button } from "../../ui/button.tsx";
import { Fold } from "../../ui/fold.tsx";
import { Problem } from "../../ui/problem.tsx";
import { shortDate } from "../../ui/swedish-time.ts";
import type { Duties, Duty } from "../api/quarantine-schemas.ts";
import type { Outcome } from "../api/request.ts";
import { failureText } from "../case/use-case-change.ts";
import { useDesk } from "../desk.ts";
import { useFetched } from "../use-fetched.ts";
import { remainderText, todayText, whose } from "./duty-words.ts";

/** Who looks through the quarantine: today over the list, the next two weeks a button away. */
export function DutyPanel() {
  const { api, duties, me, say } = useDesk();
  const { data, error } = useFetched(duties, "duties");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  if (data === undefined) {
    return error === undefined ? null : <p class="hint">Vem som har karantänen i dag gick inte att hämta.</p>;
  }
  const change = async (ask: () => Promise<Outcome<Duties>>, done: string): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const outcome = await ask();
      const stands = "answer" in outcome ? outcome.answer : outcome.current;
      if (stands !== undefined) duties.put("duties", stands);
      if ("answer" in outcome) say({ text: done });
      else setProblem(refusedText(outcome.refused));
    } catch (failure) {
      setProblem(failureText(failure, false));
    }
    setBusy(false);
  };
  const give = (day: Duty, sub: string | null): void => {
    const asked = { sub, was: day.person?.sub ?? null };
    const when = shortDate(day.date, data.today);
    const done = sub === null ? `Ingen har karantänen ${when}.` : `Du har karantänen ${when}.`;
    void change(() => api.shareDuty(day.date, asked), done);
  };
  const today = data.days.find(({ date }) => date === data.today);
  const remainder = remainderText(data);
  const button = (day: Duty) =>
    day.person !== null && day.person.sub === me.sub ? (
      <Button variant="tertiary" accent busy={busy} onClick={() => give(day, null)}>
        Lämna dagen<span class="ds-sr-only"> {shortDate(day.date, data.today)}</span>
      </Button>
    ) : (
      <Button variant="tertiary" accent busy={busy} onClick={() => me.sub !== undefined && give(day, me.sub)}>
        {day.person === null ? "Ta dagen" : "Ta över dagen"}
        <span class="ds-sr-only"> {shortDate(day.date, data.today)}</span>
      </Button>
    );
  return (
    <section class="duty" aria-labelledby="duty">
      <h2 id="duty" class="ds-heading" data-size="2xs">
        Genomgång
      </h2>
      <p class="duty-today" role="status">
        {todayText(data)}
      </p>
      {remainder !== undefined && (
        <Alert tone={today?.done === null ? "warning" : "info"}>
          <p>{remainder}</p>
        </Alert>
      )}
      <Problem text={problem} />
      {today !== undefined && today.done === null && (
        <div class="buttons">
          <Button
            busy={busy}
            onClick={() =>
              void change(() => api.finishDuty(today.date), "Karantänen är genomgången för i dag.")
            }
          >
            Genomgången
          </Button>
          {button(today)}
        </div>
      )}
      <Fold show="Visa de närmaste två veckorna" hide="Dölj de närmaste två veckorna">
        <table class="ds-table duty-days" data-color="neutral">
          <caption class="ds-sr-only">Vem som går igenom karantänen</caption>
          <thead>
            <tr>
              <th scope="col">Dag</th>
              <th scope="col">Vem</th>
              <th scope="col">
                <span class="ds-sr-only">Ta eller lämna</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.days.map((day) => (
              <tr key={day.date}>
                <th scope="row">{shortDate(day.date, data.today)}</th>
                <td>{whose(day)}</td>
                <td>{button(day)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Fold>
    </section>
  );
}

function refusedText(code: string): string {
  if (code === "changed") return "Någon annan hann ändra vem som har dagen. Så här står det nu.";
  if (code === "date-passed" || code === "not-today") return "Dagen är inte i dag längre. Ladda om sidan.";
  return "Det gick inte att göra nu.";
}
