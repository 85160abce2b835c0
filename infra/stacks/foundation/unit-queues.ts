import { CfnOutput, Duration } from "aws-cdk-lib";
import { ArnPrincipal, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Key } from "aws-cdk-lib/aws-kms";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import type { Municipality } from "#config/schema.ts";
import type { House } from "../../constructs/alarm.ts";
import { WorkQueue } from "../../constructs/work-queue.ts";

type Unit = Municipality["units"][number];

/** A receiving unit's two queues, and who reads what it is asked. */
export type UnitQueues = { unit: Unit; asked: WorkQueue; answers: WorkQueue };

type Props = {
  house: House;
  kommun: string;
  units: Unit[];
  events: Topic;
  letters: Bucket;
  key: Key;
};

/**
 * For every receiving unit one queue for what it is asked and one for what it answers: the queue is the unit's identity,
 * so nobody answers in another's name. A unit's own system is let in to its two queues and its own letters alone; the
 * queues of the others are open to our own functions only.
 */
export function unitQueues(
  scope: Construct,
  { house, kommun, units, events, letters, key }: Props,
): UnitQueues[] {
  return units.map((unit) => {
    if (!unit.reader)
      throw new Error(`unit ${unit.id}: nobody reads its queue; give it a reader in the config`);
    const name = unit.id.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
    // The address is part of the contract with a unit's own system, and an answer is known by it.
    const queueName = `servicecenter-${kommun}-unit-${unit.id}`;
    const handlingTime = Duration.seconds(30);
    const asked = new WorkQueue(scope, `Unit${name}`, {
      house,
      handlingTime,
      queueName,
      userImpact: `${unit.name} does not get what it is asked to do: citizens wait and nobody knows.`,
    });
    const answers = new WorkQueue(scope, `Unit${name}Reply`, {
      house,
      handlingTime,
      queueName: `${queueName}-reply`,
      userImpact: `What ${unit.name} has answered does not reach the case: citizens wait for an answer that exists.`,
    });
    asked.subscribe(events, {
      types: ["AssignmentSent", "CaseTransferred", "MessagePassedOn"],
      unit: unit.id,
    });
    if (unit.reader.kind === "own-system") {
      asked.letReceive(unit.reader.principalArn);
      answers.letSend(unit.reader);
      letExchangeLetters({ letters, key, unit: unit.id, principalArn: unit.reader.principalArn });
    }
    new CfnOutput(scope, `Unit${name}QueueUrl`, { value: asked.queue.queueUrl });
    new CfnOutput(scope, `Unit${name}ReplyQueueUrl`, { value: answers.queue.queueUrl });
    return { unit, asked, answers };
  });
}

type Exchange = { letters: Bucket; key: Key; unit: string; principalArn: string };

/** Reads what was written to the unit, writes what it says, and nothing else in the bucket. */
function letExchangeLetters({ letters, key, unit, principalArn }: Exchange): void {
  const principals = [new ArnPrincipal(principalArn)];
  letters.addToResourcePolicy(
    new PolicyStatement({
      principals,
      actions: ["s3:GetObject"],
      resources: [letters.arnForObjects(`to-${unit}/*`)],
    }),
  );
  letters.addToResourcePolicy(
    new PolicyStatement({
      principals,
      actions: ["s3:PutObject"],
      resources: [letters.arnForObjects(`from-${unit}/*`)],
    }),
  );
  // In a key's own policy "*" is the key.
  key.addToResourcePolicy(
    new PolicyStatement({ principals, actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: ["*"] }),
  );
}
