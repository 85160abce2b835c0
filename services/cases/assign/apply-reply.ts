import { log } from "#shared/logging.ts";
import { type Delivery, queueHandler } from "#shared/queue.ts";
import { isRefused } from "#shared/refusal.ts";
import { applyReplyEnv } from "../env.ts";
import { unitReplySchema } from "../events.ts";
import { applyUnitReply } from "./unit-reply.ts";

/** What units' own systems put on their reply queues. A unit's queue is its identity, and nothing in the message is. */
export const handler = queueHandler(unitReplySchema, async (reply, { queueArn, now }: Delivery) => {
  const unit = unitOfQueue(queueArn);
  const outcome = await applyUnitReply(applyReplyEnv(), reply, { unit, person: null }, now);
  log("UNIT_REPLIED", {
    caseId: reply.caseId,
    taskId: reply.taskId,
    unit,
    reply: reply.reply,
    outcome: isRefused(outcome) ? outcome.refused : outcome,
  });
});

/** `…-unit-avfall-reply`: the stack names each reply queue after its unit. */
function unitOfQueue(queueArn: string): string {
  const unit = /-unit-([a-z][a-z0-9-]{1,30})-reply$/.exec(queueArn)?.[1];
  if (unit === undefined) throw new Error("a reply from a queue that is no unit's");
  return unit;
}
