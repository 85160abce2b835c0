import { Alert } from "../../ui/alert.tsx";
import { Badge } from "../../ui/badge.tsx";
import { ExactTime } from "../../ui/time.tsx";
import type { Message, OutgoingMail, Sender } from "../api/case-schemas.ts";
import { messagePath } from "../api/paths.ts";
import { mailAdvice, mailText, ON_ITS_WAY } from "../mail-words.ts";
import { channelText, senderText, subjectText, trustText, type Words } from "../words.ts";
import { Attachments } from "./attachments.tsx";
import { mailNotes, natureText } from "./mail-notes.ts";
import { MessageBody } from "./message-body.tsx";

type Props = {
  caseId: string;
  message: Message;
  caseSubject: string | null;
  /** The sender of the case, who gets the answers. */
  answersTo: Sender;
  /** What became of the mail that carried it, for one of ours. */
  mail: OutgoingMail | undefined;
};

/** One message of the conversation, theirs or ours. What somebody wrote is shown as text, never as markup. */
export function MessageView({ caseId, message, caseSubject, answersTo, mail }: Props) {
  const { who, detail } = senderText(message.sender);
  const ours = message.direction === "out";
  const badge = ours ? ourBadge(message, mail) : trustText(message.trust);
  const advice = mail === undefined ? undefined : mailAdvice(mail);
  const nature = natureText(message.nature);
  const path = messagePath(caseId, message.messageId);
  return (
    <article class={ours ? "ds-card message ours" : "ds-card message"} data-color="neutral">
      <header>
        <div class="message-from">
          <h3 class="ds-heading" data-size="2xs">
            {ours ? `Till invånaren, från ${who}` : who}
          </h3>
          {detail !== undefined && <span class="subtle">{detail}</span>}
        </div>
        <ExactTime at={message.arrivedAt} />
        <Badge tone={badge.tone} icon={badge.icon}>
          {badge.text}
        </Badge>
        {nature !== undefined && (
          <Badge tone={nature.tone} icon={nature.icon}>
            {nature.text}
          </Badge>
        )}
        {message.newSender && (
          <Badge tone="warning" icon="question">
            Ny avsändare i ärendet
          </Badge>
        )}
        {advice !== undefined && <p class="message-subject">{advice}</p>}
        {!ours && message.subject !== caseSubject && (
          <p class="message-subject">
            <span class="subtle">Ämne:</span> {subjectText(message.subject)}
          </p>
        )}
      </header>
      {mailNotes(message, answersTo).map(({ tone, text }) => (
        <Alert key={text} tone={tone}>
          <p>{text}</p>
        </Alert>
      ))}
      <MessageBody path={path} />
      {message.attachments.length > 0 && <Attachments files={message.attachments} path={path} />}
    </article>
  );
}

/** A mail has a fate; what was said on the phone was said. */
function ourBadge(message: Message, mail: OutgoingMail | undefined): Words {
  if (message.channel !== "email") {
    const { text, icon } = channelText(message.channel);
    return { text: `Berättat: ${text.toLowerCase()}`, tone: "success", icon };
  }
  return mail === undefined ? ON_ITS_WAY : mailText(mail);
}
