import { type TransactItem, transact } from "#shared/table.ts";
import {
  acknowledgementSkipped,
  mailBounced,
  mailComplained,
  mailDelivered,
  mailRefused,
  mailSent,
  mailUncertain,
  type NoAcknowledgement,
} from "./events.ts";
import { outboxEventKey, outboxKey, sesMessageKey } from "./keys.ts";
import { block } from "./limits-table.ts";
import { dataOf, findOutgoing, putNew, rounds } from "./outbox-table.ts";
import { allowedFrom, mayBecome, type OutboxRow, type Settled } from "./outgoing/outbox.ts";

/** Records that a new case gets no acknowledgement, and why. Once per case, also where it waited for its turn. */
export async function skipAcknowledgement(
  mailTable: string,
  mail: { outboxId: string; caseId: string; reason: NoAcknowledgement },
  now: Date,
): Promise<void> {
  for (let round = 1; round <= rounds; round += 1) {
    const row = round === 1 ? undefined : await findOutgoing(mailTable, mail.outboxId);
    if (row !== undefined && !mayBecome(row.status, "skipped")) return;
    const version = (row?.version ?? 0) + 1;
    const skipped = { outboxId: mail.outboxId, kind: "acknowledgement", caseId: mail.caseId } as const;
    const event = acknowledgementSkipped.make(
      { subject: mail.outboxId, version, at: now },
      { ...dataOf(skipped, version), reason: mail.reason },
    );
    const outcome = await transact([
      {
        Put: {
          TableName: mailTable,
          Item: {
            ...outboxKey(mail.outboxId),
            rowType: "outbox",
            ...skipped,
            reason: mail.reason,
            status: "skipped",
            version,
            claimedAt: now.toISOString(),
            recipient: row?.recipient ?? "",
          },
          ConditionExpression:
            row === undefined ? "attribute_not_exists(#status)" : "#status = :seenStatus AND version = :seen",
          ExpressionAttributeNames: { "#status": "status" },
          ...(row === undefined
            ? {}
            : { ExpressionAttributeValues: { ":seenStatus": row.status, ":seen": row.version } }),
        },
      },
      putNew(mailTable, { ...outboxEventKey(mail.outboxId, version), rowType: "event", event }),
    ]);
    if (outcome.done) return;
  }
  throw new Error(`the outbox row changed in ${rounds} rounds`);
}

const eventOf = {
  sent: mailSent,
  delivered: mailDelivered,
  bounced: mailBounced,
  complained: mailComplained,
  refused: mailRefused,
  uncertain: mailUncertain,
} as const satisfies Record<Settled, unknown>;

/**
 * Records what has become of a mail, with its event. News that is known already, or known better, changes nothing;
 * somebody else's news at the same moment is read and decided on anew. Throws for a mail that has no row. `known` is the
 * row as the caller has just written or read it: the first try does without reading.
 */
export async function settle(
  mailTable: string,
  outboxId: string,
  news: { status: Settled; sesMessageId?: string },
  now: Date,
  known?: OutboxRow,
): Promise<"settled" | "known-already"> {
  for (let round = 1; round <= rounds; round += 1) {
    const row = round === 1 && known !== undefined ? known : await findOutgoing(mailTable, outboxId);
    if (row === undefined) throw new Error("no outbox row for a mail that SES tells of");
    if (!mayBecome(row.status, news.status)) return "known-already";
    const outcome = await transact(settlement(mailTable, row, news, now));
    if (outcome.done) return "settled";
  }
  throw new Error(`the outbox row changed in ${rounds} rounds`);
}

function settlement(
  mailTable: string,
  row: OutboxRow,
  news: { status: Settled; sesMessageId?: string },
  now: Date,
): TransactItem[] {
  const version = row.version + 1;
  const event = eventOf[news.status].make({ subject: row.outboxId, version, at: now }, dataOf(row, version));
  const from = Object.fromEntries(allowedFrom[news.status].map((status, n) => [`:from${n}`, status]));
  const items: TransactItem[] = [
    {
      Update: {
        TableName: mailTable,
        Key: outboxKey(row.outboxId),
        UpdateExpression: "SET #status = :next, version = :version REMOVE claims",
        ConditionExpression: `version = :seen AND #status IN (${Object.keys(from).join(", ")})`,
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: {
          ":next": news.status,
          ":version": version,
          ":seen": row.version,
          ...from,
        },
      },
    },
    putNew(mailTable, { ...outboxEventKey(row.outboxId, version), rowType: "event", event }),
  ];
  // A mail known to be sent has its row by SES's id already.
  const unnamed = row.status === "claimed" || row.status === "uncertain";
  if (news.sesMessageId !== undefined && unnamed) {
    const found = { outboxId: row.outboxId, caseId: row.caseId };
    items.push({ Put: { TableName: mailTable, Item: { ...sesMessageKey(news.sesMessageId), ...found } } });
  }
  const unwelcome = news.status === "bounced" || news.status === "complained";
  if (unwelcome && row.kind !== "unit-notice") items.push(block(mailTable, row.recipient, now));
  return items;
}
