import {
  type MailLetter,
  type MailReceived,
  mailLetterSchema,
  mailReceived,
} from "#services/email/events.ts";
import { municipality } from "#shared/config.ts";
import { newId } from "#shared/ids.ts";
import { readLetter } from "#shared/letter.ts";
import { log } from "#shared/logging.ts";
import { type Delivery, queueHandler } from "#shared/queue.ts";
import { isRefused } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { registerMailEnv } from "../env.ts";
import { formatCaseNumber, type IncomingMail, type Opening, registerMail } from "./case.ts";
import { loadForRegistration, saveRegistration } from "./case-table.ts";

/** Registrations beside each other meet at the counter; one of them wins each round. */
const rounds = 20;

export const handler = queueHandler(mailReceived.schema, async (event, { now }: Delivery) => {
  const env = registerMailEnv();
  const letter = await readLetter(env.LETTERS_BUCKET, event.data.letter, mailLetterSchema);
  const mail = incomingMail(event, letter);
  for (let round = 1; round <= rounds; round += 1) {
    const outcome = await register(env.CASES_TABLE, mail, now);
    if (outcome === "lost-race") continue;
    log("MAIL_REGISTERED", { mailId: mail.mailId, outcome, round });
    return;
  }
  throw new Error(`no registration in ${rounds} rounds: the queue will bring the mail again`);
});

async function register(casesTable: string, mail: IncomingMail, now: Date) {
  const year = localDate(now).slice(0, 4);
  const known = await loadForRegistration(casesTable, mail, year);
  const registration = registerMail(mail, known, opening(year, known.lastNumber + 1), now);
  if (isRefused(registration)) return registration.refused;
  const saved = await saveRegistration(casesTable, registration, mail, {
    year,
    lastNumber: known.lastNumber,
  });
  return saved === "saved" ? registration.kind : saved;
}

function opening(year: string, number: number): Opening {
  const { caseNumber, serviceCentre, redDays } = municipality();
  return {
    caseId: newId(),
    caseNumber: formatCaseNumber(caseNumber, year, number),
    owner: serviceCentre.unit,
    promiseWorkingDays: serviceCentre.promises.emailWorkingDays,
    redDays,
  };
}

function incomingMail({ data }: MailReceived, letter: MailLetter): IncomingMail {
  return {
    mailId: data.mailId,
    receivedAt: data.receivedAt,
    addressee: data.addressee,
    addressedUnit: data.unit,
    trust: data.trust,
    unreadable: letter.unreadable !== null,
    subject: letter.subject?.slice(0, 200) ?? null,
    sender: letter.from,
    attachments: letter.attachments.map(({ name, contentType, bytes }) => ({ name, contentType, bytes })),
    letter: data.letter,
    threadKey: letter.threadKey,
    isReply: letter.isReply,
  };
}
