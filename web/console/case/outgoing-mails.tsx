import { Badge } from "../../ui/badge.tsx";
import { ExactTime } from "../../ui/time.tsx";
import type { CaseFile } from "../api.ts";
import { acknowledgementText } from "../words.ts";

/** What became of the mails that the system has sent about the case by itself. */
export function OutgoingMails({ mails }: { mails: CaseFile["outgoing"] }) {
  if (mails.length === 0) return null;
  return (
    <ul class="outgoing-mails">
      {mails.map(({ kind, status, at, reason }) => {
        const { text, tone, icon } = acknowledgementText(status, reason);
        return (
          <li key={kind}>
            <Badge tone={tone} icon={icon}>
              {text}
            </Badge>
            <span class="subtle">
              <ExactTime at={at} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
