import * as z from "zod/mini";
import { log } from "#shared/logging.ts";
import { type Delivery, queueHandler } from "#shared/queue.ts";
import { reconcileEnv } from "./env.ts";
import { settle } from "./outbox-table.ts";
import type { Settled } from "./outgoing/outbox.ts";

/**
 * SES's event on a mail of ours
 * (https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html). Only what we use.
 */
const sesEventSchema = z.object({
  eventType: z.string(),
  mail: z.object({ messageId: z.string(), tags: z.optional(z.record(z.string(), z.array(z.string()))) }),
  bounce: z.optional(z.object({ bounceType: z.string() })),
});
type SesEvent = z.infer<typeof sesEventSchema>;

/** What SES tells of a mail becomes its status. This is also how a send is found out whose answer was lost. */
export const handler = queueHandler(sesEventSchema, async (event, { now }: Delivery) => {
  const [outboxId] = event.mail.tags?.["outbox"] ?? [];
  const status = statusOf(event);
  if (outboxId === undefined || status === undefined) {
    log("SES_EVENT_PASSED_OVER", { eventType: event.eventType, tagged: outboxId !== undefined });
    return;
  }
  const news = { status, sesMessageId: event.mail.messageId };
  const outcome = await settle(reconcileEnv().EMAIL_TABLE, outboxId, news, now);
  log("RECONCILED", { outboxId, status, outcome });
});

/** A bounce that is not permanent is a delay: SES goes on trying. */
function statusOf(event: SesEvent): Settled | undefined {
  switch (event.eventType) {
    case "Send":
      return "sent";
    case "Delivery":
      return "delivered";
    case "Bounce":
      return event.bounce?.bounceType === "Permanent" ? "bounced" : undefined;
    case "Complaint":
      return "complained";
    case "Reject":
      return "refused";
    default:
      return undefined;
  }
}
