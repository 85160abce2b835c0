import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeading } from "../../ui/page-heading.tsx";
import { clockInSweden, dateInSweden, shortDate } from "../../ui/swedish-time.ts";
import { ExactTime } from "../../ui/time.tsx";
import { failureKind } from "../api/failure.ts";
import type { CountedCases } from "../api/figure-schemas.ts";
import { countedPath } from "../api/paths.ts";
import { BackLink, goBack } from "../back-link.tsx";
import { meetingHref } from "../booking/booking-route.ts";
import { longDate } from "../booking/local-time.ts";
import { useDesk } from "../desk.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { caseHref, figureHref } from "../route.ts";
import { useFetched, useNow } from "../use-fetched.ts";
import { useKeys } from "../use-keys.ts";
import { figureText } from "./figure-words.ts";

type Props = { figure: string; date: string; focused: boolean };

/** The cases or the meetings behind a figure of a day, one line for each time that it was added to. */
export function CountedPage({ figure, date, focused }: Props) {
  const { directory } = useDesk();
  const today = dateInSweden(useNow());
  /** Where each page that is open begins. */
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const text = figureText(figure, directory);
  const back = { href: figureHref(figure), text: "siffran dag för dag" };
  useKeys({ back: () => goBack(back) });
  return (
    <>
      <BackLink to={back} />
      <PageHeading focused={focused}>
        {text}, {date === today ? "i dag" : shortDate(date, today)}
      </PageHeading>
      {cursors.map((cursor, place) => (
        <Page
          key={cursor}
          path={countedPath(date, figure, cursor)}
          first={place === 0}
          onMore={place < cursors.length - 1 ? undefined : (next) => setCursors([...cursors, next])}
        />
      ))}
    </>
  );
}

function isEmpty({ cases, bookings, withheld }: CountedCases): boolean {
  return cases.length + bookings.length + withheld === 0;
}

type PageProps = { path: string; first: boolean; onMore: ((cursor: string) => void) | undefined };

function Page({ path, first, onMore }: PageProps) {
  const { countedCases } = useDesk();
  const { data, error, loading } = useFetched(countedCases, path);
  const fetchedAt = useFetchedAt(data);
  if (error !== undefined && failureKind(error) === "not-found") {
    return (
      <EmptyState title="Finns inte" icon="question">
        <p>Siffran finns inte, eller så har du inte behörighet.</p>
      </EmptyState>
    );
  }
  const cursor = data?.cursor ?? null;
  return (
    <>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void countedCases.revalidate(path)}
      />
      {data === undefined && error === undefined && <Loading what="Hämtar ärenden …" />}
      {data?.hidden === true && (
        <EmptyState title="Visas inte" icon="lock">
          <p>Uppgiften är sekretessbelagd. Antalet får visas, men inte vad det gäller.</p>
        </EmptyState>
      )}
      {data?.hidden === false && first && isEmpty(data) && (
        <EmptyState title="Inget att visa" icon="chart">
          <p>Inget har räknats den dagen.</p>
        </EmptyState>
      )}
      {(data?.cases.length ?? 0) > 0 && (
        <ul class="counted">
          {data?.cases.map(({ caseId, caseNumber, at }) => (
            <li key={`${at} ${caseId}`}>
              <a class="ds-link" href={caseHref(caseId)}>
                {caseNumber}
              </a>{" "}
              <span class="subtle">
                <ExactTime at={at} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {(data?.bookings.length ?? 0) > 0 && (
        <ul class="counted">
          {data?.bookings.map(({ bookingId, startsAt, at }) => (
            <li key={`${at} ${bookingId}`}>
              <a class="ds-link" href={meetingHref(bookingId)}>
                Möte {longDate(dateInSweden(new Date(startsAt)))} {clockInSweden(new Date(startsAt))}
              </a>{" "}
              <span class="subtle">
                <ExactTime at={at} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {data !== undefined && data.withheld > 0 && (
        <p class="hint">
          {data.withheld === 1 ? "1 möte visas" : `${data.withheld} möten visas`} inte: vem som träffar vem är
          sekretessbelagt där.
        </p>
      )}
      {cursor !== null && onMore !== undefined && (
        <Button variant="secondary" onClick={() => onMore(cursor)}>
          Visa fler
        </Button>
      )}
    </>
  );
}
