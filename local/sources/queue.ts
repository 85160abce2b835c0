import type { Message } from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { AskSqs } from "../emulators/sqs.ts";
import type { Host } from "../host.ts";

/** An event source mapping of a queue, from the template. */
export type QueueMapping = {
  queueUrl: string;
  queueArn: string;
  batchSize: number;
  /** Batches at the same time: ScalingConfig.MaximumConcurrency, or the host's own maximum. */
  concurrency: number;
  reportsItemFailures: boolean;
  /** How long a batch may grow. */
  gatherMs: number;
  /** How long the queue holds a message before it is handed out. */
  delayMs: number;
};

export type Source = { stop(): Promise<void> };

const longPollSeconds = 5;
const deleteAfterMs = 5;
const gatherStepMs = 500;
const afterErrorMs = 1_000;

/**
 * Plays Lambda's poller: receives a batch, runs the function, deletes what it did not report as failed. What is left
 * comes again when its visibility ends, and goes to the DLQ after the queue's maximum of receives.
 */
export function pollQueue(
  ask: AskSqs,
  mapping: QueueMapping,
  host: Host,
  say: (line: string) => void,
): Source {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  /** Received and not yet handed to the function: SQS is asked for ten at a time, whatever the function takes. */
  const waiting: Message[] = [];

  async function poll(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (waiting.length === 0) waiting.push(...(await gathered()));
      while (waiting.length > 0 && running.size < mapping.concurrency) {
        const batch: Promise<void> = handle(waiting.splice(0, mapping.batchSize)).finally(() =>
          running.delete(batch),
        );
        running.add(batch);
      }
      if (running.size >= mapping.concurrency) await Promise.race(running);
    }
  }

  /** What is there, and what comes while a batch may grow. */
  async function gathered(): Promise<Message[]> {
    const batch = await receive(longPollSeconds);
    if (batch.length === 0) return batch;
    for (let left = mapping.gatherMs; left > 0 && batch.length < mapping.batchSize; left -= gatherStepMs) {
      await pause(gatherStepMs);
      batch.push(...(await receive(0)));
    }
    return batch;
  }

  async function receive(waitSeconds: number): Promise<Message[]> {
    try {
      const answer = await ask(
        "ReceiveMessage",
        {
          QueueUrl: mapping.queueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: waitSeconds,
          MessageSystemAttributeNames: ["All"],
        },
        stopping.signal,
      );
      return await outOfDelay(answer.Messages ?? []);
    } catch (error) {
      if (stopping.signal.aborted) return [];
      say(`queue ${mapping.queueArn}: ${String(error)}`);
      await pause(afterErrorMs);
      return [];
    }
  }

  /** fauxqs 2.4.1 delays what is sent, but not what a topic delivers: what comes too early is hidden until its time. */
  async function outOfDelay(messages: Message[]): Promise<Message[]> {
    const left = (message: Message) =>
      Number(message.Attributes?.SentTimestamp ?? 0) + mapping.delayMs - Date.now();
    const early = messages.filter((message) => left(message) > 0);
    for (const message of early) {
      await ask("ChangeMessageVisibility", {
        QueueUrl: mapping.queueUrl,
        ReceiptHandle: message.ReceiptHandle,
        VisibilityTimeout: Math.ceil(left(message) / 1000),
      });
    }
    return messages.filter((message) => !early.includes(message));
  }

  async function handle(messages: Message[]): Promise<void> {
    const failed = await run(messages);
    const done = messages.filter((message) => !failed.has(message.MessageId ?? ""));
    if (done.length > 0) await remove(done);
  }

  /** What is done is deleted together with what is done a moment later: ten to a request. */
  const done: Message[] = [];
  let flushing: Promise<void> | undefined;

  function remove(messages: readonly Message[]): Promise<void> {
    done.push(...messages);
    flushing ??= pause(deleteAfterMs).then(flush);
    return flushing;
  }

  async function flush(): Promise<void> {
    flushing = undefined;
    while (done.length > 0) await deleteBatch(done.splice(0, 10));
  }

  async function deleteBatch(messages: readonly Message[]): Promise<void> {
    try {
      await ask("DeleteMessageBatch", {
        QueueUrl: mapping.queueUrl,
        Entries: messages.map((message, place) => ({
          Id: String(place),
          ReceiptHandle: message.ReceiptHandle,
        })),
      });
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

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
