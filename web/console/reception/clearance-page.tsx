import { Loading } from "../../ui/loading.tsx";
import { PageHeading } from "../../ui/page-heading.tsx";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { useNow } from "../use-fetched.ts";
import { EntryList, useEntryKeys } from "./entry-list.tsx";
import { useReception } from "./reception-desk.ts";
import { StepDialog } from "./step-dialog.tsx";
import { type Entry, entriesOf } from "./today.ts";
import { TODAY_POLL_MS } from "./today-page.tsx";
import { usePolled } from "./use-polled.ts";
import { useSteps } from "./use-steps.ts";

const GROUPS: readonly { title: string; empty: string; holds: (entry: Entry) => boolean }[] = [
  {
    title: "Väntar på er",
    empty: "Ingen väntar på klartecken",
    holds: (entry) => entry.kind === "visit" && ["waiting", "called"].includes(entry.visit.state),
  },
  {
    title: "Har klartecken eller är här uppe",
    empty: "Ingen är på väg eller här",
    holds: (entry) => entry.kind === "visit" && !["waiting", "called"].includes(entry.visit.state),
  },
  { title: "Väntas i dag", empty: "Ingen mer är bokad i dag", holds: ({ kind }) => kind === "expected" },
];

/** For a floor's coordinator: who waits below for their word, and who is up. Only their own floor. */
export function ClearancePage({ focused }: { focused: boolean }) {
  const { today, office } = useReception();
  const now = useNow();
  const { data, error, loading } = usePolled(today, office.id, TODAY_POLL_MS);
  const fetchedAt = useFetchedAt(data);
  const steps = useSteps(() => undefined);
  const entries = data === undefined ? [] : entriesOf(data, now);
  useEntryKeys(entries, steps);
  return (
    <>
      <PageHeading focused={focused}>Klartecken, {office.name}</PageHeading>
      <FetchFailure
        failed={error !== undefined}
        fetchedAt={fetchedAt}
        busy={loading}
        onRetry={() => void today.revalidate(office.id)}
      />
      {data === undefined && error === undefined && <Loading what="Hämtar …" />}
      {data !== undefined &&
        GROUPS.map(({ title, empty, holds }) => (
          <section key={title} class="reception-section">
            <h2 class="ds-heading" data-size="xs">
              {title}
            </h2>
            {entries.some(holds) ? (
              <EntryList
                label={title}
                entries={entries.filter(holds)}
                steps={steps}
                now={now}
                empty={empty}
              />
            ) : (
              <p class="subtle">{empty}</p>
            )}
          </section>
        ))}
      <StepDialog steps={steps} />
    </>
  );
}
