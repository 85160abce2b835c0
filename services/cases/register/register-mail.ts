import {
  type MailLetter,
  type MailReceived,
  mailLetterSchema,
  mailReceived,
} from "#services/email/events.ts";
import { caseIdIn, isTokenOf } from "#shared/case-token.ts";
import { municipality } from "#shared/config.ts";
import { newId } from "#shared/ids.ts";
import { readLetter } from "#shared/letter.ts";
import { log } from "#shared/logging.ts";
import { type Delivery, queueHandler } from "#shared/queue.ts";
import { isRefused } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { registerMailEnv } from "../env.ts";
import { rules } from "../rules.ts";
import { type Case, formatCaseNumber } from "./case.ts";
import { findCase, loadForRegistration, saveRegistration } from "./case-table.ts";
import { type IncomingMail, type Opening, registerMail } from "./registration.ts";

/** Registrations beside each other meet at the counter; one of them wins each round. */
const rounds = 20;

export const handler = queueHandler(mailReceived.schema, async (event, { now }: Delivery) => {
  const env = registerMailEnv();
  const letter = await readLetter(env.LETTERS_BUCKET, event.data.letter, mailLetterSchema);
  const mail = incomingMail(event, letter);
  for (let round = 1; round <= rounds; round += 1) {
    const outcome = await register(mail, letter.replyTokens, now);
    if (outcome === "lost-race") continue;
    log("MAIL_REGISTERED", { mailId: mail.mailId, outcome, round });
    return;
  }
  throw new Error(`no registration in ${rounds} rounds: the queue will bring the mail again`);
});

async function register(mail: IncomingMail, tokens: readonly string[], now: Date) {
  const { CASES_TABLE } = registerMailEnv();
  const year = localDate(now).slice(0, 4);
  const { lastNumber, ...known } = await loadForRegistration(CASES_TABLE, mail, year);
  const tokenCase = known.registeredIn === undefined ? await caseOfToken(tokens) : undefined;
  const registration = registerMail(mail, { ...known, tokenCase }, opening(year, lastNumber + 1), now);
  if (isRefused(registration)) return registration.refused;
  const saved = await saveRegistration(CASES_TABLE, registration, mail, { year, lastNumber });
  return saved === "saved" ? registration.kind : saved;
}

/** Somebody who writes to many of our addresses at once has hardly more than one of our mails in hand. */
const tokensTried = 3;

/** The case whose reply token stands in an address that the mail was sent to. A guess finds none. */
async function caseOfToken(tokens: readonly string[]): Promise<Case | undefined> {
  const { CASES_TABLE, LINK_KEY } = registerMailEnv();
  for (const token of tokens.slice(0, tokensTried)) {
    const caseId = caseIdIn(token);
    const current = caseId === undefined ? undefined : await findCase(CASES_TABLE, caseId);
    if (current !== undefined && (await isTokenOf(LINK_KEY, "reply", current, token))) return current;
  }
  return undefined;
}

function opening(year: string, number: number): Opening {
  const { caseNumber, serviceCentre } = municipality();
  return {
    caseId: newId(),
    caseNumber: formatCaseNumber(caseNumber, year, number),
    owner: serviceCentre.unit,
    rules: rules(),
  };
}

function incomingMail({ data }: MailReceived, letter: MailLetter): IncomingMail {
  return {
    mailId: data.mailId,
    receivedAt: data.receivedAt,
    addressee: data.addressee,
    addressedUnit: data.unit,
    trust: data.trust,
    writer: data.writer,
    unreadable: letter.unreadable !== null,
    subject: letter.subject?.slice(0, 200) ?? null,
    sender: letter.from,
    attachments: letter.attachments.map(({ name, contentType, bytes }) => ({ name, contentType, bytes })),
    letter: data.letter,
    threadKey: letter.threadKey,
    isReply: letter.isReply,
  };
}
