import { mkdirSync } from "node:fs";
import { startFauxqs } from "fauxqs";

/** SQS and SNS on one port (fauxqs), in memory or kept in a folder. */
export type Sqs = {
  url: string;
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
  return {
    url: `http://127.0.0.1:${server.port}`,
    inFlight: (queueName) =>
      (server.inspectQueue(queueName)?.messages.inflight ?? []).map((message) => message.receiptHandle),
    // Asked here, not through its port: a bench asks all queues ten times a second.
    messagesIn(queueName) {
      const queue = server.inspectQueue(queueName);
      if (queue === undefined) return 0;
      const { ready, inflight, delayed } = queue.messages;
      return ready.length + inflight.length + delayed.length;
    },
    stop: () => server.stop(),
  };
}
