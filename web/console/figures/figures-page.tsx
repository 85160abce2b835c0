import { Loading } from "../../ui/loading.tsx";
import { PageHeading } from "../../ui/page-heading.tsx";
import { dateInSweden } from "../../ui/swedish-time.ts";
import { failureKind } from "../api/failure.ts";
import { useDesk } from "../desk.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { NotFoundPage } from "../not-found-page.tsx";
import { useFetched, useNow } from "../use-fetched.ts";
import { FigureSections } from "./figure-sections.tsx";
import { PERIOD_DAYS, periodPath } from "./period.ts";

/** How the work goes: today, and the last two weeks. */
export function FiguresPage({ focused }: { focused: boolean }) {
  const { days } = useDesk();
  const path = periodPath(dateInSweden(useNow()));
  const { data, error, loading } = useFetched(days, path);
  const fetchedAt = useFetchedAt(data);
  if (error !== undefined && failureKind(error) === "not-found") {
    return (
      <NotFoundPage focused={focused} title="Siffrorna är inte dina">
        Ditt konto får inte se siffrorna. Fråga din chef om du borde få det.
      </NotFoundPage>
    );
  }
  return (
    <>
      <PageHeading focused={focused}>Siffror</PageHeading>
      <p class="hint">
        I dag och de senaste {PERIOD_DAYS} dagarna. Varje siffra leder till det som ligger bakom den.
      </p>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void days.revalidate(path)}
      />
      {data === undefined && error === undefined && <Loading what="Hämtar siffror …" />}
      {data !== undefined && <FigureSections figures={data} />}
    </>
  );
}
