import {
  DeleteMessageBatchCommand,
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
      !("helper" in properties) &&
      properties.Environment.Variables["POWERTOOLS_SERVICE_NAME"] === functionName,
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
