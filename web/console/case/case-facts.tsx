import type { ComponentChildren } from "preact";
import { Badge } from "../../ui/badge.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { CaseFile, CaseRow } from "../api/case-schemas.ts";
import { attentionText, statusText } from "../case-words.ts";
import type { Directory } from "../directory.ts";
import { PromiseDate } from "../promise-date.tsx";
import { channelText, senderText } from "../words.ts";
import { CaseMeetings } from "./case-meetings.tsx";

type Props = { row: CaseRow; file: CaseFile | undefined; directory: Directory; now: Date };

/** The strip under a case's heading: how it stands, in words. */
export function CaseFacts({ row, file, directory, now }: Props) {
  const { who, detail } = senderText(row.sender);
  const channel = channelText(row.channel);
  const attention = attentionText(row.attention);
  const open = row.status !== "closed";
  const promised = file?.case.told === null ? file.case.promisedDate : undefined;
  return (
    <dl class="case-facts">
      <Fact name="Läge">
        <span class="badges">
          <Badge tone={open ? "info" : "neutral"}>{statusText(row.status)}</Badge>
          {attention !== undefined && (
            <Badge tone={attention.tone} icon={attention.icon}>
              {attention.text}
            </Badge>
          )}
          {file?.case.quarantine === "held" && open && (
            <Badge tone="warning" icon="shield">
              Karantän
            </Badge>
          )}
          {row.access === "secret" && (
            <Badge tone="danger" icon="lock">
              Sekretess
            </Badge>
          )}
          {row.access === "intake" && <Badge>Inte klassat</Badge>}
          {row.unreadable && (
            <Badge tone="warning" icon="warning">
              Oläsbart
            </Badge>
          )}
        </span>
      </Fact>
      {open && promised !== undefined && (
        <Fact name="Löfte">
          <PromiseDate date={promised} now={now} />
        </Fact>
      )}
      {open && row.nextDate !== promised && (
        <Fact name="Bevakas">
          <PromiseDate date={row.nextDate} now={now} words="" />
        </Fact>
      )}
      {file !== undefined && file.meetings.length > 0 && (
        <Fact name={file.meetings.length === 1 ? "Möte" : "Möten"}>
          <CaseMeetings meetings={file.meetings} now={now} />
        </Fact>
      )}
      <Fact name="Ägare">{file === undefined ? "…" : directory.unitName(file.case.owner)}</Fact>
      <Fact name="Har ärendet">{row.assignee?.name ?? "Ingen"}</Fact>
      <Fact name="Kanal">
        <span class="with-icon">
          <Icon name={channel.icon} /> {channel.text}
        </span>
      </Fact>
      <Fact name="Avsändare">
        {row.access === "secret" && row.sender === null ? "Sekretess" : who}
        {detail !== undefined && <span class="subtle"> {detail}</span>}
      </Fact>
    </dl>
  );
}

export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
