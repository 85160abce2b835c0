import { Badge } from "../../ui/badge.tsx";
import { Icon } from "../../ui/icon.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { attentionText, statusText } from "../case-words.ts";
import type { ListedCase } from "../desk.ts";
import { PromiseDate } from "../promise-date.tsx";
import { caseHref } from "../route.ts";
import { kindName, urgencyText } from "../triage-words.ts";
import { channelText, senderText, subjectText } from "../words.ts";
import { rowLinkId } from "./row-focus.ts";
import type { DrawnRow } from "./worklist.ts";

type Props = {
  caption: string;
  rows: readonly DrawnRow<ListedCase>[];
  added: ReadonlySet<string>;
  now: Date;
  /** Where several can be chosen. */
  choice?: Choice;
};
type Choice = { chosen: ReadonlySet<string>; onChoose: (id: string, on: boolean) => void };

/** A table on a wide screen and cards on a narrow one; the style sheet alone makes the difference. */
export function CaseTable({ caption, rows, added, now, choice }: Props) {
  return (
    <table class="ds-table case-table" data-color="neutral" data-key-list>
      <caption class="ds-sr-only">{caption}</caption>
      <thead>
        <tr>
          {choice !== undefined && (
            <th scope="col">
              <span class="ds-sr-only">Välj</span>
            </th>
          )}
          <th scope="col">Ärende</th>
          <th scope="col">Från</th>
          <th scope="col">Kom in</th>
          <th scope="col">Nästa datum</th>
          <th scope="col">Nummer</th>
          <th scope="col">Kanal</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, gone }) => (
          <TableRow key={row.id} row={row} gone={gone} added={added.has(row.id)} now={now} choice={choice} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = {
  row: ListedCase;
  gone: boolean;
  added: boolean;
  now: Date;
  choice: Choice | undefined;
};

function TableRow({ row, gone, added, now, choice }: RowProps) {
  // In a list that others see as well, a secret case is a number and a date.
  const covered = row.access === "secret" && row.subject === null && row.sender === null;
  const { who, detail } = senderText(row.sender);
  const channel = channelText(row.channel);
  return (
    <tr data-row-id={row.id} class={gone ? "gone" : undefined}>
      {choice !== undefined && (
        <td class="choose">
          <input
            class="ds-input"
            type="checkbox"
            aria-label={`Välj ${row.caseNumber}`}
            disabled={gone}
            checked={choice.chosen.has(row.id)}
            onChange={(event) => choice.onChoose(row.id, event.currentTarget.checked)}
          />
        </td>
      )}
      <td class="what">
        <a id={rowLinkId(row.id)} class="ds-link row-link" href={caseHref(row.caseId)}>
          {covered ? `Sekretess (${row.caseNumber})` : subjectText(row.subject)}
        </a>
        <RowBadges row={row} gone={gone} added={added} />
      </td>
      <td class="who">
        <span class="clamped">{covered ? "Sekretess" : who}</span>
        {detail !== undefined && <span class="one-line subtle">{detail}</span>}
      </td>
      <td class="came">
        <RelativeTime at={row.arrivedAt} now={now} />
      </td>
      <td class="promise">
        <PromiseDate
          date={row.nextDate}
          now={now}
          words={row.status === "ours" ? "svar senast" : "bevakas"}
        />
      </td>
      <td class="number">{row.caseNumber}</td>
      <td class="channel">
        <span class="with-icon">
          <Icon name={channel.icon} /> {channel.text}
        </span>
      </td>
    </tr>
  );
}

function RowBadges({ row, gone, added }: Omit<RowProps, "now" | "choice">) {
  const attention = attentionText(row.attention);
  const urgency = urgencyText(row.triage.urgency);
  const kind = kindName(row.triage.kind);
  return (
    <span class="badges">
      {urgency !== undefined && (
        <Badge tone={urgency.tone} icon={urgency.icon}>
          {urgency.text}
        </Badge>
      )}
      {added && <Badge tone="info">Ny</Badge>}
      {attention !== undefined && (
        <Badge tone={attention.tone} icon={attention.icon}>
          {attention.text}
        </Badge>
      )}
      {kind !== undefined && <Badge>{kind}</Badge>}
      {row.status !== "ours" && <Badge>{statusText(row.status)}</Badge>}
      {row.access === "secret" && (
        <Badge tone="danger" icon="lock">
          Sekretess
        </Badge>
      )}
      {row.unreadable && (
        <Badge tone="warning" icon="warning">
          Oläsbart
        </Badge>
      )}
      {row.messageCount > 1 && <Badge>{row.messageCount} meddelanden</Badge>}
      {row.assignee !== null && <Badge icon="person">{row.assignee.name}</Badge>}
      {gone && <Badge>Inte kvar i listan</Badge>}
    </span>
  );
}
