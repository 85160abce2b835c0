import type { ComponentChildren } from "preact";
import { Badge } from "../../ui/badge.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { CaseRow } from "../api.ts";
import { PromiseDate } from "../promise-date.tsx";
import { channelText, senderText, statusText } from "../words.ts";

type Props = { row: CaseRow; owner: string | undefined; serviceCentre: string; now: Date };

/** The strip under a case's heading. `owner` is a unit's id; the servicecenter's own is "servicecenter". */
export function CaseFacts({ row, owner, serviceCentre, now }: Props) {
  const { who, detail } = senderText(row.sender);
  const channel = channelText(row.channel);
  return (
    <dl class="case-facts">
      <Fact name="Status">
        <span class="badges">
          <Badge tone="info">{statusText(row.status)}</Badge>
          {row.unreadable && (
            <Badge tone="warning" icon="warning">
              Oläsbart
            </Badge>
          )}
        </span>
      </Fact>
      <Fact name="Löfte">
        <PromiseDate date={row.nextDate} now={now} />
      </Fact>
      <Fact name="Ägare">{owner === "servicecenter" ? serviceCentre : (owner ?? "…")}</Fact>
      <Fact name="Kanal">
        <span class="with-icon">
          <Icon name={channel.icon} /> {channel.text}
        </span>
      </Fact>
      <Fact name="Avsändare">
        {who}
        {detail !== undefined && <span class="subtle"> {detail}</span>}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
