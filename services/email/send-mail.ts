import type * as z from "zod/mini";
import { caseOpened } from "#services/cases/events.ts";
import { municipality } from "#shared/config.ts";
import { readLetter } from "#shared/letter.ts";
import { log } from "#shared/logging.ts";
import { type Delivery, queueHandler } from "#shared/queue.ts";
import { isRefused } from "#shared/refusal.ts";
import { openingHoursInWords } from "#shared/time/opening-hours.ts";
import { sendMailEnv } from "./env.ts";
import { mailLetterSchema } from "./events.ts";
import { findMail } from "./mail-table.ts";
import { claimAcknowledgement, releaseClaim, settle, skipAcknowledgement } from "./outbox-table.ts";
import { acknowledge, acknowledgementText, type NoAcknowledgement } from "./outgoing/acknowledgement.ts";
import { composeAutomatic } from "./outgoing/compose.ts";
import { acknowledgementId } from "./outgoing/outbox.ts";
import { handToSes } from "./outgoing/ses.ts";

type CaseOpened = z.infer<typeof caseOpened.schema>;

/** A new case is acknowledged: decide → claim → send → settle. Whatever is repeated, no second mail goes out. */
export const handler = queueHandler(caseOpened.schema, async (event, { now }: Delivery) => {
  const env = sendMailEnv();
  const { caseId } = event.data;
  const outboxId = acknowledgementId(caseId);
  const mail = await findMail(env.EMAIL_TABLE, event.data.mailId);
  if (mail === undefined) throw new Error("a case was opened by a mail that we do not have");
  const letter = await readLetter(env.LETTERS_BUCKET, mail.letter, mailLetterSchema);
  const skip = async (reason: NoAcknowledgement) => {
    await skipAcknowledgement(env.EMAIL_TABLE, { outboxId, caseId, reason }, now);
    log("ACKNOWLEDGEMENT_SKIPPED", { caseId, reason });
  };

  const decided = acknowledge({ ...mail, address: letter.from?.address ?? null, ownDomains: ownDomains() });
  if (isRefused(decided)) return await skip(decided.refused);
  const address = decided.to;
  const claimed = await claimAcknowledgement(env.EMAIL_TABLE, { outboxId, caseId, address }, now);
  if (claimed === "too-many-today") return await skip("too-many-today");
  if (claimed === "taken") return log("ALREADY_TAKEN", { outboxId });

  await send(event, { outboxId, address, inReplyTo: letter.messageId ?? undefined }, now);
});

async function send(
  event: CaseOpened,
  mail: { outboxId: string; address: string; inReplyTo: string | undefined },
  now: Date,
): Promise<void> {
  const env = sendMailEnv();
  const { official } = municipality().mail;
  const from = { name: municipality().organisation.name, address: official };
  const raw = await composeAutomatic({
    from,
    to: mail.address,
    inReplyTo: mail.inReplyTo,
    ...textFor(event),
  });
  const handed = await handToSes({
    raw,
    to: mail.address,
    source: official,
    outboxId: mail.outboxId,
    configurationSet: env.CONFIGURATION_SET,
  });
  log("HANDED_TO_SES", { outboxId: mail.outboxId, outcome: handed.outcome });
  switch (handed.outcome) {
    case "sent":
      await settle(
        env.EMAIL_TABLE,
        mail.outboxId,
        { status: "sent", sesMessageId: handed.sesMessageId },
        now,
      );
      return;
    case "refused":
      await settle(env.EMAIL_TABLE, mail.outboxId, { status: "refused" }, now);
      return;
    case "not-sent":
      await releaseClaim(env.EMAIL_TABLE, mail, now);
      throw new Error("SES is busy: the queue will bring the case again");
    case "unknown":
      // Neither sent again nor given up: SES's own events say it, or the sweeper marks it uncertain.
      return;
  }
}

function textFor({ data }: CaseOpened) {
  const { organisation, serviceCentre, calendars } = municipality();
  const week = calendars[serviceCentre.calendar]?.week;
  return acknowledgementText({
    caseNumber: data.caseNumber,
    nextDate: data.nextDate,
    organisation: organisation.name,
    serviceCentre: serviceCentre.name,
    phone: serviceCentre.phone,
    openingHours: week === undefined ? "" : openingHoursInWords(week),
  });
}

function ownDomains(): readonly string[] {
  return [municipality().mail.domain, municipality().mail.subdomain];
}
