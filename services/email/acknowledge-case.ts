import type * as z from "zod/mini";
import type { caseOpened } from "#services/cases/events.ts";
import { municipality } from "#shared/config.ts";
import { readLetter } from "#shared/letter.ts";
import { log } from "#shared/logging.ts";
import { isRefused } from "#shared/refusal.ts";
import { openingHoursInWords } from "#shared/time/opening-hours.ts";
import { sendMailEnv } from "./env.ts";
import { mailLetterSchema, type NoAcknowledgement } from "./events.ts";
import { skipAcknowledgement } from "./outbox-table.ts";
import { acknowledge, acknowledgementText } from "./outgoing/acknowledgement.ts";
import { deliver } from "./outgoing/deliver.ts";
import { acknowledgementId } from "./outgoing/outbox.ts";
import { waysBack } from "./outgoing/reply-address.ts";

type CaseOpened = z.infer<typeof caseOpened.schema>;

/** A new case is acknowledged, to the person who wrote and only when it is known that they did; or the case says why not. */
export async function acknowledgeCase(event: CaseOpened, now: Date): Promise<void> {
  const env = sendMailEnv();
  const { caseId } = event.data;
  const outboxId = acknowledgementId(caseId);
  const letter = await readLetter(env.LETTERS_BUCKET, event.data.letter, mailLetterSchema);
  const skip = async (reason: NoAcknowledgement) => {
    await skipAcknowledgement(env.EMAIL_TABLE, { outboxId, caseId, reason }, now);
    log("ACKNOWLEDGEMENT_SKIPPED", { caseId, reason });
  };

  const decided = acknowledge({
    ...event.data,
    address: letter.from?.address ?? null,
    ownDomains: ownDomains(),
  });
  if (isRefused(decided)) return await skip(decided.refused);
  const claim = { outboxId, kind: "acknowledgement", caseId, counted: decided.to } as const;
  const sent = await deliver(env, claim, await mailTo(decided.to, event, letter.messageId), now);
  if (sent === "too-many-today") await skip("too-many-today");
}

async function mailTo(to: string, { data }: CaseOpened, messageId: string | null) {
  const { LINK_KEY } = sendMailEnv();
  const { organisation, serviceCentre, calendars } = municipality();
  // The links of a case that has just been opened are its first.
  const { replyTo, page } = await waysBack(LINK_KEY, { caseId: data.caseId, linkVersion: 1 });
  const week = calendars[serviceCentre.calendar]?.week;
  return {
    to,
    replyTo,
    inReplyTo: messageId ?? undefined,
    automatic: true,
    ...acknowledgementText({
      caseNumber: data.caseNumber,
      nextDate: data.nextDate,
      organisation: organisation.name,
      serviceCentre: serviceCentre.name,
      phone: serviceCentre.phone,
      openingHours: week === undefined ? "" : openingHoursInWords(week),
      page,
    }),
  };
}

function ownDomains(): readonly string[] {
  return [municipality().mail.domain, municipality().mail.subdomain];
}
