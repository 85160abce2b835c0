import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
} from "@aws-sdk/client-sqs";
import type { System } from "../local/system.ts";
import { nameOfArn, physicalNameOf } from "../local/template.ts";

type Body = string;

/** A queue at the emulator, past the door: an operator's view of it. */
export function queueAt(system: System, name: string) {
  const { sqs } = system.clients;
  const address = sqs.send(new GetQueueUrlCommand({ QueueName: name })).then(({ QueueUrl }) => QueueUrl);
  return {
    /** Puts messages there, ten to a request. */
    async send(bodies: readonly Body[]): Promise<void> {
      const QueueUrl = await address;
      for (let from = 0; from < bodies.length; from += 10) {
        const Entries = bodies
          .slice(from, from + 10)
          .map((MessageBody, n) => ({ Id: String(n), MessageBody }));
        await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      }
    },
    /** How many messages wait there. */
    async count(): Promise<number> {
      const asked = {
        QueueUrl: await address,
        AttributeNames: ["ApproximateNumberOfMessages" as const],
      };
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand(asked));
      return Number(Attributes?.["ApproximateNumberOfMessages"] ?? 0);
    },
    /** Takes everything off that is there. */
    async drain(): Promise<Body[]> {
      const QueueUrl = await address;
      const bodies: Body[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
        );
        if (Messages.length === 0) return bodies;
        bodies.push(...Messages.map(({ Body = "" }) => Body));
        const Entries = Messages.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      }
    },
  };
}

/** The queue that a function reads, and where what it cannot handle is put aside. */
export function queuesOf(system: System, functionName: string): { name: string; deadLetters: string }[] {
  const functions = system.assembly.all("AWS::Lambda::Function");
  const own = functions.find(
    ({ properties }) =>
      !("helper" in properties) && properties.Environment.Variables["FUNCTION_NAME"] === functionName,
  );
  if (own === undefined) throw new Error(`no function ${functionName}`);
  const read = system.assembly
    .all("AWS::Lambda::EventSourceMapping")
    .filter(({ properties }) => nameOfArn(properties.FunctionName) === physicalNameOf(own))
    .map(({ properties }) => nameOfArn(properties.EventSourceArn));
  return withDeadLetters(system).filter(({ name }) => read.includes(name));
}

/** Every queue with its dead-letter queue. */
function withDeadLetters(system: System): { name: string; deadLetters: string }[] {
  return system.assembly.all("AWS::SQS::Queue").flatMap((queue) => {
    const policy = queue.properties.RedrivePolicy;
    if (policy === undefined) return [];
    return [{ name: physicalNameOf(queue), deadLetters: nameOfArn(policy.deadLetterTargetArn) }];
  });
}

/** What was put aside, by the queue that it came from. */
export async function putAside(system: System): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name, deadLetters } of withDeadLetters(system)) {
    const count = await queueAt(system, deadLetters).count();
    if (count > 0) counts[name] = count;
  }
  return counts;
}

/** Moves what was put aside back to where it came from, as an operator does when the fault is mended. By queue. */
export async function redrive(system: System): Promise<Record<string, number>> {
  const moved: Record<string, number> = {};
  for (const { name, deadLetters } of withDeadLetters(system)) {
    const bodies = await queueAt(system, deadLetters).drain();
    if (bodies.length === 0) continue;
    await queueAt(system, name).send(bodies);
    moved[name] = bodies.length;
  }
  return moved;
}

/**
 * Waits until all is quiet, and puts back what was put aside until then: a queue that hides a message for one second
 * gives up one that a busy machine had in hand five times. Returns how many.
 */
export async function settled(system: System): Promise<number> {
  await system.quiet();
  const moved = Object.values(await redrive(system)).reduce((sum, count) => sum + count, 0);
  if (moved > 0) await system.quiet();
  return moved;
}
