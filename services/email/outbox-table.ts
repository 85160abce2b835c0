import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { shortHash } from "#shared/ids.ts";
import { getAll, type TransactItem, table, transact } from "#shared/table.ts";
import { mailQueued } from "./events.ts";
import { openClaims, outboxEventKey, outboxKey, queuedMails, sesMessageKey } from "./keys.ts";
import { countToday, type OverLimit, whyNotCounted } from "./limits-table.ts";
import {
  acknowledgementId,
  type Due,
  isCounted,
  mayBeClaimedAgain,
  type OutboxRow,
  type OutgoingKind,
  outboxRowSchema,
  type Waiting,
} from "./outgoing/outbox.ts";

const index = "claims";
/** So often a row is read and decided on anew when somebody else changes it at the same moment. */
export const rounds = 10;

/** A mail's row as it stands. `answered`: the case has its answer; that may be known before there is a mail. */
async function find(
  mailTable: string,
  outboxId: string,
): Promise<{ row: OutboxRow | undefined; answered: boolean }> {
  const { Item } = await table.send(
    new GetCommand({ TableName: mailTable, Key: outboxKey(outboxId), ConsistentRead: true }),
  );
  return {
    row: Item?.["status"] === undefined ? undefined : outboxRowSchema.parse(Item),
    answered: Item?.["answeredAt"] !== undefined,
  };
}

export async function findOutgoing(mailTable: string, outboxId: string): Promise<OutboxRow | undefined> {
  return (await find(mailTable, outboxId)).row;
}

/** The rows of several mails, those that there are. */
export async function findAllOutgoing(
  mailTable: string,
  outboxIds: readonly string[],
): Promise<ReadonlyMap<string, OutboxRow>> {
  const found = await getAll(mailTable, outboxIds.map(outboxKey));
  const rows = found.filter(({ status }) => status !== undefined).map((row) => outboxRowSchema.parse(row));
  return new Map(rows.map((row) => [row.outboxId, row]));
}

/** A mail about to be sent. */
export type Claim = {
  outboxId: string;
  kind: OutgoingKind;
  /** What it is about: a case, or a booking. */
  caseId?: string | undefined;
  bookingId?: string | undefined;
  /** The address that it goes to. Of an acknowledgement its mails of the day are counted. */
  to: string;
  /** What asked for it, as the queue brought it. */
  due: Due;
};

/**
 * Why a mail is not ours to send: somebody has it or had it; or, of an acknowledgement: the answer went first, or its address may have
 * no more.
 */
export type NotClaimed = "taken" | "answered-already" | OverLimit;

/**
 * Claims a mail before it is sent: whoever gets the row sends it, and nobody else ever does. In the same transaction what
 * goes to a citizen by itself counts against its address's day, and an answer leaves its mark on the case's acknowledgement, which is
 * not sent from then on. One that waits is had without a look when `waiting` is how it stands.
 */
export async function claim(
  mailTable: string,
  mail: Claim,
  now: Date,
  waiting?: Waiting,
): Promise<OutboxRow | NotClaimed> {
  let before: Seen | undefined = waiting;
  for (let round = 1; round <= rounds; round += 1) {
    const row = claimedRow(mail, now, before);
    const outcome = await transact([
      putClaim(mailTable, row, before),
      ...(isCounted(mail.kind) ? [countToday(mailTable, row, now, 1)] : []),
      ...(mail.kind === "answer" && mail.caseId !== undefined
        ? [markAnswered(mailTable, mail.caseId, now)]
        : []),
    ]);
    if (outcome.done) return row;
    if (!outcome.failed.includes(0)) return await whyNotCounted(mailTable, row, now);
    const known = await find(mailTable, mail.outboxId);
    if (known.answered && (known.row === undefined || known.row.status === "queued"))
      return "answered-already";
    if (known.row === undefined || !mayBeClaimedAgain(known.row, now)) return "taken";
    before = known.row;
  }
  throw new Error(`the outbox row changed in ${rounds} rounds`);
}

type Seen = Pick<OutboxRow, "status" | "version" | "claimedAt" | "queuedAt">;

/** A mail's row as claiming writes it; one that waited keeps its version, and that it waited. */
function claimedRow(mail: Claim, now: Date, queued?: Seen): OutboxRow {
  const { outboxId, kind, caseId, bookingId, to } = mail;
  return {
    outboxId,
    kind,
    caseId,
    bookingId,
    status: "claimed",
    version: queued?.version ?? 1,
    claimedAt: now.toISOString(),
    recipient: shortHash(to.toLowerCase()),
    ...(queued === undefined ? {} : { queuedAt: queued.queuedAt }),
  };
}

function putClaim(mailTable: string, row: OutboxRow, before: Seen | undefined): TransactItem {
  return {
    Put: {
      TableName: mailTable,
      Item: { ...outboxKey(row.outboxId), rowType: "outbox", ...row, claims: openClaims() },
      ...(before === undefined
        ? {
            ConditionExpression: "attribute_not_exists(#status) AND attribute_not_exists(answeredAt)",
            ExpressionAttributeNames: { "#status": "status" },
          }
        : {
            ConditionExpression:
              "#status = :was AND version = :seen AND claimedAt = :claimedAt AND attribute_not_exists(answeredAt)",
            ExpressionAttributeNames: { "#status": "status" },
            ExpressionAttributeValues: {
              ":was": before.status,
              ":seen": before.version,
              ":claimedAt": before.claimedAt,
            },
          }),
    },
  };
}

/** On the row of the case's acknowledgement, whether there is one or not: its claim asks for nothing more than its own row. */
function markAnswered(mailTable: string, caseId: string, now: Date): TransactItem {
  return {
    Update: {
      TableName: mailTable,
      Key: outboxKey(acknowledgementId(caseId)),
      UpdateExpression: "SET answeredAt = if_not_exists(answeredAt, :now)",
      ExpressionAttributeValues: { ":now": now.toISOString() },
    },
  };
}

/**
 * SES surely did not take it: the claim is given up and the mail waits. `row` is the claim as it was had. What has become
 * of the mail otherwise meanwhile stands, and is not told.
 */
export async function queueAgain(
  mailTable: string,
  row: OutboxRow,
  due: Due,
  now: Date,
): Promise<Waiting | undefined> {
  const told = row.queuedAt !== undefined;
  const version = told ? row.version : row.version + 1;
  const queuedAt = row.queuedAt ?? now.toISOString();
  const outcome = await transact([
    {
      Update: {
        TableName: mailTable,
        Key: outboxKey(row.outboxId),
        UpdateExpression:
          "SET #status = :queued, version = :version, claims = :list, due = :due, queuedAt = :queuedAt",
        ConditionExpression: "#status = :claimed AND version = :seen",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: {
          ":queued": "queued",
          ":claimed": "claimed",
          ":version": version,
          ":seen": row.version,
          ":list": queuedMails(row.kind),
          ":due": JSON.stringify(due),
          ":queuedAt": queuedAt,
        },
      },
    },
    ...(told ? [] : [tell(mailTable, row, version, now)]),
    ...(isCounted(row.kind) ? [countToday(mailTable, row, new Date(row.claimedAt), -1)] : []),
  ]);
  const { outboxId, claimedAt } = row;
  return outcome.done ? { outboxId, status: "queued", version, claimedAt, queuedAt } : undefined;
}

/** A mail that lets others go first waits without having been claimed. */
export async function queueFirst(
  mailTable: string,
  mail: Claim,
  now: Date,
): Promise<"queued" | "taken" | "answered-already"> {
  const row: OutboxRow = {
    ...claimedRow(mail, now),
    status: "queued",
    queuedAt: now.toISOString(),
    due: JSON.stringify(mail.due),
  };
  const outcome = await transact([
    {
      Put: {
        TableName: mailTable,
        Item: { ...outboxKey(row.outboxId), rowType: "outbox", ...row, claims: queuedMails(row.kind) },
        ConditionExpression: "attribute_not_exists(#status) AND attribute_not_exists(answeredAt)",
        ExpressionAttributeNames: { "#status": "status" },
      },
    },
    tell(mailTable, row, row.version, now),
  ]);
  if (outcome.done) return "queued";
  const known = await find(mailTable, mail.outboxId);
  if (known.row === undefined || known.row.status === "queued")
    return known.answered ? "answered-already" : "queued";
  return "taken";
}

function tell(mailTable: string, row: OutboxRow, version: number, now: Date): TransactItem {
  const event = mailQueued.make({ subject: row.outboxId, version, at: now }, dataOf(row, version));
  return putNew(mailTable, { ...outboxEventKey(row.outboxId, version), rowType: "event", event });
}

/** What every event of a mail says of it. */
export function dataOf(
  { outboxId, kind, caseId, bookingId }: Pick<OutboxRow, "outboxId" | "kind" | "caseId" | "bookingId">,
  outboxVersion: number,
) {
  return { outboxId, outboxVersion, kind, caseId, bookingId };
}

const foundSchema = z.object({ outboxId: z.string(), caseId: z.optional(z.string()) });

/** The mail of ours that has one of SES's ids: the first that is known. An id that nobody gave us finds nothing. */
export async function findBySesIds(
  mailTable: string,
  sesIds: readonly string[],
): Promise<z.infer<typeof foundSchema> | undefined> {
  for (const sesId of sesIds) {
    const answer = await table.send(new GetCommand({ TableName: mailTable, Key: sesMessageKey(sesId) }));
    if (answer.Item !== undefined) return foundSchema.parse(answer.Item);
  }
  return undefined;
}

export function putNew(mailTable: string, row: Record<string, unknown>): TransactItem {
  return { Put: { TableName: mailTable, Item: row, ConditionExpression: "attribute_not_exists(pk)" } };
}

/** Claims from before an instant that nobody has settled, at most a hundred: oldest first. */
export async function claimsBefore(mailTable: string, before: Date): Promise<readonly string[]> {
  return await listed(mailTable, openClaims(), { until: new Date(before.getTime() - 1), limit: 100 });
}

/** Mails of a kind that wait for their turn: oldest first. */
export async function queued(
  mailTable: string,
  kind: OutgoingKind,
  limit: number,
): Promise<readonly string[]> {
  return await listed(mailTable, queuedMails(kind), { limit });
}

/** What waits is tried every minute. An answer that nobody has tried for so long has another fault, and holds up nothing. */
const triedWithinMs = 3_600_000;

/** Whether answers wait for SES. One look at an index, which may be a moment behind. */
export async function answersWait(mailTable: string, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - triedWithinMs);
  return (await listed(mailTable, queuedMails("answer"), { since, limit: 1 })).length > 0;
}

async function listed(
  mailTable: string,
  list: string,
  { since, until, limit }: { since?: Date; until?: Date; limit: number },
): Promise<readonly string[]> {
  const answer = await table.send(
    new QueryCommand({
      TableName: mailTable,
      IndexName: index,
      KeyConditionExpression: "claims = :list AND claimedAt BETWEEN :since AND :until",
      ExpressionAttributeValues: {
        ":list": list,
        ":since": since?.toISOString() ?? "0",
        ":until": until?.toISOString() ?? "9",
      },
      Limit: limit,
    }),
  );
  return (answer.Items ?? []).map((item) => String(item["outboxId"]));
}
