import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeading } from "../../ui/page-heading.tsx";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { useCopy } from "../use-copy.ts";
import { useFetched } from "../use-fetched.ts";
import { useReception } from "./reception-desk.ts";

/** Which cars are today's visitors', for the firm that looks after the car park: plates alone. */
export function ParkingPage({ focused }: { focused: boolean }) {
  const { parking, office } = useReception();
  const copy = useCopy();
  const { data, error, loading } = useFetched(parking, office.id);
  const fetchedAt = useFetchedAt(data);
  return (
    <>
      <PageHeading focused={focused}>Besökares bilar, {office.name}</PageHeading>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void parking.revalidate(office.id)}
      />
      {data === undefined ? (
        error === undefined && <Loading what="Hämtar …" />
      ) : (
        <>
          <p>
            {data.date}, {data.plates.length} bilar. Listan gäller i dag och är borta i morgon.
          </p>
          <div class="buttons no-print">
            <Button variant="secondary" onClick={() => void copy("Listan", (data?.plates ?? []).join("\n"))}>
              Kopiera
            </Button>
            <Button variant="secondary" onClick={() => print()}>
              Skriv ut
            </Button>
          </div>
          {data.plates.length === 0 ? (
            <EmptyState title="Inga bilar i dag" />
          ) : (
            <ul class="plates">
              {data.plates.map((plate) => (
                <li key={plate}>{plate}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </>
  );
}
