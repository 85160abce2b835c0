import type * as z from "zod/mini";
import { type answerGiven, answerLetterSchema } from "#services/cases/events.ts";
import { municipality } from "#shared/config.ts";
import { readLetter } from "#shared/letter.ts";
import { sendMailEnv } from "./env.ts";
import { mailLetterSchema } from "./events.ts";
import { findMail } from "./mail-table.ts";
import { answerText } from "./outgoing/answer-mail.ts";
import { deliver } from "./outgoing/deliver.ts";
import { answerId } from "./outgoing/outbox.ts";
import { waysBack } from "./outgoing/reply-address.ts";

type AnswerGiven = z.infer<typeof answerGiven.schema>;

/** Sends an answer to the address that the case named when it was written, as an answer to the citizen's own mail. */
export async function sendAnswer({ data }: AnswerGiven, now: Date): Promise<void> {
  const env = sendMailEnv();
  const letter = await readLetter(env.LETTERS_BUCKET, data.letter, answerLetterSchema);
  const { organisation, serviceCentre } = municipality();
  const { replyTo, page } = await waysBack(env.LINK_KEY, data);
  const claim = {
    outboxId: answerId(data.messageId),
    kind: "answer",
    caseId: data.caseId,
    counted: null,
  } as const;
  const text = answerText({
    text: letter.text,
    caseNumber: data.caseNumber,
    signedBy: letter.signedBy,
    organisation: organisation.name,
    serviceCentre: serviceCentre.name,
    phone: serviceCentre.phone,
    page,
  });
  const mail = {
    to: letter.to,
    replyTo,
    inReplyTo: data.mailId === undefined ? undefined : await messageIdOf(data.mailId),
    subject: letter.subject,
    text,
    automatic: false,
  };
  await deliver(env, claim, mail, now);
}

/** The Message-ID of the mail that is answered, so that the citizen's program shows the two together. */
async function messageIdOf(mailId: string): Promise<string | undefined> {
  const env = sendMailEnv();
  const mail = await findMail(env.EMAIL_TABLE, mailId);
  if (mail === undefined) return undefined;
  const letter = await readLetter(env.LETTERS_BUCKET, mail.letter, mailLetterSchema);
  return letter.messageId ?? undefined;
}
