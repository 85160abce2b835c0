import { GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { queryAll, type TransactItem, table, transactOnce } from "#shared/table.ts";
import type { OfferedDay } from "../book/offer.ts";
import { type OfficeDay, officeDaySchema } from "../hours/office-day.ts";
import { officeDayKey } from "../keys.ts";
import type { LedgerChange } from "../ledger/ledger.ts";
import { putLedger } from "../ledger/ledger-table.ts";

const stretch = z.object({ from: z.string(), to: z.string() });
/** Of a published day, what an offer rests on. */
const offeredSchema = z.object({
  office: z.string(),
  date: z.string(),
  bookable: z.array(stretch),
  people: z.array(z.extend(stretch, { person: z.string() })),
});

type Period = { from: string; to: string };

/** What an office offers on a day; undefined where nothing is published. */
export async function findOfferedDay(
  bookingTable: string,
  office: string,
  date: string,
): Promise<OfferedDay | undefined> {
  const row = await findDay(bookingTable, office, date);
  return row === undefined ? undefined : offeredSchema.parse(row);
}

/** What an office offers, from one date to another, both included. */
export async function offeredDays(
  bookingTable: string,
  office: string,
  period: Period,
): Promise<readonly OfferedDay[]> {
  return (await daysBetween(bookingTable, office, period)).map((row) => offeredSchema.parse(row));
}

/** A day as it was published, whole. */
export async function findOfficeDay(
  bookingTable: string,
  office: string,
  date: string,
): Promise<OfficeDay | undefined> {
  const row = await findDay(bookingTable, office, date);
  return row === undefined ? undefined : officeDaySchema.parse(row);
}

export async function listOfficeDays(
  bookingTable: string,
  office: string,
  period: Period,
): Promise<readonly OfficeDay[]> {
  return (await daysBetween(bookingTable, office, period)).map((row) => officeDaySchema.parse(row));
}

/**
 * Publishes a day over the one that was seen, and raises the version of every ledger that it is about: a booking that was decided on
 * the old hours fails, and is decided anew on the new ones. `rows`: the bookings that the day no longer has a place for.
 */
export async function saveOfficeDay(
  bookingTable: string,
  day: OfficeDay,
  { ledgers, rows }: { ledgers: readonly LedgerChange[]; rows: readonly TransactItem[] },
  now: Date,
): Promise<boolean> {
  const items: TransactItem[] = [
    {
      Put: {
        TableName: bookingTable,
        Item: { ...officeDayKey(day.office, day.date), ...day },
        ...(day.rev === 1
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : { ConditionExpression: "rev = :seen", ExpressionAttributeValues: { ":seen": day.rev - 1 } }),
      },
    },
    ...ledgers.map((change) => putLedger(bookingTable, change, now.getTime())),
    ...rows,
  ];
  const outcome = await transactOnce(items);
  return outcome !== "conflict" && outcome.done;
}

async function findDay(bookingTable: string, office: string, date: string) {
  const key = { TableName: bookingTable, Key: officeDayKey(office, date) };
  return (await table.send(new GetCommand({ ...key, ConsistentRead: true }))).Item;
}

async function daysBetween(bookingTable: string, office: string, { from, to }: Period) {
  return await queryAll({
    TableName: bookingTable,
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: {
      ":pk": officeDayKey(office, from).pk,
      ":from": officeDayKey(office, from).sk,
      ":to": officeDayKey(office, to).sk,
    },
  });
}
