import { Badge } from "../../ui/badge.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import type { ListedTask } from "../desk.ts";
import { PromiseDate } from "../promise-date.tsx";
import { taskHref } from "../route.ts";
import { subjectText } from "../words.ts";
import { rowLinkId } from "./row-focus.ts";
import type { DrawnRow } from "./worklist.ts";

type Props = {
  caption: string;
  rows: readonly DrawnRow<ListedTask>[];
  added: ReadonlySet<string>;
  now: Date;
};

/** What a unit has been asked: the table of its list. */
export function TaskTable({ caption, rows, added, now }: Props) {
  return (
    <table class="ds-table case-table" data-color="neutral" data-key-list>
      <caption class="ds-sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Uppdrag</th>
          <th scope="col">Har det</th>
          <th scope="col">Kom</th>
          <th scope="col">Svar önskas</th>
          <th scope="col">Ärende</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, gone }) => (
          <tr key={row.id} data-row-id={row.id} class={gone ? "gone" : undefined}>
            <td class="what">
              <a id={rowLinkId(row.id)} class="ds-link row-link" href={taskHref(row.caseId, row.taskId)}>
                {row.subject === null ? `Uppdrag i ${row.caseNumber}` : subjectText(row.subject)}
              </a>
              <span class="badges">
                {added.has(row.id) && <Badge tone="info">Nytt</Badge>}
                {row.task === "transfer" && <Badge tone="info">Överlämnande</Badge>}
                {row.laps > 0 && <Badge tone="warning">{lapsText(row.laps)}</Badge>}
                {gone && <Badge>Inte kvar i listan</Badge>}
              </span>
            </td>
            <td class="who">{row.takenBy ?? <span class="subtle">Ingen har tagit det</span>}</td>
            <td class="came">
              <RelativeTime at={row.sentAt} now={now} />
            </td>
            <td class="promise">
              {row.dueDate === null ? (
                "Bekräfta mottagande"
              ) : (
                <PromiseDate date={row.dueDate} now={now} words="senast" />
              )}
            </td>
            <td class="number">{row.caseNumber}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Units that have had it before: the citizen has waited for each of them. */
function lapsText(laps: number): string {
  return laps === 1 ? "Har varit hos 1 enhet innan" : `Har varit hos ${laps} enheter innan`;
}
