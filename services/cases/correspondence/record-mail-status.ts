import * as z from "zod/mini";
import {
  acknowledgementSkipped,
  mailBounced,
  mailComplained,
  mailDelivered,
  mailRefused,
  mailSent,
  mailUncertain,
} from "#services/email/events.ts";
import { log } from "#shared/logging.ts";
import { queueHandler } from "#shared/queue.ts";
import { recordMailStatusEnv } from "../env.ts";
import type { MailStatus } from "./mail-status.ts";
import { keepMailStatus } from "./mail-status-table.ts";

const eventSchema = z.discriminatedUnion("type", [
  mailSent.schema,
  mailDelivered.schema,
  mailBounced.schema,
  mailComplained.schema,
  mailRefused.schema,
  mailUncertain.schema,
  acknowledgementSkipped.schema,
]);

const statusOf: Record<z.infer<typeof eventSchema>["type"], MailStatus> = {
  MailSent: "sent",
  MailDelivered: "delivered",
  MailBounced: "bounced",
  MailComplained: "complained",
  MailRefused: "refused",
  MailUncertain: "uncertain",
  AcknowledgementSkipped: "skipped",
};

/** Keeps with the case what became of our mails about it. */
export const handler = queueHandler(eventSchema, async (event) => {
  const { caseId, outboxId, outboxVersion, kind } = event.data;
  const status = statusOf[event.type];
  const reason = event.type === "AcknowledgementSkipped" ? event.data.reason : null;
  const outcome = await keepMailStatus(recordMailStatusEnv().CASES_TABLE, caseId, {
    outboxId,
    outboxVersion,
    kind,
    status,
    at: event.time,
    reason,
  });
  log("MAIL_STATUS_RECORDED", { caseId, outboxId, status, outcome });
});
