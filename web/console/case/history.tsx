import { dateInSweden } from "../../ui/swedish-time.ts";
import { ExactTime } from "../../ui/time.tsx";
import type { HistoryEntry } from "../api/case-schemas.ts";
import { historyText } from "../case-words.ts";
import type { Directory } from "../directory.ts";

type Props = { entries: readonly HistoryEntry[]; directory: Directory; now: Date };

/** What has happened to a case, oldest first: who, what and when. */
export function History({ entries, directory, now }: Props) {
  return (
    <section class="history" aria-labelledby="history">
      <h2 id="history" class="ds-heading" data-size="xs">
        Händelser
      </h2>
      <ol>
        {entries
          .toSorted((one, other) => one.version - other.version)
          .map((entry) => (
            <li key={`${entry.version} ${entry.type}`}>
              <span>{historyText(entry, directory, dateInSweden(now))}</span>
              <span class="subtle">
                <ExactTime at={entry.at} />
              </span>
            </li>
          ))}
      </ol>
    </section>
  );
}
