import * as z from "zod/mini";
import { log } from "#shared/logging.ts";
import { batchQueueHandler } from "#shared/queue.ts";
import { now } from "#shared/time/clock.ts";
import { reconcileEnv } from "./env.ts";
import { findAllOutgoing } from "./outbox-table.ts";
import { isPermanent } from "./outgoing/bounce.ts";
import { mayBecome, type Settled } from "./outgoing/outbox.ts";
import { settle } from "./settle-table.ts";

/**
 * SES's event on a mail of ours
 * (https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html). Only what we use.
 */
const sesEventSchema = z.object({
  eventType: z.string(),
  mail: z.object({ messageId: z.string(), tags: z.optional(z.record(z.string(), z.array(z.string()))) }),
  bounce: z.optional(
    z.object({
      bounceType: z.string(),
      bounceSubType: z.optional(z.string()),
      bouncedRecipients: z._default(z.array(z.object({ status: z.optional(z.string()) })), []),
    }),
  ),
});
type SesEvent = z.infer<typeof sesEventSchema>;
type News = { status: Settled; sesMessageId: string };

/**
 * What SES tells of a mail becomes its status. This is also how a send is found out whose answer was lost. SES tells of a
 * mail several times within a second; of what comes together only the news that says most is recorded.
 */
export const handler = batchQueueHandler(sesEventSchema, async (events) => {
  const news = new Map<string, News>();
  for (const event of events) {
    const [outboxId] = event.mail.tags?.["outbox"] ?? [];
    const status = statusOf(event);
    if (outboxId === undefined || status === undefined) {
      log("SES_EVENT_PASSED_OVER", { eventType: event.eventType, tagged: outboxId !== undefined });
      continue;
    }
    const known = news.get(outboxId);
    if (known === undefined || mayBecome(known.status, status))
      news.set(outboxId, { status, sesMessageId: event.mail.messageId });
  }
  const { EMAIL_TABLE } = reconcileEnv();
  const known = await findAllOutgoing(EMAIL_TABLE, [...news.keys()]);
  for (const [outboxId, latest] of news) {
    const outcome = await settle(EMAIL_TABLE, outboxId, latest, now(), known.get(outboxId));
    log("RECONCILED", { outboxId, status: latest.status, outcome });
  }
});

function statusOf(event: SesEvent): Settled | undefined {
  switch (event.eventType) {
    case "Send":
      return "sent";
    case "Delivery":
      return "delivered";
    case "Bounce":
      return bouncedForGood(event) ? "bounced" : undefined;
    case "Complaint":
      return "complained";
    case "Reject":
      return "refused";
    default:
      return undefined;
  }
}

function bouncedForGood({ bounce }: SesEvent): boolean {
  if (bounce === undefined) return false;
  return isPermanent({
    ...bounce,
    statuses: bounce.bouncedRecipients.flatMap(({ status }) => status ?? []),
  });
}
