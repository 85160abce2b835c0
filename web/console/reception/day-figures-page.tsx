import { useState } from "preact/hooks";
import { Field } from "../../ui/field.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeading } from "../../ui/page-heading.tsx";
import { clockInSweden, dateInSweden, shortDate } from "../../ui/swedish-time.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { useFetched, useNow } from "../use-fetched.ts";
import { figuresPath } from "./api.ts";
import { useReception } from "./reception-desk.ts";
import { floorText } from "./reception-words.ts";
import type { Counts } from "./schemas.ts";
import { capital } from "./visit-row.tsx";

const COLUMNS: readonly (readonly [string, (counts: Counts) => string | number])[] = [
  ["Bokade", ({ booked }) => booked],
  ["Utan bokning", ({ dropIn }) => dropIn],
  ["Kom inte", ({ noShow }) => noShow],
  ["Totalt", ({ total }) => total],
  ["Lämnade in", ({ handedIn }) => handedIn],
  ["Avvisade", ({ turnedAway }) => turnedAway],
  ["Gick", ({ wentAway }) => wentAway],
  ["Väntade, median", ({ medianWaitingSeconds }) => waitedText(medianWaitingSeconds)],
];

function waitedText(seconds: number | null): string {
  if (seconds === null) return "–";
  return seconds < 60 ? "under 1 min" : `${Math.round(seconds / 60)} min`;
}

/** A day's visitors, floor by floor, for whoever leads. */
export function DayFiguresPage({ focused }: { focused: boolean }) {
  const { figures, office } = useReception();
  const today = dateInSweden(useNow());
  const [date, setDate] = useState(today);
  const path = figuresPath(office.id, date);
  const { data, error, loading } = useFetched(figures, path);
  const fetchedAt = useFetchedAt(data);
  const all = data?.all;
  return (
    <>
      <PageHeading focused={focused}>Dagens siffror, {office.name}</PageHeading>
      <Field label="Dag">
        {(control) => (
          <input
            {...control}
            class="ds-input day-field"
            type="date"
            value={date}
            max={today}
            onChange={({ currentTarget }) => {
              if (currentTarget.value !== "") setDate(currentTarget.value);
            }}
          />
        )}
      </Field>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void figures.revalidate(path)}
      />
      {data === undefined || all === undefined ? (
        error === undefined && <Loading what="Hämtar …" />
      ) : (
        <>
          <p class="finding">
            {all.total === 0
              ? "Inga besök."
              : `${all.booked + all.dropIn} besök, ${all.noShow} bokade som inte kom. Väntan, median: ${waitedText(all.medianWaitingSeconds)}.`}
          </p>
          <div class="wide">
            <table class="ds-table figure-table" data-color="neutral">
              <caption class="ds-sr-only">Besök per plan {shortDate(date, today)}</caption>
              <thead>
                <tr>
                  <th scope="col">Plan</th>
                  {COLUMNS.map(([name]) => (
                    <th scope="col" key={name}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.floors.map((counts) => (
                  <Row key={String(counts.floor)} name={capital(floorText(counts.floor))} counts={counts} />
                ))}
                <Row name="Alla" counts={all} />
              </tbody>
            </table>
          </div>
        </>
      )}
      <Incidents />
    </>
  );
}

function Row({ name, counts }: { name: string; counts: Counts }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {COLUMNS.map(([column, figureOf]) => (
        <td key={column} data-label={column}>
          {figureOf(counts)}
        </td>
      ))}
    </tr>
  );
}

/** What was raised in the reception, for whoever leads the servicecenter to follow up; others have no such list. */
function Incidents() {
  const { incidents, office, personName } = useReception();
  const { data } = useFetched(incidents, office.id);
  const today = dateInSweden(useNow());
  if (data === undefined || data.incidents.length === 0) return null;
  return (
    <section class="reception-section">
      <h2 class="ds-heading" data-size="xs">
        Händelser att följa upp
      </h2>
      <ul class="ended">
        {data.incidents.map(({ incidentId, at, by, text }) => (
          <li key={incidentId}>
            {shortDate(dateInSweden(new Date(at)), today)} kl. {clockInSweden(new Date(at))},{" "}
            {personName(by) ?? "receptionen"}: {text ?? "ingen anteckning"}
          </li>
        ))}
      </ul>
    </section>
  );
}
