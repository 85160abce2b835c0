import { GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { table, transact } from "#shared/table.ts";
import { type MailReceived, mailReceived, type NoticeSubmitted } from "./events.ts";
import { attemptKey, deliveryKey, mailEventKey, mailKey } from "./keys.ts";
import type { Verdicts } from "./mail/trust.ts";

const deliverySchema = z.object({
  deliveryId: z.string(),
  mailId: z.string(),
  receivedAt: z.string(),
  archiveKey: z.string(),
  sha256: z.string(),
  bytes: z.number(),
});
/** One delivery of a mail: when our server had it, where its raw bytes lie in the archive, and what they hash to. */
export type Delivery = z.infer<typeof deliverySchema> & {
  recipients: readonly string[];
  verdicts: Verdicts | undefined;
};

export async function findDelivery(mailTable: string, deliveryId: string) {
  const answer = await table.send(new GetCommand({ TableName: mailTable, Key: deliveryKey(deliveryId) }));
  return answer.Item === undefined ? undefined : deliverySchema.parse(answer.Item);
}

/**
 * Noted before a mail is taken in and after, however that goes: a mail that takes the function down leaves `begun`. A call that fails
 * leaves nothing of the kind, however often the queue brings the mail again.
 */
export async function noteAttempt(
  mailTable: string,
  deliveryId: string,
  state: "begun" | "ended",
): Promise<void> {
  const row = { ...attemptKey(deliveryId), rowType: "attempt", state };
  await transact([{ Put: { TableName: mailTable, Item: row } }]);
}

/** Whether the last attempt that was noted never came to its end. */
export async function attemptNeverEnded(mailTable: string, deliveryId: string): Promise<boolean> {
  const answer = await table.send(
    new GetCommand({ TableName: mailTable, Key: attemptKey(deliveryId), ConsistentRead: true }),
  );
  return answer.Item?.["state"] === "begun";
}

const mailSchema = z.pick(mailReceived.schema.shape.data, {
  receivedAt: true,
  addressee: true,
  trust: true,
  writer: true,
  readable: true,
  letter: true,
});

/** What is known of a mail that was received: as its event said it. */
export async function findMail(mailTable: string, mailId: string) {
  const answer = await table.send(
    new GetCommand({ TableName: mailTable, Key: mailKey(mailId), ConsistentRead: true }),
  );
  return answer.Item === undefined ? undefined : mailSchema.parse(answer.Item);
}

/** What became of a delivery: the mail is new, is one that came before, or this very delivery was saved already. */
export type Saved = "new-mail" | "another-delivery" | "already-saved";

/**
 * Saves a delivery, and with the first delivery of a mail also the mail and its events. Safe to run twice and beside
 * itself: a delivery is saved once, a mail's events are told once.
 */
export async function saveDelivery(
  mailTable: string,
  delivery: Delivery,
  { received, submitted }: { received: MailReceived; submitted?: NoticeSubmitted },
): Promise<Saved> {
  const saved = await transact([
    put(mailTable, { ...mailKey(delivery.mailId), rowType: "mail", ...received.data }),
    put(mailTable, deliveryRow(delivery)),
    put(mailTable, { ...mailEventKey(delivery.mailId, 1), rowType: "event", event: received }),
    ...(submitted === undefined
      ? []
      : [put(mailTable, { ...mailEventKey(delivery.mailId, 2), rowType: "event", event: submitted })]),
  ]);
  if (saved.done) return "new-mail";
  if (saved.failed.includes(1)) return "already-saved";
  return await saveAnotherDelivery(mailTable, delivery);
}

async function saveAnotherDelivery(mailTable: string, delivery: Delivery): Promise<Saved> {
  const saved = await transact([
    put(mailTable, deliveryRow(delivery)),
    {
      Update: {
        TableName: mailTable,
        Key: mailKey(delivery.mailId),
        UpdateExpression: "ADD otherDeliveries :delivery",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":delivery": new Set([delivery.deliveryId]) },
      },
    },
  ]);
  return saved.done ? "another-delivery" : "already-saved";
}

function deliveryRow(delivery: Delivery) {
  return { ...deliveryKey(delivery.deliveryId), rowType: "delivery", ...delivery };
}

function put(mailTable: string, row: Record<string, unknown>) {
  return { Put: { TableName: mailTable, Item: row, ConditionExpression: "attribute_not_exists(pk)" } };
}
