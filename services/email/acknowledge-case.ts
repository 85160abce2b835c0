import type * as z from "zod/mini";
import type { caseOpened } from "#services/cases/events.ts";
import { municipality } from "#shared/config.ts";
import { readLetter } from "#shared/letter.ts";
import { log } from "#shared/logging.ts";
import { isRefused } from "#shared/refusal.ts";
import { openingHoursInWords } from "#shared/time/opening-hours.ts";
import { sendMailEnv } from "./env.ts";
import { type MailLetter, mailLetterSchema, type NoAcknowledgement, ownTextOf } from "./events.ts";
import { acknowledge, acknowledgementContent, type Wording } from "./outgoing/acknowledgement.ts";
import { deliver } from "./outgoing/deliver.ts";
import { oneIsSent, withinTheHour } from "./outgoing/hourly.ts";
import { acknowledgementId } from "./outgoing/outbox.ts";
import { waysBack } from "./outgoing/reply-address.ts";
import { bothForms, textsFor } from "./outgoing/texts.ts";
import { skipAcknowledgement } from "./settle-table.ts";

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
  if (!(await withinTheHour(env.EMAIL_TABLE, municipality().mail.acknowledgement.perHour, now))) {
    log("TOO_MANY_ACKNOWLEDGEMENTS", { caseId });
    return await skip("too-many-now");
  }
  const claim = { outboxId, kind: "acknowledgement", caseId, to: decided.to, due: event } as const;
  const outcome = await deliver(env, claim, await mailOf(event, letter, decided.wording), now);
  if (outcome === "handed-over") oneIsSent();
  else if (outcome !== "queued" && outcome !== "taken") await skip(outcome);
}

async function mailOf({ data }: CaseOpened, letter: MailLetter, wording: Wording) {
  const { LINK_KEY } = sendMailEnv();
  const { organisation, serviceCentre, calendars } = municipality();
  const { language, texts } = textsFor(ownTextOf(letter.text, letter.parts));
  // The links of a case that has just been opened are its first.
  const { replyTo, page } = await waysBack(LINK_KEY, { caseId: data.caseId, linkVersion: 1 });
  const week = calendars[serviceCentre.calendar]?.week;
  const content = acknowledgementContent(language, texts[wording], {
    caseNumber: data.caseNumber,
    nextDate: data.nextDate,
    organisation: organisation.name,
    serviceCentre: serviceCentre.name,
    phone: serviceCentre.phone,
    openingHours: week === undefined ? "" : openingHoursInWords(week, language),
    page,
  });
  return { ...bothForms(content), replyTo, inReplyTo: letter.messageId ?? undefined, automatic: true };
}

function ownDomains(): readonly string[] {
  return [municipality().mail.domain, municipality().mail.subdomain];
}
