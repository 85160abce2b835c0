import * as z from "zod/mini";
import {
  acknowledgementSkipped,
  mailBounced,
  mailComplained,
  mailDelivered,
  mailQueued,
  mailRefused,
  mailSent,
  mailUncertain,
} from "#services/email/events.ts";
import { log } from "#shared/logging.ts";
import { batchQueueHandler } from "#shared/queue.ts";
import { isRefused } from "#shared/refusal.ts";
import { now } from "#shared/time/clock.ts";
import { recordMailStatusEnv } from "../env.ts";
import { failDelivery } from "../handle/handling.ts";
import type { Case } from "../register/case.ts";
import { findCase, saveChange } from "../register/case-table.ts";
import { rules } from "../rules.ts";
import { type Failure, failureOf, type MailStatus } from "./mail-status.ts";
import { keepMailStatus } from "./mail-status-table.ts";
import { missAcknowledgement, missAlarm } from "./missed-mail.ts";

const eventSchema = z.discriminatedUnion("type", [
  mailQueued.schema,
  mailSent.schema,
  mailDelivered.schema,
  mailBounced.schema,
  mailComplained.schema,
  mailRefused.schema,
  mailUncertain.schema,
  acknowledgementSkipped.schema,
]);

type StatusEvent = z.infer<typeof eventSchema>;

const statusOf: Record<StatusEvent["type"], MailStatus> = {
  MailQueued: "queued",
  MailSent: "sent",
  MailDelivered: "delivered",
  MailBounced: "bounced",
  MailComplained: "complained",
  MailRefused: "refused",
  MailUncertain: "uncertain",
  AcknowledgementSkipped: "skipped",
};

/**
 * Keeps with the case what became of our mails about it; one that did not reach the citizen calls for somebody. Of several pieces of
 * news of one mail that come together the last is kept: the older ones are overtaken.
 */
export const handler = batchQueueHandler(eventSchema, async (events) => {
  const latest = new Map<string, StatusEvent>();
  for (const event of events) {
    const known = latest.get(event.data.outboxId);
    if (known === undefined || known.data.outboxVersion < event.data.outboxVersion)
      latest.set(event.data.outboxId, event);
  }
  for (const event of latest.values()) await record(event, now());
});

async function record(event: StatusEvent, at: Date): Promise<void> {
  const { CASES_TABLE } = recordMailStatusEnv();
  const { caseId, outboxId, outboxVersion, kind } = event.data;
  // About a booking: no case has it among its mails.
  if (caseId === undefined || kind === "booking") return;
  const status = statusOf[event.type];
  const reason = event.type === "AcknowledgementSkipped" ? event.data.reason : null;
  const mail = { outboxId, outboxVersion, kind, status, at: event.time, reason };
  const outcome = await keepMailStatus(CASES_TABLE, caseId, mail);
  const cause = failureOf(mail);
  // Also when the status is known already: the function may have ended between the two.
  if (cause !== undefined) await callForSomebody(caseId, outboxId, cause, at);
  log("MAIL_STATUS_RECORDED", { caseId, outboxId, status, outcome });
}

const rounds = 20;

async function callForSomebody(caseId: string, outboxId: string, cause: Failure, at: Date): Promise<void> {
  const { CASES_TABLE } = recordMailStatusEnv();
  for (let round = 1; round <= rounds; round += 1) {
    const current = await findCase(CASES_TABLE, caseId);
    if (current === undefined) throw new Error("a mail about a case that is not there");
    const change = changeFor(current, cause, at);
    if (isRefused(change)) return;
    const once = { ...change, once: `failed-${outboxId}-${cause}` };
    const saved = await saveChange(CASES_TABLE, once, null);
    if (saved !== "lost-race") return;
  }
  throw new Error(`the case changed in ${rounds} rounds`);
}

function changeFor(current: Case, cause: Failure, at: Date) {
  if (cause === "alarm-not-delivered") return missAlarm(current, at);
  if (cause === "acknowledgement-not-delivered") return missAcknowledgement(current, at);
  return failDelivery(current, cause, rules(), at);
}
