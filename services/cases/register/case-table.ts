import { BatchGetCommand, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { type TransactItem, table, transact } from "#shared/table.ts";
import { outgoingSchema } from "../correspondence/mail-status.ts";
import {
  caseEventKey,
  caseKey,
  counterKey,
  intakeWorklist,
  mailKey,
  messageKey,
  threadKey,
} from "../keys.ts";
import {
  type Case,
  caseSchema,
  type Known,
  listedCaseSchema,
  messageSchema,
  type Registration,
  threadSchema,
} from "./case.ts";

const mailRowSchema = z.object({ caseId: z.string() });
const counterSchema = z.object({ number: z.int() });

/** What is known of a mail before it is registered, and the last case number of the year (0 before the first). */
export async function loadForRegistration(
  casesTable: string,
  mail: { mailId: string; threadKey: string | null },
  year: string,
): Promise<Known & { lastNumber: number }> {
  const keys = [
    mailKey(mail.mailId),
    counterKey(year),
    ...(mail.threadKey === null ? [] : [threadKey(mail.threadKey)]),
  ];
  const rows = await readTogether(casesTable, keys);
  const row = (sk: string) => rows.find((candidate) => candidate["sk"] === sk);
  const mailRow = row("MAIL");
  const threadRow = row("THREAD");
  const counter = row("NUMBER");
  const thread = threadRow === undefined ? undefined : threadSchema.parse(threadRow);
  return {
    registeredIn: mailRow === undefined ? undefined : mailRowSchema.parse(mailRow).caseId,
    thread,
    threadCase: thread === undefined ? undefined : await findCase(casesTable, thread.caseId),
    lastNumber: counter === undefined ? 0 : counterSchema.parse(counter).number,
  };
}

async function readTogether(
  casesTable: string,
  keys: Record<string, string>[],
): Promise<Record<string, unknown>[]> {
  const answer = await table.send(
    new BatchGetCommand({ RequestItems: { [casesTable]: { Keys: keys, ConsistentRead: true } } }),
  );
  if (Object.keys(answer.UnprocessedKeys ?? {}).length > 0)
    throw new Error("the table handed back keys unread");
  return answer.Responses?.[casesTable] ?? [];
}

export async function findCase(casesTable: string, caseId: string): Promise<Case | undefined> {
  const answer = await table.send(
    new GetCommand({ TableName: casesTable, Key: caseKey(caseId), ConsistentRead: true }),
  );
  return answer.Item === undefined ? undefined : caseSchema.parse(answer.Item);
}

/** What saving came to. `lost-race`: somebody else changed the counter, the thread or the case first; load and decide anew. */
export type Saved = "saved" | "already-registered" | "lost-race";

/** Saves a registration whole or not at all: the mail's claim, the case, its message, its event, its thread, its number. */
export async function saveRegistration(
  casesTable: string,
  registration: Registration,
  mail: { mailId: string; threadKey: string | null },
  counter: { year: string; lastNumber: number },
): Promise<Saved> {
  const { next, message, event } = registration;
  const rows = {
    mail: putNew(casesTable, { ...mailKey(mail.mailId), caseId: next.caseId }),
    theCase: putCase(casesTable, next),
    message: putNew(casesTable, {
      ...messageKey(next.caseId, message.arrivedAt, message.messageId),
      ...message,
    }),
    event: putNew(casesTable, { ...caseEventKey(next.caseId, next.version), rowType: "event", event }),
  };
  const saved = await transact([
    rows.mail,
    rows.theCase,
    rows.message,
    rows.event,
    ...(registration.kind === "opened" ? [takeNumber(casesTable, counter)] : []),
    ...threadRow(casesTable, registration, mail.threadKey),
  ]);
  if (saved.done) return "saved";
  return saved.failed.includes(0) ? "already-registered" : "lost-race";
}

function putNew(casesTable: string, row: Record<string, unknown>): TransactItem {
  return { Put: { TableName: casesTable, Item: row, ConditionExpression: "attribute_not_exists(pk)" } };
}

/** A case is written over the version that the decision was made on, and no other. */
function putCase(casesTable: string, next: Case): TransactItem {
  const row = {
    ...caseKey(next.caseId),
    ...next,
    worklist: intakeWorklist(),
    due: `${next.nextDate}#${next.arrivedAt}#${next.caseNumber}`,
  };
  if (next.version === 1) return putNew(casesTable, row);
  return {
    Put: {
      TableName: casesTable,
      Item: row,
      ConditionExpression: "version = :seen",
      ExpressionAttributeValues: { ":seen": next.version - 1 },
    },
  };
}

/** The number is taken in the case's own transaction: rising, and without a gap. */
function takeNumber(casesTable: string, counter: { year: string; lastNumber: number }): TransactItem {
  return {
    Update: {
      TableName: casesTable,
      Key: counterKey(counter.year),
      UpdateExpression: "SET #number = :next",
      ConditionExpression: counter.lastNumber === 0 ? "attribute_not_exists(pk)" : "#number = :seen",
      ExpressionAttributeNames: { "#number": "number" },
      ExpressionAttributeValues: {
        ":next": counter.lastNumber + 1,
        ...(counter.lastNumber === 0 ? {} : { ":seen": counter.lastNumber }),
      },
    },
  };
}

function threadRow(casesTable: string, registration: Registration, thread: string | null): TransactItem[] {
  if (thread === null || registration.thread === "unchanged") return [];
  if (registration.thread === "claim") {
    const { caseId } = registration.next;
    return [putNew(casesTable, { ...threadKey(thread), caseId, rootSeen: registration.rootSeen })];
  }
  return [
    {
      Update: {
        TableName: casesTable,
        Key: threadKey(thread),
        UpdateExpression: "SET rootSeen = :yes",
        ConditionExpression: "rootSeen = :no",
        ExpressionAttributeValues: { ":yes": true, ":no": false },
      },
    },
  ];
}

const pageSize = 50;

/** One page of what nobody has classified, soonest promise first: one Query, however many cases there are. */
export async function intakeCases(casesTable: string, after: string | undefined) {
  const answer = await table.send(
    new QueryCommand({
      TableName: casesTable,
      IndexName: "worklist",
      KeyConditionExpression: "worklist = :worklist AND due > :after",
      ExpressionAttributeValues: { ":worklist": intakeWorklist(), ":after": after ?? "0" },
      Limit: pageSize,
    }),
  );
  const last = answer.LastEvaluatedKey?.["due"];
  return {
    cases: (answer.Items ?? []).map((item) => listedCaseSchema.parse(item)),
    cursor: typeof last === "string" ? last : null,
  };
}

const eventRowSchema = z.object({ event: z.object({ type: z.string(), time: z.string() }), sk: z.string() });

/** A case with its messages by arrival, what became of our mails about it, and its history by version. */
export async function findCaseFile(casesTable: string, caseId: string) {
  const rows: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const answer = await table.send(
      new QueryCommand({
        TableName: casesTable,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": caseKey(caseId).pk },
        ExclusiveStartKey: from,
      }),
    );
    rows.push(...(answer.Items ?? []));
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
  const ofKind = (kind: string) => rows.filter((row) => String(row["sk"]).startsWith(kind));
  const [caseRow] = ofKind("CASE");
  if (caseRow === undefined) return undefined;
  return {
    case: caseSchema.parse(caseRow),
    messages: ofKind("MESSAGE#").map((row) => messageSchema.parse(row)),
    outgoing: ofKind("OUTGOING#").map((row) => outgoingSchema.parse(row)),
    history: ofKind("EVENT#").map((row) => {
      const { event, sk } = eventRowSchema.parse(row);
      return { version: Number(sk.slice("EVENT#".length)), at: event.time, type: event.type };
    }),
  };
}
