import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { getAll, queryAll, type TransactItem, table, transact } from "#shared/table.ts";
import { outgoingSchema } from "../correspondence/mail-status.ts";
import {
  assignmentKey,
  caseEventKey,
  caseKey,
  counterKey,
  draftKey,
  mailKey,
  messageKey,
  mineList,
  noteKey,
  numbered,
  onceKey,
  quarantineList,
  threadKey,
  transferKey,
  unassignedList,
  unitList,
  waitingList,
} from "../keys.ts";
import { meetingSchema } from "../meetings/meeting.ts";
import {
  allowedIn,
  type Case,
  type Change,
  caseSchema,
  messageSchema,
  noteSchema,
  worklistOf,
} from "./case.ts";
import { type Known, type Registration, threadSchema } from "./registration.ts";
import { type Assignment, assignmentSchema, type Transfer, transferSchema } from "./tasks.ts";

const leadsToCaseSchema = z.object({ caseId: z.string() });
const counterSchema = z.object({ number: z.int() });

/** What is known of a mail before it is registered, and the last case number of the year (0 before the first). */
export async function loadForRegistration(
  casesTable: string,
  mail: { mailId: string; threadKey: string | null },
  year: string,
): Promise<Omit<Known, "tokenCase" | "answeredCase"> & { lastNumber: number }> {
  const keys = [
    mailKey(mail.mailId),
    counterKey(year),
    ...(mail.threadKey === null ? [] : [threadKey(mail.threadKey)]),
  ];
  const rows = await getAll(casesTable, keys);
  const row = (sk: string) => rows.find((candidate) => candidate["sk"] === sk);
  const mailRow = row("MAIL");
  const threadRow = row("THREAD");
  const counter = row("NUMBER");
  const thread = threadRow === undefined ? undefined : threadSchema.parse(threadRow);
  return {
    registeredIn: mailRow === undefined ? undefined : leadsToCaseSchema.parse(mailRow).caseId,
    thread,
    threadCase: thread === undefined ? undefined : await findCase(casesTable, thread.caseId),
    lastNumber: counter === undefined ? 0 : counterSchema.parse(counter).number,
  };
}

export async function findCase(casesTable: string, caseId: string): Promise<Case | undefined> {
  const row = await findRow(casesTable, caseKey(caseId));
  return row === undefined ? undefined : caseSchema.parse(row);
}

/** The id of the case that has a number. A case may appear here a moment after it was saved. */
export async function findCaseByNumber(casesTable: string, caseNumber: string): Promise<string | undefined> {
  const answer = await table.send(
    new QueryCommand({
      TableName: casesTable,
      IndexName: "numbers",
      KeyConditionExpression: "numbered = :number",
      ExpressionAttributeValues: { ":number": numbered(caseNumber) },
    }),
  );
  const [row] = answer.Items ?? [];
  return row === undefined ? undefined : leadsToCaseSchema.parse(row).caseId;
}

export async function findAssignment(
  casesTable: string,
  caseId: string,
  assignmentId: string,
): Promise<Assignment | undefined> {
  const row = await findRow(casesTable, assignmentKey(caseId, assignmentId));
  return row === undefined ? undefined : assignmentSchema.parse(row);
}

export async function findTransfer(
  casesTable: string,
  caseId: string,
  transferId: string,
): Promise<Transfer | undefined> {
  const row = await findRow(casesTable, transferKey(caseId, transferId));
  return row === undefined ? undefined : transferSchema.parse(row);
}

async function findRow(casesTable: string, Key: Record<string, string>) {
  const answer = await table.send(new GetCommand({ TableName: casesTable, Key, ConsistentRead: true }));
  return answer.Item;
}

/** What saving came to. `lost-race`: somebody else changed what the decision was made on; load and decide anew. */
export type Saved = "saved" | "done-before" | "lost-race";

/** Who did it, as the history shows it; none for the system itself. It stands beside the event and is not published. */
export type Actor = { name: string; sub: string | null };

/** Saves a change whole or not at all. Every row asks for what the decision was made on. */
export async function saveChange(casesTable: string, change: Change, by: Actor | null): Promise<Saved> {
  const once =
    change.once === undefined ? [] : [putNew(casesTable, onceKey(change.next.caseId, change.once))];
  const saved = await transact([...once, ...changeRows(casesTable, change, by)]);
  if (saved.done) return "saved";
  return once.length > 0 && saved.failed.includes(0) ? "done-before" : "lost-race";
}

/** Saves a registration: the change, and with it the mail's claim, its thread, and the number of a new case. */
export async function saveRegistration(
  casesTable: string,
  registration: Registration,
  mail: { mailId: string; threadKey: string | null },
  counter: { year: string; lastNumber: number },
): Promise<Saved> {
  const { caseId } = registration.next;
  const saved = await transact([
    putNew(casesTable, { ...mailKey(mail.mailId), caseId }),
    ...changeRows(casesTable, registration, null),
    ...(registration.kind === "opened" ? [takeNumber(casesTable, counter)] : []),
    ...threadRow(casesTable, registration, mail.threadKey),
  ]);
  if (saved.done) return "saved";
  return saved.failed.includes(0) ? "done-before" : "lost-race";
}

function changeRows(casesTable: string, change: Change, by: Actor | null): TransactItem[] {
  const { next, seen, events, message, note, assignments = [], transfer } = change;
  const { caseId } = next;
  return [
    putCase(casesTable, change),
    ...events.map((event, place) =>
      putNew(casesTable, { ...caseEventKey(caseId, seen + place + 1), rowType: "event", event, by }),
    ),
    ...(message === undefined
      ? []
      : [putNew(casesTable, { ...messageKey(caseId, message.arrivedAt, message.messageId), ...message })]),
    ...(note === undefined
      ? []
      : [putNew(casesTable, { ...noteKey(caseId, note.at, note.noteId), ...note })]),
    ...assignments.map(({ next: row, from }) =>
      putTask(casesTable, assignmentKey(caseId, row.assignmentId), row, from, row.dueDate),
    ),
    ...(transfer === undefined
      ? []
      : [
          putTask(
            casesTable,
            transferKey(caseId, transfer.next.transferId),
            transfer.next,
            transfer.from,
            transfer.next.sentAt.slice(0, 10),
          ),
        ]),
  ];
}

function putNew(casesTable: string, row: Record<string, unknown>): TransactItem {
  return { Put: { TableName: casesTable, Item: row, ConditionExpression: "attribute_not_exists(pk)" } };
}

/** A case is written over the version that the decision was made on, and only where the command is allowed. */
function putCase(casesTable: string, { next, seen, command }: Change): TransactItem {
  const list = worklistOf(next);
  const row = {
    ...caseKey(next.caseId),
    ...next,
    numbered: numbered(next.caseNumber),
    ...(list === undefined ? {} : { worklist: listKey(list), due: dueOf(next) }),
  };
  if (seen === 0) return putNew(casesTable, row);
  const statuses = Object.fromEntries(allowedIn[command].map((status, n) => [`:status${n}`, status]));
  return {
    Put: {
      TableName: casesTable,
      Item: row,
      ConditionExpression: `version = :seen AND #status IN (${Object.keys(statuses).join(", ")})`,
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":seen": seen, ...statuses },
    },
  };
}

/** Soonest date first in every list, and before all dates what must not wait. */
function dueOf({ triage, nextDate, arrivedAt, caseNumber }: Case): string {
  return `${triage.urgency === null ? nextDate : "0000-00-00"}#${arrivedAt}#${caseNumber}`;
}

/** The list's key in the index. */
export function listKey(list: NonNullable<ReturnType<typeof worklistOf>>): string {
  if (list === "unassigned") return unassignedList();
  if (list === "quarantine") return quarantineList();
  return list === "waiting" ? waitingList() : mineList(list.mine);
}

/** A unit's task is in its list while nobody has ended it, and is written only over a state that allows it. */
function putTask(
  casesTable: string,
  key: Record<string, string>,
  task: Assignment | Transfer,
  from: "new" | readonly string[],
  due: string,
): TransactItem {
  const listed = task.endedAt === null;
  const row = {
    ...key,
    ...task,
    ...(listed ? { worklist: unitList(task.unit), due: `${due}#${task.sentAt}#${task.caseNumber}` } : {}),
  };
  if (from === "new") return putNew(casesTable, row);
  const states = Object.fromEntries(from.map((state, n) => [`:state${n}`, state]));
  return {
    Put: {
      TableName: casesTable,
      Item: row,
      ConditionExpression: `#state IN (${Object.keys(states).join(", ")})`,
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: states,
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

const eventRowSchema = z.object({
  event: z.object({ type: z.string(), time: z.string(), data: z.record(z.string(), z.unknown()) }),
  by: z.nullish(z.object({ name: z.string() })),
  sk: z.string(),
});
const draftSchema = z.object({ box: z.string(), text: z.string(), savedAt: z.string() });
export type Draft = z.infer<typeof draftSchema>;

export type CaseFile = NonNullable<Awaited<ReturnType<typeof findCaseFile>>>;

/**
 * A case with its messages by arrival, its tasks, notes, what became of our mails about it, its meetings, and its history by version.
 * `sub`: whose drafts. Read as it stands now, since an answer to a change must show the change.
 */
export async function findCaseFile(casesTable: string, caseId: string, sub: string) {
  const rows = await partition(casesTable, caseKey(caseId).pk);
  const ofKind = (kind: string) => rows.filter((row) => String(row["sk"]).startsWith(kind));
  const [caseRow] = ofKind("CASE");
  if (caseRow === undefined) return undefined;
  return {
    case: caseSchema.parse(caseRow),
    messages: ofKind("MESSAGE#").map((row) => messageSchema.parse(row)),
    assignments: ofKind("ASSIGNMENT#").map((row) => assignmentSchema.parse(row)),
    transfers: ofKind("TRANSFER#").map((row) => transferSchema.parse(row)),
    notes: ofKind("NOTE#").map((row) => noteSchema.parse(row)),
    outgoing: ofKind("OUTGOING#").map((row) => outgoingSchema.parse(row)),
    meetings: ofKind("MEETING#").map((row) => meetingSchema.parse(row)),
    drafts: ofKind(draftKey(caseId, sub, "").sk).map((row) => draftSchema.parse(row)),
    history: ofKind("EVENT#").map((row) => {
      const { event, by, sk } = eventRowSchema.parse(row);
      const version = Number(sk.slice("EVENT#".length));
      return { version, at: event.time, type: event.type, by: by?.name ?? null, data: event.data };
    }),
  };
}

async function partition(casesTable: string, pk: string): Promise<readonly Record<string, unknown>[]> {
  return await queryAll({
    TableName: casesTable,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": pk },
    ConsistentRead: true,
  });
}
