import { randomUUID } from "node:crypto";
import {
  DynamoDBClient,
  TransactionCanceledException,
  TransactionInProgressException,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";

/** The document client that every table module uses: `undefined` is left out, numbers stay numbers. */
export const table = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
  marshallOptions: { removeUndefinedValues: true },
});
// For a log that nobody keeps it makes a second copy of all that is asked and answered.
table.middlewareStack.remove("loggerMiddleware");

export type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** What a transaction came to: all of it, or none and the places (from 0) whose condition did not hold. */
export type Outcome = { done: true } | { done: false; failed: readonly number[] };

const attempts = 8;
const firstPauseMs = 15;

/**
 * One conditional transaction. A failed condition is an answer; a conflict with another transaction is not, and is
 * tried again after a pause of random length, because the SDK does not do so by itself
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling).
 * All attempts carry one token, so that one whose answer was lost is answered as done and not as somebody else's write
 * (idempotency, same page). Throws when the conflict does not give way in eight attempts, and on everything else.
 */
export async function transact(items: readonly TransactItem[]): Promise<Outcome> {
  const token = randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOf(items, token);
    } catch (error) {
      if (attempt === attempts || !givesWay(error)) throw error;
      await pause(Math.random() * firstPauseMs * 2 ** attempt);
    }
  }
}

/**
 * The same, tried once: `conflict` when another transaction was at one of the rows, for whoever would rather read again than write
 * what was decided before.
 */
export async function transactOnce(items: readonly TransactItem[]): Promise<Outcome | "conflict"> {
  try {
    return await attemptOf(items, randomUUID());
  } catch (error) {
    if (givesWay(error)) return "conflict";
    throw error;
  }
}

async function attemptOf(items: readonly TransactItem[], token: string): Promise<Outcome> {
  try {
    await table.send(new TransactWriteCommand({ TransactItems: [...items], ClientRequestToken: token }));
    return { done: true };
  } catch (error) {
    const failed = failedConditions(error);
    if (failed.length > 0) return { done: false, failed };
    throw error;
  }
}

type Row = Record<string, unknown>;

/** Every row that a query finds, page after page. For what is known to be few: a list for somebody comes in pages. */
export async function queryAll(asked: QueryCommandInput): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let from: Row | undefined;
  do {
    const page = await table.send(new QueryCommand({ ...asked, ExclusiveStartKey: from }));
    rows.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return rows;
}

/** DynamoDB's limit for one BatchGetItem. */
const keysPerRead = 100;

/**
 * The rows that some keys have, in no order, as they stand now; those without one are not there. What DynamoDB hands back unread
 * (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html) is asked for again; throws when it is
 * still unread after eight attempts. Each key once.
 */
export async function getAll(tableName: string, keys: readonly Row[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < keys.length; from += keysPerRead) {
    let left: Row[] = keys.slice(from, from + keysPerRead);
    for (let attempt = 1; left.length > 0; attempt += 1) {
      if (attempt > attempts) throw new Error("the table handed back keys unread");
      if (attempt > 1) await pause(Math.random() * firstPauseMs * 2 ** attempt);
      const answer = await table.send(
        new BatchGetCommand({ RequestItems: { [tableName]: { Keys: left, ConsistentRead: true } } }),
      );
      rows.push(...(answer.Responses?.[tableName] ?? []));
      left = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    }
  }
  return rows;
}

function failedConditions(error: unknown): readonly number[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).flatMap((reason, place) =>
    reason.Code === "ConditionalCheckFailed" ? [place] : [],
  );
}

const passing = ["None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];

function givesWay(error: unknown): boolean {
  if (error instanceof TransactionInProgressException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  return (error.CancellationReasons ?? []).every((reason) => passing.includes(reason.Code ?? "None"));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
