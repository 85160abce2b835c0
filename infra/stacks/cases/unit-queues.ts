import { CfnOutput, Duration, type Stack } from "aws-cdk-lib";
import type { Municipality } from "#config/schema.ts";
import { WorkQueue } from "../../constructs/work-queue.ts";
import type { Foundation } from "../foundation.ts";

type Unit = Municipality["units"][number];

/**
 * For every receiving unit one queue for what it is asked and one for what it answers: the queue is the unit's identity,
 * so nobody answers in another's name. A unit's own system is let in to its two queues alone; the queues of the
 * others are open to our own functions only.
 */
export function unitQueues(stack: Stack, { house, events }: Foundation, units: Unit[]): void {
  for (const unit of units) {
    if (!unit.reader)
      throw new Error(`unit ${unit.id}: nobody reads its queue; give it a reader in the config`);
    const name = unit.id.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
    const handlingTime = Duration.seconds(30);
    const asked = new WorkQueue(stack, `Unit${name}`, {
      house,
      handlingTime,
      userImpact: `${unit.name} does not get what it is asked to do: citizens wait and nobody knows.`,
    });
    const answers = new WorkQueue(stack, `Unit${name}Reply`, {
      house,
      handlingTime,
      userImpact: `What ${unit.name} has answered does not reach the case: citizens wait for an answer that exists.`,
    });
    asked.subscribe(events, { types: ["AssignmentSent"], unit: unit.id });
    if (unit.reader.kind === "own-system") {
      asked.letReceive(unit.reader.principalArn);
      answers.letSend(unit.reader);
    }
    new CfnOutput(stack, `Unit${name}QueueUrl`, { value: asked.queue.queueUrl });
    new CfnOutput(stack, `Unit${name}ReplyQueueUrl`, { value: answers.queue.queueUrl });
  }
}
