import { Badge } from "../../ui/badge.tsx";
import { Icon } from "../../ui/icon.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import type { CaseRow } from "../api.ts";
import { PromiseDate } from "../promise-date.tsx";
import { caseHref } from "../route.ts";
import { channelText, senderText, subjectText } from "../words.ts";

const linkId = (caseId: string): string => `case-${caseId}`;

/** Puts the focus on a case's row, scrolled clear of the edges. */
export function focusCase(caseId: string): void {
  document.getElementById(linkId(caseId))?.focus();
}

/** The case whose row has the focus, if any. */
export function focusedCaseId(): string | undefined {
  return document.activeElement?.closest<HTMLElement>("[data-case-id]")?.dataset["caseId"];
}

type Props = { rows: readonly { row: CaseRow; gone: boolean }[]; added: ReadonlySet<string>; now: Date };

/** A table on a wide screen and cards on a narrow one; the style sheet alone makes the difference. */
export function CaseTable({ rows, added, now }: Props) {
  return (
    <table class="ds-table case-table" data-color="neutral" data-key-list>
      <caption class="ds-sr-only">Oklassade ärenden</caption>
      <thead>
        <tr>
          <th scope="col">Ärende</th>
          <th scope="col">Från</th>
          <th scope="col">Kom in</th>
          <th scope="col">Löfte</th>
          <th scope="col">Nummer</th>
          <th scope="col">Kanal</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, gone }) => (
          <TableRow key={row.caseId} row={row} gone={gone} added={added.has(row.caseId)} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function TableRow({ row, gone, added, now }: { row: CaseRow; gone: boolean; added: boolean; now: Date }) {
  const { who, detail } = senderText(row.sender);
  const channel = channelText(row.channel);
  return (
    <tr data-case-id={row.caseId} class={gone ? "gone" : undefined}>
      <td class="what">
        <a id={linkId(row.caseId)} class="ds-link row-link" href={caseHref(row.caseId)}>
          {subjectText(row.subject)}
        </a>
        <span class="badges">
          {added && <Badge tone="info">Ny</Badge>}
          {row.unreadable && (
            <Badge tone="warning" icon="warning">
              Oläsbart
            </Badge>
          )}
          {row.messageCount > 1 && <Badge>{row.messageCount} meddelanden</Badge>}
          {gone && <Badge>Inte kvar i kön</Badge>}
        </span>
      </td>
      <td class="who">
        <span class="clamped">{who}</span>
        {detail !== undefined && <span class="one-line subtle">{detail}</span>}
      </td>
      <td class="came">
        <RelativeTime at={row.arrivedAt} now={now} />
      </td>
      <td class="promise">
        <PromiseDate date={row.nextDate} now={now} />
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
