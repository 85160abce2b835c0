import type * as z from "zod/mini";
import { waitingLetterSchema, type waitingStarted, type waitingTimeFree } from "#services/booking/events.ts";
import { municipality } from "#shared/config.ts";
import { readLetter } from "#shared/letter.ts";
import { log } from "#shared/logging.ts";
import { waitingToken } from "#shared/waiting-token.ts";
import { sendMailEnv } from "./env.ts";
import { comesBack } from "./outgoing/booking-mail.ts";
import { deliver } from "./outgoing/deliver.ts";
import { waitingMailId } from "./outgoing/outbox.ts";
import { bothForms, textsIn } from "./outgoing/texts.ts";
import { waitingContent } from "./outgoing/waiting-mail.ts";

type WaitingEvent = z.infer<typeof waitingStarted.schema> | z.infer<typeof waitingTimeFree.schema>;

/** Tells somebody in line that they are, or that a time is free, with their personal link; of each once. */
export async function tellWaiting(event: WaitingEvent, now: Date): Promise<void> {
  const { data } = event;
  const env = sendMailEnv();
  const letter = await readLetter(env.LETTERS_BUCKET, data.letter, waitingLetterSchema);
  const { organisation, serviceCentre, citizenPages, mail, units } = municipality();
  const mailboxes = [mail.official, mail.internal, ...units.map(({ mailbox }) => mailbox)];
  if (comesBack(letter.to, "public", { ...mail, mailboxes })) return;
  const { language, texts } = textsIn(letter.language);
  const words = { waiting: texts.waiting, labels: texts.booking.labels };
  const content = waitingContent(language, words, letter, {
    organisation: organisation.name,
    serviceCentre: serviceCentre.name,
    phone: serviceCentre.phone,
    page: `${citizenPages.url}/b/k/${await waitingToken(env.LINK_KEY, data)}`,
  });
  const claim = {
    outboxId: waitingMailId(data.waitingId, data.waitingVersion),
    kind: "booking",
    to: letter.to,
    due: event,
  } as const;
  const rest = { replyTo: undefined, inReplyTo: undefined, automatic: true };
  const outcome = await deliver(env, claim, { ...bothForms(content), ...rest }, now);
  log("WAITING_TOLD", { waitingId: data.waitingId, version: data.waitingVersion, outcome });
}
