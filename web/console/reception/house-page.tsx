import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Choices } from "../../ui/choice.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeading } from "../../ui/page-heading.tsx";
import { dateInSweden } from "../../ui/swedish-time.ts";
import { useDesk } from "../desk.ts";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { useNow } from "../use-fetched.ts";
import { storedCopy } from "./house-copy.ts";
import { HouseTable, sinceText } from "./house-table.tsx";
import { useReception } from "./reception-desk.ts";
import { FORGOTTEN, failureText, floorText, refusalText } from "./reception-words.ts";
import type { Inside } from "./schemas.ts";
import { usePolled } from "./use-polled.ts";

const POLL_MS = 10_000;

/** Who is in the house. When nothing can be fetched it is shown as this browser last had it, with its time. */
export function HousePage({ focused }: { focused: boolean }) {
  const { house, office, parts, screened } = useReception();
  const now = useNow();
  const { data, error, loading } = usePolled(house, office.id, POLL_MS);
  const fetchedAt = useFetchedAt(data);
  const [closing, setClosing] = useState<Inside | undefined>();
  const copy = data === undefined && error !== undefined ? storedCopy(office.id, now) : undefined;
  const inside = data?.inside ?? copy?.inside;
  const at = fetchedAt ?? (copy === undefined ? undefined : new Date(copy.at));
  const forgotten = inside?.filter((one) => one.forgotten) ?? [];
  return (
    <>
      <PageHeading focused={focused}>Huset, {office.name}</PageHeading>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={at}
        busy={loading}
        onRetry={() => void house.revalidate(office.id)}
      />
      <p class="no-print">
        <Button variant="secondary" onClick={() => print()}>
          Skriv ut
        </Button>
      </p>
      {forgotten.length > 0 && parts.receives && (
        <section class="forgotten no-print">
          <h2 class="ds-heading" data-size="xs">
            Borde ha checkat ut
          </h2>
          <ul>
            {forgotten.map((one) => (
              <li key={`${one.date} ${one.number}`}>
                <span>
                  Nummer {one.number}, {floorText(one.floor)}
                  {one.badge !== null && `, bricka ${one.badge}`}, sedan {sinceText(one, dateInSweden(now))}
                </span>
                <Button variant="secondary" onClick={() => setClosing(one)}>
                  Avsluta … <span class="ds-sr-only">nummer {one.number}</span>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {inside === undefined || at === undefined ? (
        error === undefined && <Loading what="Hämtar …" />
      ) : (
        <HouseTable officeName={office.name} inside={inside} at={at} screened={screened} />
      )}
      {closing !== undefined && <CloseDialog one={closing} onClose={() => setClosing(undefined)} />}
    </>
  );
}

function CloseDialog({ one, onClose }: { one: Inside; onClose: () => void }) {
  const { api, office, house } = useReception();
  const { say } = useDesk();
  const [reason, setReason] = useState<string | undefined>();
  const [error, setError] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const submit = async (): Promise<void> => {
    if (reason === undefined) return setError("Välj hur du vet det.");
    setBusy(true);
    setProblem(undefined);
    try {
      const outcome = await api.act({ ...one, office: office.id }, "close", { reason });
      if ("answer" in outcome) {
        void house.revalidate(office.id);
        say({ text: `Nummer ${one.number} är avslutad.` });
        return onClose();
      }
      setProblem(refusalText(outcome.refused, outcome.current));
    } catch (caught) {
      setProblem(failureText(caught));
    }
    setBusy(false);
  };
  return (
    <FormDialog
      title={`Nummer ${one.number} är inte kvar i huset`}
      submit="Avsluta besöket"
      busy={busy}
      problem={problem}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Choices
        legend="Hur vet du det?"
        choices={FORGOTTEN.map(([value, label]) => ({ value, label }))}
        value={reason}
        error={error}
        onChoose={setReason}
      />
    </FormDialog>
  );
}
