import { mkdirSync } from "node:fs";
import type {
  ChangeMessageVisibilityRequest,
  DeleteMessageBatchRequest,
  DeleteMessageBatchResult,
  ReceiveMessageRequest,
  ReceiveMessageResult,
} from "@aws-sdk/client-sqs";
import { startFauxqs } from "fauxqs";
import { nameOfArn } from "../template.ts";
import { asker } from "./ask.ts";

/** What Lambda's poller asks of SQS. */
type Calls = {
  ReceiveMessage: [ReceiveMessageRequest, ReceiveMessageResult];
  DeleteMessageBatch: [DeleteMessageBatchRequest, DeleteMessageBatchResult];
  ChangeMessageVisibility: [ChangeMessageVisibilityRequest, object];
};

/** Throws what SQS says when it says no. */
export type AskSqs = <Operation extends keyof Calls>(
  operation: Operation,
  input: Calls[Operation][0],
  signal?: AbortSignal,
) => Promise<Calls[Operation][1]>;

/** SQS and SNS on one port (fauxqs), in memory or kept in a folder. */
export type Sqs = {
  url: string;
  ask: AskSqs;
  /** What AWS itself tells a topic. Throws when there is no such topic, or the message is too long for one. */
  publish(topicArn: string, message: string): void;
  /** Sees every message that AWS tells a topic. */
  watchPublished(watcher: ((message: string) => void) | undefined): void;
  /** Receipt handles of messages that somebody received and neither deleted nor gave back. */
  inFlight(queueName: string): readonly string[];
  /** How many messages a queue holds: waiting, in somebody's hands, not yet due. */
  messagesIn(queueName: string): number;
  stop(): Promise<void>;
};

export async function startSqs(region: string, folder?: string): Promise<Sqs> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const server = await startFauxqs({
    port: 0,
    logger: false,
    defaultRegion: region,
    ...(folder === undefined ? {} : { dataDir: folder }),
  });
  const url = `http://127.0.0.1:${server.port}`;
  const { ask, stop } = asker(url);
  let watcher: ((message: string) => void) | undefined;
  return {
    url,
    ask: (operation, input, signal) =>
      ask({ target: `AmazonSQS.${operation}`, input, ...(signal === undefined ? {} : { signal }) }),
    publish(topicArn, message) {
      watcher?.(message);
      server.publish(nameOfArn(topicArn), message);
    },
    watchPublished(next) {
      watcher = next;
    },
    inFlight: (queueName) =>
      (server.inspectQueue(queueName)?.messages.inflight ?? []).map((message) => message.receiptHandle),
    // Asked here, not through its port: a bench asks all queues ten times a second.
    messagesIn(queueName) {
      const queue = server.inspectQueue(queueName);
      if (queue === undefined) return 0;
      const { ready, inflight, delayed } = queue.messages;
      return ready.length + inflight.length + delayed.length;
    },
    async stop() {
      stop();
      await server.stop();
    },
  };
}
