import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { type TransactItem, table, transact } from "#shared/table.ts";
import { localDate } from "#shared/time/working-time.ts";
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
import { dailyCountKey, openClaims, outboxEventKey, outboxKey, sesMessageKey } from "./keys.ts";
import { acknowledgementsPerDay } from "./outgoing/acknowledgement.ts";
import {
  allowedFrom,
  mayBecome,
  type OutboxRow,
  type OutgoingKind,
  outboxRowSchema,
  type Settled,
} from "./outgoing/outbox.ts";

export async function findOutgoing(mailTable: string, outboxId: string): Promise<OutboxRow | undefined> {
  const answer = await table.send(
    new GetCommand({ TableName: mailTable, Key: outboxKey(outboxId), ConsistentRead: true }),
  );
  return answer.Item === undefined ? undefined : outboxRowSchema.parse(answer.Item);
}

/** A mail about to be sent. */
export type Claim = {
  outboxId: string;
  kind: OutgoingKind;
  caseId: string;
  /** The address whose mails of the day are counted, where there is a limit. */
  counted: string | null;
};

/** What came of claiming: it is ours to send, somebody has it or had it, or the address has had its fill today. */
export type Claimed = "claimed" | "taken" | "too-many-today";

/**
 * Claims a mail before it is sent: whoever gets the row sends it, and nobody else ever does. Where the address is
 * counted, its count of the day rises in the same transaction.
 */
export async function claim(mailTable: string, mail: Claim, now: Date): Promise<Claimed> {
  const row = claimedRow(mail, now);
  const claimed = await transact([
    {
      Put: {
        TableName: mailTable,
        Item: { ...outboxKey(mail.outboxId), rowType: "outbox", ...row, claims: openClaims() },
        ConditionExpression: "attribute_not_exists(pk) OR #status = :queued",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":queued": "queued" },
      },
    },
    ...countToday(mailTable, mail.counted, now, 1),
  ]);
  if (claimed.done) return "claimed";
  return claimed.failed.includes(0) ? "taken" : "too-many-today";
}

/** A mail's row as claiming writes it. */
export function claimedRow({ outboxId, kind, caseId }: Claim, now: Date): OutboxRow {
  return { outboxId, kind, caseId, status: "claimed", version: 1, claimedAt: now.toISOString() };
}

function countToday(mailTable: string, address: string | null, now: Date, by: 1 | -1): TransactItem[] {
  if (address === null) return [];
  return [
    {
      Update: {
        TableName: mailTable,
        Key: dailyCountKey(address, localDate(now)),
        UpdateExpression: "ADD #count :by",
        ...(by === 1 ? { ConditionExpression: "attribute_not_exists(pk) OR #count < :most" } : {}),
        ExpressionAttributeNames: { "#count": "count" },
        ExpressionAttributeValues: { ":by": by, ...(by === 1 ? { ":most": acknowledgementsPerDay } : {}) },
      },
    },
  ];
}

/** SES surely did not take it: the claim is given up, so that the next try can have it. */
export async function releaseClaim(
  mailTable: string,
  mail: Pick<Claim, "outboxId" | "counted">,
  now: Date,
): Promise<void> {
  const row = await findOutgoing(mailTable, mail.outboxId);
  if (row === undefined || !mayBecome(row.status, "queued")) return;
  await transact([
    {
      Update: {
        TableName: mailTable,
        Key: outboxKey(mail.outboxId),
        UpdateExpression: "SET #status = :queued REMOVE claims",
        ConditionExpression: "#status = :claimed",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":queued": "queued", ":claimed": "claimed" },
      },
    },
    ...countToday(mailTable, mail.counted, now, -1),
  ]);
}

/** Records that a new case gets no acknowledgement, and why. Once per case. */
export async function skipAcknowledgement(
  mailTable: string,
  mail: { outboxId: string; caseId: string; reason: NoAcknowledgement },
  now: Date,
): Promise<void> {
  const row = {
    outboxId: mail.outboxId,
    kind: "acknowledgement",
    caseId: mail.caseId,
    reason: mail.reason,
  } as const;
  const event = acknowledgementSkipped.make(
    { subject: mail.outboxId, version: 1, at: now },
    { ...row, outboxVersion: 1 },
  );
  await transact([
    putNew(mailTable, {
      ...outboxKey(mail.outboxId),
      rowType: "outbox",
      ...row,
      status: "skipped",
      version: 1,
      claimedAt: now.toISOString(),
    }),
    putNew(mailTable, { ...outboxEventKey(mail.outboxId, 1), rowType: "event", event }),
  ]);
}

const eventOf = {
  sent: mailSent,
  delivered: mailDelivered,
  bounced: mailBounced,
  complained: mailComplained,
  refused: mailRefused,
  uncertain: mailUncertain,
} as const satisfies Record<Settled, unknown>;

const rounds = 10;

/**
 * Records what has become of a mail, with its event. News that is known already, or known better, changes nothing;
 * somebody else's news at the same moment is read and decided on anew. Throws for a mail that has no row. `known` is the
 * row as the caller has just written it: the first try does without reading.
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
  const data = { outboxId: row.outboxId, outboxVersion: version, kind: row.kind, caseId: row.caseId };
  const event = eventOf[news.status].make({ subject: row.outboxId, version, at: now }, data);
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
  return items;
}

/** The mail of ours that has one of SES's ids: the first that is known. An id that nobody gave us finds nothing. */
export async function findBySesIds(
  mailTable: string,
  sesIds: readonly string[],
): Promise<{ outboxId: string; caseId: string } | undefined> {
  for (const sesId of sesIds) {
    const answer = await table.send(new GetCommand({ TableName: mailTable, Key: sesMessageKey(sesId) }));
    if (answer.Item !== undefined)
      return { outboxId: String(answer.Item["outboxId"]), caseId: String(answer.Item["caseId"]) };
  }
  return undefined;
}

function putNew(mailTable: string, row: Record<string, unknown>): TransactItem {
  return { Put: { TableName: mailTable, Item: row, ConditionExpression: "attribute_not_exists(pk)" } };
}

/** Claims from before an instant that nobody has settled, at most a hundred: oldest first. */
export async function claimsBefore(mailTable: string, before: Date): Promise<readonly string[]> {
  const answer = await table.send(
    new QueryCommand({
      TableName: mailTable,
      IndexName: "claims",
      KeyConditionExpression: "claims = :claims AND claimedAt < :before",
      ExpressionAttributeValues: { ":claims": openClaims(), ":before": before.toISOString() },
      Limit: 100,
    }),
  );
  return (answer.Items ?? []).map((item) => String(item["outboxId"]));
}
