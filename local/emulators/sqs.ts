import { mkdirSync } from "node:fs";
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import type {
  ChangeMessageVisibilityRequest,
  DeleteMessageBatchRequest,
  DeleteMessageBatchResult,
  ReceiveMessageRequest,
  ReceiveMessageResult,
} from "@aws-sdk/client-sqs";
import { startFauxqs } from "fauxqs";
import { nameOfArn } from "../template.ts";

/** What Lambda's poller asks of SQS. */
type Calls = {
  ReceiveMessage: [ReceiveMessageRequest, ReceiveMessageResult];
  DeleteMessageBatch: [DeleteMessageBatchRequest, DeleteMessageBatchResult];
  ChangeMessageVisibility: [ChangeMessageVisibilityRequest, object];
};

/** Asks without the SDK: signing and checking take longer than the answer. Throws what SQS says when it says no. */
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
  const agent = new Agent({ keepAlive: true });
  let watcher: ((message: string) => void) | undefined;
  return {
    url,
    ask: (operation, input, signal) => ask(url, agent, { operation, input, signal }),
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
      agent.destroy();
      await server.stop();
    },
  };
}

type Call = { operation: string; input: object; signal: AbortSignal | undefined };

function ask<Answer>(url: string, agent: Agent, { operation, input, signal }: Call): Promise<Answer> {
  const body = JSON.stringify(input);
  const headers = {
    "content-type": "application/x-amz-json-1.0",
    "content-length": Buffer.byteLength(body),
    "x-amz-target": `AmazonSQS.${operation}`,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: "POST", agent, headers, signal }, (answer) => {
      text(answer)
        .then((said) => {
          if (answer.statusCode === 200) resolve(JSON.parse(said));
          else reject(new Error(`${operation}: ${answer.statusCode} ${said}`));
        })
        .catch(reject);
    });
    outgoing.on("error", reject).end(body);
  });
}
