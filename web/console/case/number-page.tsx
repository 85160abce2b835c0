import { useEffect } from "preact/hooks";
import { Loading } from "../../ui/loading.tsx";
import { failureKind } from "../api/failure.ts";
import { useDesk } from "../desk.ts";
import { FetchFailure } from "../fetch-failure.tsx";
import { NotFoundPage } from "../not-found-page.tsx";
import { caseHref } from "../route.ts";
import { useFetched } from "../use-fetched.ts";

type Props = { caseNumber: string; focused: boolean };

/** Goes on to the case that has a number, which somebody has named in a mail. */
export function NumberPage({ caseNumber, focused }: Props) {
  const { numbers } = useDesk();
  const { data, error, loading } = useFetched(numbers, caseNumber);
  useEffect(() => {
    // In place of this page: the way back leads to where the number stood.
    if (data !== undefined) location.replace(caseHref(data.caseId));
  }, [data]);
  if (error !== undefined && failureKind(error) === "not-found") {
    return (
      <NotFoundPage focused={focused} title="Ärendet finns inte">
        Det finns inget ärende med nummer {caseNumber}, eller så har du inte behörighet.
      </NotFoundPage>
    );
  }
  return (
    <>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={undefined}
        busy={loading}
        onRetry={() => void numbers.revalidate(caseNumber)}
      />
      {error === undefined && <Loading what="Söker ärendet …" />}
    </>
  );
}
