import { useState } from "preact/hooks";
import { Field } from "../../ui/field.tsx";
import { shortDate } from "../../ui/swedish-time.ts";
import { barsOfDay } from "./coverage-math.ts";
import { monthName } from "./local-time.ts";
import type { Coverage } from "./rota-schemas.ts";

type Props = {
  coverage: readonly Coverage[];
  /** The rota's first date. */
  from: string;
  /** How many must be there. */
  needs: number;
  today: string;
};

/** How many work at each moment that the office is open, a month at a time. What is too little is outlined, not filled. */
export function CoverageBars({ coverage, from, needs, today }: Props) {
  const months = [...new Set(coverage.map(({ date }) => date.slice(0, 7)))];
  const now = from > today ? from : today;
  const [chosen, setChosen] = useState<string | undefined>();
  const month =
    [chosen, now.slice(0, 7)].find((one) => one !== undefined && months.includes(one)) ?? months[0];
  if (month === undefined) return null;
  const days = coverage.filter(({ date, stretches }) => date.startsWith(month) && stretches.length > 0);
  return (
    <section aria-labelledby="coverage" class="coverage">
      <h2 id="coverage" class="ds-heading" data-size="2xs">
        Bemanning dag för dag
      </h2>
      <Field label="Månad" hint={`Siffran är hur många som är på plats. Minst ${needs}.`}>
        {(control) => (
          <select
            {...control}
            class="ds-input add-person"
            value={month}
            onChange={(event) => setChosen(event.currentTarget.value)}
          >
            {months.map((one) => (
              <option key={one} value={one}>
                {monthName(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {days.length === 0 && <p class="hint">Ingen öppen dag den månaden.</p>}
      <ul class="coverage-days">
        {days.map((day) => (
          <li key={day.date}>
            <span class="coverage-date">{shortDate(day.date, today)}</span>
            <span class="coverage-bar">
              {barsOfDay(day).map(({ leftPercent, widthPercent, count, from: begins, to }) => (
                <span
                  key={begins}
                  class="coverage-part"
                  data-enough={count >= needs ? "" : undefined}
                  style={{ left: `${leftPercent}%`, width: `${widthPercent}%` }}
                  title={`${begins}–${to}`}
                >
                  <span class="ds-sr-only">
                    {begins}–{to}:{" "}
                  </span>
                  {count}
                  <span class="ds-sr-only">. </span>
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
