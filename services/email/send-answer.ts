import type * as z from "zod/mini";
import { type answerGiven, answerLetterSchema } from "#services/cases/events.ts";
import { municipality } from "#shared/config.ts";
import { readLetter } from "#shared/letter.ts";
import { sendMailEnv } from "./env.ts";
import { type MailLetter, mailLetterSchema, ownTextOf } from "./events.ts";
import { findMail } from "./mail-table.ts";
import { wayOfFiles } from "./outgoing/answer-files.ts";
import { answerContent } from "./outgoing/answer-mail.ts";
import { deliver } from "./outgoing/deliver.ts";
import { answerId } from "./outgoing/outbox.ts";
import { waysBack } from "./outgoing/reply-address.ts";
import { bothForms, textsFor } from "./outgoing/texts.ts";
import { readSentFiles } from "./sent-files.ts";

type AnswerGiven = z.infer<typeof answerGiven.schema>;

/** Sends an answer to the address that the case named when it was written, as an answer to the citizen's own mail. */
export async function sendAnswer(event: AnswerGiven, now: Date): Promise<void> {
  const env = sendMailEnv();
  const { data } = event;
  const letter = await readLetter(env.LETTERS_BUCKET, data.letter, answerLetterSchema);
  const { organisation, serviceCentre } = municipality();
  const { replyTo, page } = await waysBack(env.LINK_KEY, data);
  const asked = data.mailId === undefined ? undefined : await askedIn(data.mailId);
  const { language, texts } = textsFor(asked?.ownText ?? "");
  const way = wayOfFiles(letter.files);
  const content = answerContent(
    language,
    texts.answer,
    {
      subject: letter.subject,
      text: letter.text,
      caseNumber: data.caseNumber,
      signedBy: letter.signedBy ?? serviceCentre.name,
      organisation: organisation.name,
      phone: serviceCentre.phone,
      page,
      filesOnPage: way === "on-page",
    },
    asked && {
      to: letter.to,
      address: asked.letter.from?.address ?? null,
      receivedAt: asked.receivedAt,
      text: asked.ownText,
      readable: asked.letter.unreadable === null,
    },
  );
  const claim = {
    outboxId: answerId(data.messageId),
    kind: "answer",
    caseId: data.caseId,
    to: letter.to,
    due: event,
  } as const;
  const inReplyTo = asked?.letter.messageId ?? undefined;
  const attachments = way === "attached" ? await readSentFiles(env.FILES_BUCKET, letter.files) : [];
  const mail = { ...bothForms(content), replyTo, inReplyTo, automatic: false, attachments };
  await deliver(env, claim, mail, now);
}

/** The mail that is answered: by its Message-ID the citizen's program shows the two together. */
async function askedIn(
  mailId: string,
): Promise<{ letter: MailLetter; ownText: string; receivedAt: Date } | undefined> {
  const env = sendMailEnv();
  const mail = await findMail(env.EMAIL_TABLE, mailId);
  if (mail === undefined) return undefined;
  const letter = await readLetter(env.LETTERS_BUCKET, mail.letter, mailLetterSchema);
  return { letter, ownText: ownTextOf(letter.text, letter.parts), receivedAt: new Date(mail.receivedAt) };
}
