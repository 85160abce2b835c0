import {
  type MailLetter,
  type MailReceived,
  mailLetterSchema,
  mailReceived,
  ownTextOf,
} from "#services/email/events.ts";
import { caseIdIn, isTokenOf } from "#shared/case-token.ts";
import { municipality } from "#shared/config.ts";
import { newId } from "#shared/ids.ts";
import { readLetter, writeLetter } from "#shared/letter.ts";
import { log } from "#shared/logging.ts";
import { type Delivery, queueHandler } from "#shared/queue.ts";
import { isRefused } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { sealPassedOn } from "../assign/passed-on.ts";
import { registerMailEnv } from "../env.ts";
import { rules } from "../rules.ts";
import { type Case, formatCaseNumber } from "./case.ts";
import { findCase, loadForRegistration, saveRegistration } from "./case-table.ts";
import {
  goesOn,
  type IncomingMail,
  type Opening,
  passOn,
  type Registration,
  registerMail,
  toldOfPassingOn,
} from "./registration.ts";
import { propose } from "./triage.ts";

/** Registrations beside each other meet at the counter; one of them wins each round. */
const rounds = 20;

export const handler = queueHandler(mailReceived.schema, async (event, { now }: Delivery) => {
  const env = registerMailEnv();
  const letter = await readLetter(env.LETTERS_BUCKET, event.data.letter, mailLetterSchema);
  const mail = incomingMail(event, letter);
  const known = { tokens: letter.replyTokens, aboutCase: event.data.aboutCase, text: letter.text };
  for (let round = 1; round <= rounds; round += 1) {
    const outcome = await register(mail, known, now);
    if (outcome === "lost-race") continue;
    log("MAIL_REGISTERED", { mailId: mail.mailId, outcome, round });
    return;
  }
  throw new Error(`no registration in ${rounds} rounds: the queue will bring the mail again`);
});

type Hints = { tokens: readonly string[]; aboutCase: string | undefined; text: string };

async function register(mail: IncomingMail, { tokens, aboutCase, text }: Hints, now: Date) {
  const { CASES_TABLE, LETTERS_BUCKET } = registerMailEnv();
  const year = localDate(now).slice(0, 4);
  const { lastNumber, ...known } = await loadForRegistration(CASES_TABLE, mail, year);
  const isNew = known.registeredIn === undefined;
  const tokenCase = isNew ? await caseOfToken(tokens) : undefined;
  const answeredCase = isNew && aboutCase !== undefined ? await findCase(CASES_TABLE, aboutCase) : undefined;
  const registration = registerMail(
    mail,
    { ...known, tokenCase, answeredCase },
    opening(year, lastNumber + 1),
    now,
  );
  if (isRefused(registration)) return registration.refused;
  const change = passedOn(registration, mail, text, now);
  for (const letter of change.letters) await writeLetter(LETTERS_BUCKET, letter);
  const saved = await saveRegistration(CASES_TABLE, change, mail, { year, lastNumber });
  return saved === "saved" ? registration.kind : saved;
}

/** What comes after the matter went to an authority goes on there. */
function passedOn(registration: Registration, mail: IncomingMail, text: string, now: Date): Registration {
  const { seenCase } = registration;
  if (seenCase === null || !goesOn(seenCase, mail)) return registration;
  const sealed = sealPassedOn(seenCase, registration.message, text);
  if (sealed === undefined) return registration;
  return {
    ...registration,
    ...passOn(registration, seenCase, sealed, toldOfPassingOn(mail, registration.next), now),
  };
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
  const { triage, units } = municipality();
  const proposal = propose(`${letter.subject ?? ""}\n${ownTextOf(letter.text, letter.parts)}`, triage);
  const unit = units.find(({ id }) => id === (data.unit ?? proposal.unit));
  const [replyTo] = letter.replyTo.flatMap(({ address }) => address ?? []);
  return {
    mailId: data.mailId,
    receivedAt: data.receivedAt,
    addressee: data.addressee,
    addressedUnit: data.unit,
    trust: data.trust,
    writer: data.writer,
    nature: data.nature,
    urgency: data.urgency ?? null,
    unreadable: letter.unreadable !== null,
    subject: letter.subject?.slice(0, 200) ?? null,
    sender: letter.from,
    secured: letter.secured,
    replyTo: replyTo === undefined || replyTo === letter.from?.address ? null : replyTo,
    // A hidden copy names nobody.
    copies: Math.max(0, letter.to.length + letter.cc.length - 1),
    proposal,
    sensitive: unit?.secrecyDefault === "secret",
    mentions: letter.caseNumbers,
    attachments: letter.attachments.map(({ name, contentType, bytes, sha256 }) => ({
      name,
      contentType,
      bytes,
      sha256,
    })),
    letter: data.letter,
    threadKey: letter.threadKey,
    isReply: letter.isReply,
  };
}
