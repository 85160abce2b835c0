import * as z from "zod/mini";
import { assignmentSent, caseTransferred } from "#services/cases/events.ts";
import { municipality } from "#shared/config.ts";
import { log } from "#shared/logging.ts";
import { type Delivery, queueHandler } from "#shared/queue.ts";
import { notifyUnitEnv } from "./env.ts";
import { deliver } from "./outgoing/deliver.ts";
import { noticeId } from "./outgoing/outbox.ts";
import { unitNotice } from "./outgoing/unit-notice.ts";

const taskSchema = z.discriminatedUnion("type", [assignmentSent.schema, caseTransferred.schema]);

/** Reads the queues of the units that have no system of their own: tells the unit's mailbox that something waits in the console. */
export const handler = queueHandler(taskSchema, async ({ type, data }, { now }: Delivery) => {
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
    counted: null,
  } as const;
  const mail = { to: unit.mailbox, replyTo: undefined, inReplyTo: undefined, automatic: true, ...notice };
  const outcome = await deliver(notifyUnitEnv(), claim, mail, now);
  log("UNIT_NOTIFIED", { caseId: data.caseId, taskId, unit: data.unit, outcome });
});
