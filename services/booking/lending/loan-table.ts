import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import type { Event } from "#shared/event.ts";
import { getAll, queryAll, type TransactItem, table, transact, transactOnce } from "#shared/table.ts";
import type { Booking } from "../book/booking.ts";
import { borrowerKey, itemLoanKey, itemOutKey, loanEventKey, loanKey, overdueKey } from "../keys.ts";
import { arrivedRows, doneRow } from "../reception/visit-table.ts";
import {
  type Borrower,
  borrowerSchema,
  disposedFrom,
  type Loan,
  type LoanChange,
  loanSchema,
} from "./loan.ts";

type Key = { pk: string; sk: string };

/**
 * - `there-already`: the key has been used.
 * - `item-out`: somebody has it.
 * - `changed`: the loan or its hire is not what was read.
 */
export type Saved = "saved" | "there-already" | "item-out" | "changed";

type Along = {
  borrower: Borrower;
  /** The booking as it was seen, whose hirer has come by this, and what is told of that. */
  hire: { seen: Booking; event: Event } | undefined;
};

/** The rows of a new loan: the loan first, then that its item is out. */
export function lendingRows(
  bookingTable: string,
  { next, event }: LoanChange,
  { borrower, hire }: Along,
): TransactItem[] {
  const { loanId, office, item, lentAt } = next;
  const put = (key: Key, row: object): TransactItem => ({
    Put: {
      TableName: bookingTable,
      Item: { ...key, ...row },
      ConditionExpression: "attribute_not_exists(pk)",
    },
  });
  return [
    put(loanKey(loanId), next),
    put(itemOutKey(office, item), { loanId }),
    put(borrowerKey(loanId), borrower),
    put(itemLoanKey(office, item, lentAt, loanId), { loanId }),
    ...eventRow(bookingTable, next, event),
    ...(hire === undefined ? [] : arrivedRows(bookingTable, hire)),
  ];
}

/** Saves a new loan, whole or not at all. */
export async function saveLending(bookingTable: string, change: LoanChange, along: Along): Promise<Saved> {
  const outcome = await transact(lendingRows(bookingTable, change, along));
  if (outcome.done) return "saved";
  if (outcome.failed.includes(0)) return "there-already";
  return outcome.failed.includes(1) ? "item-out" : "changed";
}

/** Saves that a loan is due at another time. */
export async function saveExtension(
  bookingTable: string,
  { next, seen }: LoanChange,
): Promise<"saved" | "changed"> {
  const outcome = await transact([overSeen(bookingTable, next, seen)]);
  return outcome.done ? "saved" : "changed";
}

/**
 * Saves that an item came back: it can be lent again, and its borrower is removed after a time. `hire`: the booking that is over with
 * it, as it was seen.
 */
export async function saveReturn(
  bookingTable: string,
  { next, seen, event }: LoanChange,
  { note, hire }: { note: string | null; hire: Booking | undefined },
): Promise<"saved" | "changed"> {
  const { loanId, office, item, returnedAt } = next;
  if (returnedAt === null) throw new Error("what came back has a time at which it did");
  const ttl = Math.ceil(disposedFrom(returnedAt).getTime() / 1000);
  const outcome = await transact([
    overSeen(bookingTable, next, seen),
    {
      Delete: {
        TableName: bookingTable,
        Key: itemOutKey(office, item),
        ConditionExpression: "loanId = :loanId",
        ExpressionAttributeValues: { ":loanId": loanId },
      },
    },
    {
      Update: {
        TableName: bookingTable,
        Key: borrowerKey(loanId),
        UpdateExpression: "SET note = :note, #ttl = :ttl",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeNames: { "#ttl": "ttl" },
        ExpressionAttributeValues: { ":note": note, ":ttl": ttl },
      },
    },
    ...eventRow(bookingTable, next, event),
    ...(hire === undefined ? [] : [doneRow(bookingTable, hire)]),
  ]);
  return outcome.done ? "saved" : "changed";
}

/** Saves that an item had not come back after all; `item-out`: it has been lent again. */
export async function saveUndoneReturn(
  bookingTable: string,
  { next, seen, event }: LoanChange,
): Promise<"saved" | "item-out" | "changed"> {
  const { loanId, office, item } = next;
  const outcome = await transact([
    overSeen(bookingTable, next, seen),
    {
      Put: {
        TableName: bookingTable,
        Item: { ...itemOutKey(office, item), loanId },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    },
    {
      Update: {
        TableName: bookingTable,
        Key: borrowerKey(loanId),
        UpdateExpression: "SET note = :none REMOVE #ttl",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeNames: { "#ttl": "ttl" },
        ExpressionAttributeValues: { ":none": null },
      },
    },
    ...eventRow(bookingTable, next, event),
  ]);
  if (outcome.done) return "saved";
  return outcome.failed.includes(0) ? "changed" : "item-out";
}

/** Those of some loans of which nobody has told that they are overdue as they stand. */
export async function untold(bookingTable: string, loans: readonly Loan[]): Promise<readonly Loan[]> {
  const keys = loans.map(({ loanId, dueAt }) => overdueKey(loanId, dueAt));
  const told = new Set((await getAll(bookingTable, keys)).map(({ pk, sk }) => `${pk} ${sk}`));
  return loans.filter(({ loanId, dueAt }) => {
    const { pk, sk } = overdueKey(loanId, dueAt);
    return !told.has(`${pk} ${sk}`);
  });
}

/** Tells once that a loan is overdue as it stands. False when it was told before, or the loan has changed. */
export async function saveOverdue(bookingTable: string, loan: Loan, event: Event): Promise<boolean> {
  const outcome = await transactOnce([
    {
      Put: {
        TableName: bookingTable,
        Item: { ...overdueKey(loan.loanId, loan.dueAt), rowType: "event", event },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    },
    {
      ConditionCheck: {
        TableName: bookingTable,
        Key: loanKey(loan.loanId),
        ConditionExpression: "version = :seen",
        ExpressionAttributeValues: { ":seen": loan.version },
      },
    },
  ]);
  return outcome !== "conflict" && outcome.done;
}

function overSeen(bookingTable: string, next: Loan, seen: number): TransactItem {
  return {
    Put: {
      TableName: bookingTable,
      Item: { ...loanKey(next.loanId), ...next },
      ConditionExpression: "version = :seen",
      ExpressionAttributeValues: { ":seen": seen },
    },
  };
}

function eventRow(bookingTable: string, { loanId, version }: Loan, event: Event | undefined): TransactItem[] {
  if (event === undefined) return [];
  return [
    {
      Put: {
        TableName: bookingTable,
        Item: { ...loanEventKey(loanId, version), rowType: "event", event },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    },
  ];
}

export async function findLoan(bookingTable: string, loanId: string): Promise<Loan | undefined> {
  const { Item } = await table.send(
    new GetCommand({ TableName: bookingTable, Key: loanKey(loanId), ConsistentRead: true }),
  );
  return Item === undefined ? undefined : loanSchema.parse(Item);
}

/** What is out at an office. */
export async function loansOut(bookingTable: string, office: string): Promise<readonly Loan[]> {
  const rows = await queryAll({
    TableName: bookingTable,
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :out)",
    ExpressionAttributeValues: { ":pk": itemOutKey(office, "").pk, ":out": "OUT#" },
    ConsistentRead: true,
  });
  // One may have come back between the two reads.
  return (await loansOf(bookingTable, rows)).filter(({ status }) => status === "out");
}

/** An item's latest loans, the last first. */
export async function loansOfItem(
  bookingTable: string,
  office: string,
  item: string,
): Promise<readonly Loan[]> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: bookingTable,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :loan)",
      ExpressionAttributeValues: { ":pk": itemLoanKey(office, item, "", "").pk, ":loan": "LOAN#" },
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: most,
    }),
  );
  const loans = await loansOf(bookingTable, Items);
  return loans.toSorted((a, b) => b.lentAt.localeCompare(a.lentAt));
}

/** So many loans of an item are shown. */
const most = 50;

const namedSchema = z.object({ loanId: z.string() });

async function loansOf(
  bookingTable: string,
  rows: readonly Record<string, unknown>[],
): Promise<readonly Loan[]> {
  const keys = rows.map((row) => loanKey(namedSchema.parse(row).loanId));
  return (await getAll(bookingTable, keys)).map((row) => loanSchema.parse(row));
}

/** Who has or had what was lent, by loan; of those that are not removed. */
export async function findBorrowers(
  bookingTable: string,
  loanIds: readonly string[],
): Promise<ReadonlyMap<string, Borrower>> {
  const rows = await getAll(bookingTable, loanIds.map(borrowerKey));
  const idOf = new Map(loanIds.map((loanId) => [borrowerKey(loanId).pk, loanId]));
  return new Map(rows.map((row) => [idOf.get(String(row["pk"])) ?? "", borrowerSchema.parse(row)]));
}
