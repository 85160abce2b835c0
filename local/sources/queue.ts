import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Host } from "../host.ts";

/** An event source mapping of a queue, from the template. */
export type QueueMapping = {
  queueUrl: string;
  queueArn: string;
  batchSize: number;
  /** Batches at the same time: ScalingConfig.MaximumConcurrency, or the host's own maximum. */
  concurrency: number;
  reportsItemFailures: boolean;
};

export type Source = { stop(): Promise<void> };

const longPollSeconds = 5;

/**
 * Plays Lambda's poller: receives a batch, runs the function, deletes what it did not report as failed. What is left
 * comes again when its visibility ends, and goes to the DLQ after the queue's maximum of receives.
 */
export function pollQueue(
  sqs: SQSClient,
  mapping: QueueMapping,
  host: Host,
  say: (line: string) => void,
): Source {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  async function poll(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (running.size >= mapping.concurrency) {
        await Promise.race(running);
        continue;
      }
      const messages = await receive();
      if (messages.length === 0) continue;
      const batch: Promise<void> = handle(messages).finally(() => running.delete(batch));
      running.add(batch);
    }
  }

  async function receive(): Promise<Message[]> {
    try {
      const answer = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: mapping.queueUrl,
          MaxNumberOfMessages: Math.min(mapping.batchSize, 10),
          WaitTimeSeconds: longPollSeconds,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        }),
        { abortSignal: stopping.signal },
      );
      return answer.Messages ?? [];
    } catch (error) {
      if (!stopping.signal.aborted) say(`queue ${mapping.queueArn}: ${String(error)}`);
      return [];
    }
  }

  async function handle(messages: Message[]): Promise<void> {
    const failed = await run(messages);
    const done = messages.filter((message) => !failed.has(message.MessageId ?? ""));
    if (done.length === 0) return;
    try {
      await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl: mapping.queueUrl,
          Entries: done.map((message, place) => ({
            Id: String(place),
            ReceiptHandle: message.ReceiptHandle,
          })),
        }),
      );
    } catch (error) {
      say(`queue ${mapping.queueArn}: not deleted, they come again: ${String(error)}`);
    }
  }

  /** The ids of the messages that the function did not get done. */
  async function run(messages: Message[]): Promise<ReadonlySet<string>> {
    const all = new Set(messages.map((message) => message.MessageId ?? ""));
    try {
      const answer = await host.invoke(queueEvent(mapping, messages));
      if (!mapping.reportsItemFailures) return new Set();
      return new Set(failuresOf(answer));
    } catch (error) {
      if (!stopping.signal.aborted) say(String(error));
      return all;
    }
  }

  const polling = poll();
  return {
    async stop() {
      stopping.abort();
      await polling;
      await Promise.all(running);
    },
  };
}

function failuresOf(answer: unknown): readonly string[] {
  const response = answer as SQSBatchResponse | null | undefined;
  return (response?.batchItemFailures ?? []).map((failure) => failure.itemIdentifier);
}

function queueEvent(mapping: QueueMapping, messages: readonly Message[]): SQSEvent {
  return {
    Records: messages.map((message) => ({
      messageId: message.MessageId ?? "",
      receiptHandle: message.ReceiptHandle ?? "",
      body: message.Body ?? "",
      attributes: (message.Attributes ?? {}) as SQSRecord["attributes"],
      messageAttributes: {},
      md5OfBody: message.MD5OfBody ?? "",
      eventSource: "aws:sqs",
      eventSourceARN: mapping.queueArn,
      awsRegion: mapping.queueArn.split(":")[3] ?? "",
    })),
  };
}
