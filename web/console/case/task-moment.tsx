import type { ComponentChildren } from "preact";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { dateInSweden, shortDate } from "../../ui/swedish-time.ts";
import { ExactTime } from "../../ui/time.tsx";
import type { Assignment, Transfer } from "../api/case-schemas.ts";
import { useDesk } from "../desk.ts";
import { TaskText } from "./task-text.tsx";
import { repliedText } from "./task-words.ts";

type AskedProps = {
  caseId: string;
  assignment: Assignment;
  now: Date;
  /** Undefined where it cannot be taken back. */
  onWithdraw: (() => void) | undefined;
};

/** What a unit was asked, where it was asked. */
export function Asked({ caseId, assignment, now, onWithdraw }: AskedProps) {
  const { directory } = useDesk();
  const { assignmentId, unit, sentBy, sentAt, dueDate, takenBy, state, endedAt } = assignment;
  return (
    <Happening
      icon="task"
      title={`Uppdrag till ${directory.unitName(unit)}`}
      by={directory.unitName(sentBy)}
      at={sentAt}
    >
      <TaskText caseId={caseId} taskId={assignmentId} part="request" />
      <p class="hint">
        Svar önskas senast {shortDate(dueDate, dateInSweden(now))}.
        {takenBy !== null && ` ${takenBy.name} har tagit det.`}
      </p>
      {state === "withdrawn" && <Badge>Återkallat</Badge>}
      {endedAt === null && onWithdraw !== undefined && (
        <Button variant="secondary" accent onClick={onWithdraw}>
          Återkalla uppdraget
        </Button>
      )}
    </Happening>
  );
}

type RepliedProps = {
  caseId: string;
  assignment: Assignment;
  /** Puts the unit's words into the answer; undefined where nothing can be answered. */
  onUse: ((text: string) => void) | undefined;
};

/** What a unit said, when it said it. */
export function Replied({ caseId, assignment, onUse }: RepliedProps) {
  const { directory } = useDesk();
  const { assignmentId, endedAt, hasReply, takenBy, unit } = assignment;
  return (
    <Happening
      icon={assignment.state === "returned" ? "back" : "check"}
      title={repliedText(assignment, directory)}
      by={takenBy?.name ?? directory.unitName(unit)}
      at={endedAt ?? assignment.sentAt}
    >
      {hasReply && (
        <TaskText
          caseId={caseId}
          taskId={assignmentId}
          part="reply"
          onUse={assignment.state === "answered" ? onUse : undefined}
        />
      )}
    </Happening>
  );
}

/** The matter handed to an authority. */
export function HandedOver({ caseId, transfer }: { caseId: string; transfer: Transfer }) {
  const { directory } = useDesk();
  const { transferId, authority, unit, sentBy, sentAt } = transfer;
  const title = `Överlämnat till ${directory.authorityName(authority)}, ${directory.unitName(unit)}`;
  return (
    <Happening icon="task" title={title} by={sentBy} at={sentAt}>
      <TaskText caseId={caseId} taskId={transferId} part="request" />
    </Happening>
  );
}

/** How the authority took it. */
export function Settled({ caseId, transfer, now }: { caseId: string; transfer: Transfer; now: Date }) {
  const { directory } = useDesk();
  const { transferId, authority, rightAddress, diaryNumber, contact, dueDate, endedAt, hasReply } = transfer;
  const who = directory.authorityName(authority);
  const returned = transfer.state === "returned";
  return (
    <Happening
      icon={returned ? "back" : "check"}
      title={
        returned
          ? `${who} skickade tillbaka: det hör till ${directory.unitName(rightAddress ?? "")}`
          : `${who} har tagit emot ärendet`
      }
      by={directory.unitName(transfer.unit)}
      at={endedAt ?? transfer.sentAt}
    >
      {!returned && (
        <p class="message-text">
          Diarienummer {diaryNumber}. Invånaren kan kontakta {contact}. Besked väntas senast{" "}
          {dueDate === null ? "–" : shortDate(dueDate, dateInSweden(now))}.
        </p>
      )}
      {hasReply && <TaskText caseId={caseId} taskId={transferId} part="reply" />}
    </Happening>
  );
}

type HappeningProps = { icon: IconName; title: string; by: string; at: string; children: ComponentChildren };

function Happening({ icon, title, by, at, children }: HappeningProps) {
  return (
    <article class="ds-card message happening" data-color="neutral">
      <header>
        <h3 class="ds-heading with-icon" data-size="2xs">
          <Icon name={icon} /> {title}
        </h3>
        <span class="subtle">{by}</span>
        <ExactTime at={at} />
      </header>
      {children}
    </article>
  );
}
