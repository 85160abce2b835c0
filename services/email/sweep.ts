import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { log } from "#shared/logging.ts";
import { now } from "#shared/time/clock.ts";
import { sweepEnv } from "./env.ts";
import { deliveryIdOf } from "./keys.ts";
import { type InboxObject, listInbox } from "./mail-store.ts";
import type { Swept } from "./notice.ts";

const sqs = new SQSClient({});
/** A mail that has lain so long in the inbox has lost its notice, or its handling stands still. */
const leftBehindMs = 10 * 60_000;
/** SQS's limit for one batch. */
const entriesPerBatch = 10;

/**
 * Puts every mail that was left in the inbox on the queue again. Harmless for one that is merely slow: a delivery is
 * saved once, whoever comes first.
 */
export async function handler(): Promise<void> {
  const env = sweepEnv();
  const before = now().getTime() - leftBehindMs;
  let swept = 0;
  for await (const page of listInbox(env.INBOX_BUCKET)) {
    const left = page.filter((object) => object.lastModified.getTime() <= before);
    for (let from = 0; from < left.length; from += entriesPerBatch) {
      await send(env.MAIL_IN_QUEUE_URL, left.slice(from, from + entriesPerBatch));
    }
    swept += left.length;
  }
  log("SWEPT", { swept });
}

async function send(queueUrl: string, objects: readonly InboxObject[]): Promise<void> {
  const answer = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: objects.map((object) => ({
        Id: deliveryIdOf(object.key),
        MessageBody: JSON.stringify(sweptNotice(object)),
      })),
    }),
  );
  const refused = answer.Failed?.length ?? 0;
  if (refused > 0) throw new Error(`the queue refused ${refused} of ${objects.length} swept mails`);
}

function sweptNotice(object: InboxObject): Swept {
  return {
    notificationType: "Swept",
    objectKey: object.key,
    lastModified: object.lastModified.toISOString(),
  };
}
