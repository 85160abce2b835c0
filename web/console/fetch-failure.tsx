import { useRef } from "preact/hooks";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { clockInSweden } from "../ui/swedish-time.ts";

/** When what is shown was fetched: it stays on the screen while a later fetch fails. */
export function useFetchedAt(data: unknown): Date | undefined {
  const seen = useRef<{ data: unknown; at: Date } | undefined>(undefined);
  if (data !== undefined && seen.current?.data !== data) seen.current = { data, at: new Date() };
  return seen.current?.at;
}

type Props = { failed: boolean; fetchedAt: Date | undefined; busy: boolean; onRetry: () => void };

/** That something could not be fetched, and what is shown instead. Its place is always there, for screen readers. */
export function FetchFailure({ failed, fetchedAt, busy, onRetry }: Props) {
  return (
    <div role="alert">
      {failed && (
        <Alert tone="warning">
          <p>
            Kunde inte hämta
            {fetchedAt === undefined ? "." : ` – visar läget från ${clockInSweden(fetchedAt)}.`}
          </p>
          <Button variant="secondary" busy={busy} onClick={onRetry}>
            Försök igen
          </Button>
        </Alert>
      )}
    </div>
  );
}
