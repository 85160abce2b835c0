import type * as z from "zod/mini";
import { type messagePassedOn, passedOnLetterSchema } from "#services/cases/events.ts";
import { municipality } from "#shared/config.ts";
import { fill } from "#shared/fill.ts";
import { readLetter } from "#shared/letter.ts";
import { log } from "#shared/logging.ts";
import { openingHoursInWords } from "#shared/time/opening-hours.ts";
import { sendMailEnv } from "./env.ts";
import { isOurs } from "./outgoing/acknowledgement.ts";
import { deliver } from "./outgoing/deliver.ts";
import { oneIsSent, withinTheHour } from "./outgoing/hourly.ts";
import { passedOnId } from "./outgoing/outbox.ts";
import { waysBack } from "./outgoing/reply-address.ts";
import { bothForms, textsFor } from "./outgoing/texts.ts";

/**
 * Tells who wrote in a matter that an authority has: their mail has gone on there; or, where others may read it, no more than that it has
 * come. It counts as an acknowledgement does, so that two machines cannot keep each other going.
 */
export async function tellPassedOn(event: z.infer<typeof messagePassedOn.schema>, now: Date): Promise<void> {
  const env = sendMailEnv();
  const { data } = event;
  if (!data.tell) return;
  const letter = await readLetter(env.LETTERS_BUCKET, data.letter, passedOnLetterSchema);
  const to = letter.sender?.address ?? null;
  const { organisation, serviceCentre, authorities, calendars, mail } = municipality();
  if (to === null || isOurs(to, [mail.domain, mail.subdomain])) return;
  const { replyTo, page } = await waysBack(env.LINK_KEY, data);
  if (!(await withinTheHour(env.EMAIL_TABLE, mail.acknowledgement.perHour, now))) {
    log("TOO_MANY_ACKNOWLEDGEMENTS", { caseId: data.caseId });
    return;
  }
  const { language, texts } = textsFor(letter.text);
  const week = calendars[serviceCentre.calendar]?.week;
  const values = {
    caseNumber: data.caseNumber,
    authority: authorities.find(({ id }) => id === data.authority)?.name ?? data.authority,
    page,
    phone: serviceCentre.phone,
    organisation: organisation.name,
    serviceCentre: serviceCentre.name,
    openingHours: week === undefined ? "" : openingHoursInWords(week, language),
  };
  const { subject, text } = data.openly === true ? texts.passedOn : texts.neutral;
  const content = { language, subject: fill(subject, values), text: fill(text, values) };
  const claim = {
    outboxId: passedOnId(data.messageId),
    kind: "passed-on",
    caseId: data.caseId,
    to,
    due: event,
  } as const;
  const outcome = await deliver(
    env,
    claim,
    { ...bothForms(content), replyTo, inReplyTo: undefined, automatic: true },
    now,
  );
  if (outcome === "handed-over") oneIsSent();
  log("PASSED_ON_TOLD", { caseId: data.caseId, outcome });
}
