import { ExactTime } from "../../ui/time.tsx";
import type { CaseFile } from "../api.ts";
import { historyText } from "../words.ts";

/** What has happened to a case, oldest first. */
export function History({ entries }: { entries: CaseFile["history"] }) {
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
              <span>{historyText(entry.type)}</span>
              <span class="subtle">
                <ExactTime at={entry.at} />
              </span>
            </li>
          ))}
      </ol>
    </section>
  );
}
