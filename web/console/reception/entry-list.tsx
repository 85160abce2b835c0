import { EmptyState } from "../../ui/empty-state.tsx";
import { ExpectedRow, offersKey } from "./expected-row.tsx";
import type { Expected } from "./schemas.ts";
import { stepsOf } from "./steps.ts";
import type { Entry } from "./today.ts";
import { useKeptFocus } from "./use-kept-focus.ts";
import { useRowKeys } from "./use-row-keys.ts";
import type { Steps } from "./use-steps.ts";
import { VisitRow } from "./visit-row.tsx";

type Props = {
  label: string;
  entries: readonly Entry[];
  steps: Steps;
  now: Date;
  empty: string;
  onCheckIn?: (expected: Expected) => void;
  onKey?: (expected: Expected) => void;
};

/** The day's lines. A line that moves because of what was done to it keeps the focus. */
export function EntryList({ label, entries, steps, now, empty, onCheckIn, onKey }: Props) {
  const kept = useKeptFocus();
  if (entries.length === 0) return <EmptyState title={empty} icon="person" />;
  return (
    <ol class="entries" aria-label={label} {...kept}>
      {entries.map((entry) =>
        entry.kind === "visit" ? (
          <VisitRow key={entry.id} visit={entry.visit} steps={steps} now={now} />
        ) : (
          <ExpectedRow
            key={entry.id}
            expected={entry.expected}
            now={now}
            onCheckIn={onCheckIn}
            onKey={onKey}
          />
        ),
      )}
    </ol>
  );
}

/** The letters of all lines of a page. */
export function useEntryKeys(
  entries: readonly Entry[],
  steps: Steps,
  onCheckIn?: (expected: Expected) => void,
  onKey?: (expected: Expected) => void,
): void {
  useRowKeys((id, letter) => {
    const entry = entries.find((one) => one.id === id);
    if (entry?.kind === "expected" && letter === "c" && onCheckIn !== undefined) {
      onCheckIn(entry.expected);
      return true;
    }
    if (entry?.kind === "expected" && letter === "n" && onKey !== undefined && offersKey(entry.expected)) {
      onKey(entry.expected);
      return true;
    }
    if (entry?.kind !== "visit") return false;
    const step = stepsOf(entry.visit).find(({ key }) => key === letter);
    if (step === undefined) return false;
    steps.run(entry.visit, step);
    return true;
  });
}
