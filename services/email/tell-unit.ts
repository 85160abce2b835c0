import * as z from "zod/mini";
import { assignmentSent, caseTransferred, messagePassedOn } from "#services/cases/events.ts";
import { municipality } from "#shared/config.ts";
import { log } from "#shared/logging.ts";
import type { NotifyUnitEnv } from "./env.ts";
import { deliver } from "./outgoing/deliver.ts";
import { noticeId, passedOnNoticeId } from "./outgoing/outbox.ts";
import { unitNotice } from "./outgoing/unit-notice.ts";

/** What comes on a unit's queue. */
export const forUnitSchema = z.discriminatedUnion("type", [
  assignmentSent.schema,
  caseTransferred.schema,
  messagePassedOn.schema,
]);

const newsIn = {
  AssignmentSent: "assignment",
  CaseTransferred: "transfer",
  MessagePassedOn: "message",
} as const;

/** Tells the unit's mailbox that something waits in the console. */
export async function tellUnit(
  stores: NotifyUnitEnv,
  event: z.infer<typeof forUnitSchema>,
  now: Date,
): Promise<void> {
  const { type, data } = event;
  const { units, serviceCentre, console: console_ } = municipality();
  const unit = units.find(({ id }) => id === data.unit);
  if (unit === undefined) throw new Error(`no unit ${data.unit} in the config`);
  const taskId = type === "AssignmentSent" ? data.assignmentId : data.transferId;
  const notice = unitNotice({
    news: newsIn[type],
    caseNumber: data.caseNumber,
    dueDate: type === "AssignmentSent" ? data.dueDate : undefined,
    link: `${console_.url}/#/uppdrag/${data.caseId}/${taskId}`,
    serviceCentre: serviceCentre.name,
    phone: serviceCentre.phone,
  });
  const claim = {
    outboxId: type === "MessagePassedOn" ? passedOnNoticeId(data.messageId) : noticeId(taskId),
    kind: "unit-notice",
    caseId: data.caseId,
    to: unit.mailbox,
    due: event,
  } as const;
  const mail = { ...notice, html: undefined, replyTo: undefined, inReplyTo: undefined, automatic: true };
  const outcome = await deliver(stores, claim, mail, now);
  log("UNIT_NOTIFIED", { caseId: data.caseId, taskId, unit: data.unit, outcome });
}
