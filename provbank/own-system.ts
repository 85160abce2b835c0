import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { sha256 } from "#shared/ids.ts";
import type { System } from "../local/system.ts";

/** A unit's own system, as docs/contracts says: it has its two queues and its letters, and nothing else. */
export function ownSystem(system: System, unit: string) {
  const { sqs, s3 } = system.clients;
  const Bucket = system.assembly.output("LettersBucket");
  const queue = async (name: string) =>
    (await sqs.send(new GetQueueUrlCommand({ QueueName: `servicecenter-demo-unit-${name}` }))).QueueUrl;
  const say = async (content: object): Promise<void> => {
    const QueueUrl = await queue(`${unit}-reply`);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(content) }));
  };
  return {
    /** Takes the next thing off the queue, with its letter. */
    async receive() {
      const QueueUrl = await queue(unit);
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 2 }));
      const [message] = Messages;
      if (message === undefined) throw new Error("nothing on the unit's queue");
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
      const event = JSON.parse(message.Body ?? "");
      const object = await s3.send(new GetObjectCommand({ Bucket, Key: event.data.letter.key }));
      return { event, letter: JSON.parse((await object.Body?.transformToString()) ?? "") };
    },
    async seal(taskId: string, text: string) {
      const body = JSON.stringify({ taskId, text });
      const letter = { key: `from-${unit}/${taskId}/${sha256(body)}.json`, sha256: sha256(body) };
      await s3.send(new PutObjectCommand({ Bucket, Key: letter.key, Body: body }));
      return letter;
    },
    say,
    /** Says something, and waits until all that follows from it is done. */
    async reply(content: object) {
      await say(content);
      await system.quiet();
    },
  };
}
