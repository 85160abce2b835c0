import * as z from "zod/mini";
import { assignmentSent, caseTransferred } from "#services/cases/events.ts";
import { municipality } from "#shared/config.ts";
import { log } from "#shared/logging.ts";
import type { NotifyUnitEnv } from "./env.ts";
import { deliver } from "./outgoing/deliver.ts";
import { noticeId } from "./outgoing/outbox.ts";
import { unitNotice } from "./outgoing/unit-notice.ts";

export const taskGivenSchema = z.discriminatedUnion("type", [assignmentSent.schema, caseTransferred.schema]);

/** Tells the unit's mailbox that something waits in the console. */
export async function tellUnit(
  stores: NotifyUnitEnv,
  event: z.infer<typeof taskGivenSchema>,
  now: Date,
): Promise<void> {
  const { type, data } = event;
  const { units, serviceCentre, console: console_ } = municipality();
  const unit = units.find(({ id }) => id === data.unit);
  if (unit === undefined) throw new Error(`no unit ${data.unit} in the config`);
  const assignment = type === "AssignmentSent";
  const taskId = assignment ? data.assignmentId : data.transferId;
  const notice = unitNotice({
    task: assignment ? "assignment" : "transfer",
    caseNumber: data.caseNumber,
    dueDate: assignment ? data.dueDate : undefined,
    link: `${console_.url}/#/uppdrag/${data.caseId}/${taskId}`,
    serviceCentre: serviceCentre.name,
    phone: serviceCentre.phone,
  });
  const claim = {
    outboxId: noticeId(taskId),
    kind: "unit-notice",
    caseId: data.caseId,
    to: unit.mailbox,
    due: event,
  } as const;
  const mail = { ...notice, html: undefined, replyTo: undefined, inReplyTo: undefined, automatic: true };
  const outcome = await deliver(stores, claim, mail, now);
  log("UNIT_NOTIFIED", { caseId: data.caseId, taskId, unit: data.unit, outcome });
}
