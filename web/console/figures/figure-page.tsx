import { EmptyState } from "../../ui/empty-state.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeading } from "../../ui/page-heading.tsx";
import { dateInSweden, shortDate } from "../../ui/swedish-time.ts";
import { BackLink, goBack } from "../back-link.tsx";
import { useDesk } from "../desk.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { FIGURES_HREF } from "../route.ts";
import { useFetched, useNow } from "../use-fetched.ts";
import { useKeys } from "../use-keys.ts";
import { DayChart } from "./day-chart.tsx";
import { figureOf, total } from "./figure-sums.ts";
import { figureText } from "./figure-words.ts";
import { NumberLink } from "./number-link.tsx";
import { periodPath } from "./period.ts";

const BACK = { href: FIGURES_HREF, text: "siffrorna" };

/** One figure, day by day, newest first. */
export function FigurePage({ figure, focused }: { figure: string; focused: boolean }) {
  const { days, directory } = useDesk();
  const today = dateInSweden(useNow());
  const path = periodPath(today);
  const { data, error, loading } = useFetched(days, path);
  const fetchedAt = useFetchedAt(data);
  useKeys({ back: () => goBack(BACK) });
  const text = figureText(figure, directory);
  const sum = data === undefined ? 0 : total(data.days, figure);
  return (
    <>
      <BackLink to={BACK} />
      <PageHeading focused={focused}>{text}</PageHeading>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void days.revalidate(path)}
      />
      {data === undefined && error === undefined && <Loading what="Hämtar siffror …" />}
      {data !== undefined && sum === 0 && (
        <EmptyState title="Inget under perioden" icon="chart">
          <p>Siffran är noll alla dagar.</p>
        </EmptyState>
      )}
      {data !== undefined && sum > 0 && (
        <div class="ds-card figure-section narrow" data-color="neutral">
          <p class="finding">
            {sum} på {data.days.length} dagar. Välj en dag för att se vad som ligger bakom.
          </p>
          <DayChart
            label={`${text} per dag: ${sum} på ${data.days.length} dagar.`}
            days={data.days}
            series={[{ name: text, count: (day) => figureOf(day, figure) }]}
          />
          <table class="ds-table figure-table" data-color="neutral">
            <caption class="ds-sr-only">{text} per dag</caption>
            <thead>
              <tr>
                <th scope="col">Dag</th>
                <th scope="col">Antal</th>
              </tr>
            </thead>
            <tbody>
              {data.days.toReversed().map((day) => (
                <tr key={day.date}>
                  <th scope="row">{day.date === today ? "I dag" : shortDate(day.date, today)}</th>
                  <td>
                    <NumberLink
                      figure={figure}
                      value={figureOf(day, figure)}
                      date={day.date}
                      about={`${text}, ${shortDate(day.date, today)}`}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
