import { Badge } from "../../ui/badge.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ExactTime } from "../../ui/time.tsx";
import type { CaseFile, Note, OutgoingMail } from "../api/case-schemas.ts";
import { mailAdvice, mailText } from "../mail-words.ts";
import { MessageView } from "./message-view.tsx";
import { Asked, HandedOver, Replied, Settled } from "./task-moment.tsx";
import { type Moment, timelineOf } from "./timeline.ts";

type Props = {
  file: CaseFile;
  now: Date;
  onUse: ((text: string) => void) | undefined;
  onWithdraw: (assignmentId: string) => void;
};

/** The case as a conversation: what came, what we said, what units were asked and said, what we noted. */
export function Conversation({ file, now, onUse, onWithdraw }: Props) {
  return (
    <section aria-labelledby="conversation">
      <h2 id="conversation" class="ds-heading" data-size="xs">
        Konversation
      </h2>
      {timelineOf(file).map((moment) => (
        <MomentView
          key={moment.key}
          moment={moment}
          file={file}
          now={now}
          onUse={onUse}
          onWithdraw={onWithdraw}
        />
      ))}
    </section>
  );
}

function MomentView({ moment, file, now, onUse, onWithdraw }: Props & { moment: Moment }) {
  const { caseId, subject, sender } = file.case;
  switch (moment.kind) {
    case "message":
      return (
        <MessageView
          caseId={caseId}
          message={moment.message}
          caseSubject={subject}
          answersTo={sender}
          mail={moment.mail}
        />
      );
    case "mail":
      return <SentByItself mail={moment.mail} />;
    case "note":
      return <NoteView note={moment.note} />;
    case "asked": {
      const { assignmentId } = moment.assignment;
      const withdraw = file.may.includes("withdraw") ? () => onWithdraw(assignmentId) : undefined;
      return <Asked caseId={caseId} assignment={moment.assignment} now={now} onWithdraw={withdraw} />;
    }
    case "replied":
      return <Replied caseId={caseId} assignment={moment.assignment} onUse={onUse} />;
    case "handed-over":
      return <HandedOver caseId={caseId} transfer={moment.transfer} />;
    case "settled":
      return <Settled caseId={caseId} transfer={moment.transfer} now={now} />;
  }
}

/** For colleagues alone, and to be taken for nothing else. */
function NoteView({ note }: { note: Note }) {
  return (
    <article class="message note">
      <header>
        <h3 class="ds-heading with-icon" data-size="2xs">
          <Icon name="note" /> Anteckning av {note.by}
        </h3>
        <ExactTime at={note.at} />
        <Badge icon="lock">Bara för kollegor</Badge>
      </header>
      <div class="message-text">{note.text.trimEnd()}</div>
    </article>
  );
}

/** What became of a mail that the system sent by itself. */
function SentByItself({ mail }: { mail: OutgoingMail }) {
  const { text, tone, icon } = mailText(mail);
  const advice = mailAdvice(mail);
  return (
    <p class="sent-by-itself">
      <Badge tone={tone} icon={icon}>
        {text}
      </Badge>
      <span class="subtle">
        <ExactTime at={mail.at} />
      </span>
      {advice !== undefined && <span>{advice}</span>}
    </p>
  );
}
