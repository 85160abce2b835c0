import { GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import type { Event } from "#shared/event.ts";
import { getAll, queryAll, type TransactItem, table, transactOnce } from "#shared/table.ts";
import { localDate } from "#shared/time/working-time.ts";
import {
  bookingEventKey,
  bookingKey,
  officeDayList,
  partyKey,
  pendingKey,
  personList,
  reminderKey,
  unsettledList,
} from "../keys.ts";
import { putLedger } from "../ledger/ledger-table.ts";
import { type Booking, type BookingChange, bookingSchema } from "./booking.ts";
import { interpreterToOrder } from "./interpreter.ts";

/** Who comes. `null` where it was not said: a visit needs neither name nor address. */
export const partySchema = z.object({
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  /** What they wish to talk of, in their own words. */
  about: z.nullable(z.string()),
});
export type Party = z.infer<typeof partySchema>;

/** Index of an office's bookings by day, and of a person's. */
const DAYS = "days";
const PEOPLE = "people";

/**
 * - `changed`: a ledger or the booking is not what was read, or somebody is at one of them: read again and decide anew.
 * - `there-already`: the booking's id is taken: the same was asked before.
 */
export type Saved = "saved" | "changed" | "there-already";

type With = {
  party?: Party | undefined;
  events: readonly Event[];
  rows?: readonly TransactItem[] | undefined;
  now: Date;
};

/** The rows of a change: the booking first, over what was seen of it; its ledgers; what comes with them. */
export function bookingRows(
  bookingTable: string,
  { next, seen, ledgers }: BookingChange,
  { party, events, rows = [], now }: With,
): TransactItem[] {
  return [
    {
      Put: {
        TableName: bookingTable,
        Item: { ...bookingKey(next.bookingId), ...next, ...listed(next) },
        ...(seen === 0
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : { ConditionExpression: "version = :seen", ExpressionAttributeValues: { ":seen": seen } }),
      },
    },
    ...ledgers.map((change) => putLedger(bookingTable, change, now.getTime())),
    ...(party === undefined
      ? []
      : [{ Put: { TableName: bookingTable, Item: { ...partyKey(next.bookingId), ...party } } }]),
    ...events.map((event) => ({
      Put: {
        TableName: bookingTable,
        Item: { ...bookingEventKey(next.bookingId, next.version), rowType: "event", event },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    })),
    ...pendingRows(bookingTable, next),
    ...rows,
  ];
}

/** A row for as long as the booking waits for something: its unit's answer, an interpreter, guests if it is a meeting for a group. */
function pendingRows(bookingTable: string, booking: Booking): TransactItem[] {
  const pending = (what: Parameters<typeof pendingKey>[0], waits: boolean): TransactItem => {
    const key = pendingKey(what, booking.bookingId);
    return waits
      ? { Put: { TableName: bookingTable, Item: { ...key, bookingId: booking.bookingId } } }
      : { Delete: { TableName: bookingTable, Key: key } };
  };
  const group = municipality().booking.services.some(({ id, seats }) => id === booking.service && seats > 1);
  const guests = `guests ${booking.service}` as const;
  return [
    ...(group && booking.session === undefined ? [pending(guests, booking.status === "confirmed")] : []),
    ...(booking.requestedAt !== undefined ? [pending("answer", booking.status === "requested")] : []),
    ...(booking.interpreter === undefined ? [] : [pending("interpreter", interpreterToOrder(booking))]),
  ];
}

/** Bookings that wait for their unit's answer, for an interpreter to be ordered, or for a service's guests; by when they begin. */
export async function pendingBookings(
  bookingTable: string,
  what: Parameters<typeof pendingKey>[0],
): Promise<readonly Booking[]> {
  const rows = await queryAll({
    TableName: bookingTable,
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": pendingKey(what, "").pk },
  });
  const bookings = await getAll(
    bookingTable,
    rows.map((row) => bookingKey(String(row["bookingId"]))),
  );
  return bookings
    .map((row) => bookingSchema.parse(row))
    .toSorted((a, b) => a.startsAt.localeCompare(b.startsAt));
}

/** Saves a booking and its ledgers whole or not at all, and what comes with them. */
export async function saveBooking(bookingTable: string, change: BookingChange, along: With): Promise<Saved> {
  const outcome = await transactOnce(bookingRows(bookingTable, change, along));
  if (outcome === "conflict") return "changed";
  if (outcome.done) return "saved";
  return change.seen === 0 && outcome.failed.includes(0) ? "there-already" : "changed";
}

/** A reminder of a booking as it stands: one for each time that it has had, whatever is repeated. */
export function reminderRows(bookingTable: string, booking: Booking, event: Event): TransactItem[] {
  return [
    {
      Put: {
        TableName: bookingTable,
        Item: { ...reminderKey(booking.bookingId, booking.startsAt), rowType: "event", event },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    },
    {
      ConditionCheck: {
        TableName: bookingTable,
        Key: bookingKey(booking.bookingId),
        ConditionExpression: "version = :seen",
        ExpressionAttributeValues: { ":seen": booking.version },
      },
    },
  ];
}

/** What is cancelled is in nobody's day. */
function listed({ status, office, startsAt, person, bookingId }: Booking) {
  if (status === "cancelled") return {};
  const at = `${startsAt}#${bookingId}`;
  return {
    officeDay: officeDayList(office, localDate(new Date(startsAt))),
    at,
    ...(status === "unsettled"
      ? { booked: unsettledList() }
      : person === null
        ? {}
        : { booked: personList(person) }),
  };
}

export async function findBooking(bookingTable: string, bookingId: string): Promise<Booking | undefined> {
  const { Item } = await table.send(
    new GetCommand({ TableName: bookingTable, Key: bookingKey(bookingId), ConsistentRead: true }),
  );
  return Item === undefined ? undefined : bookingSchema.parse(Item);
}

/** Several bookings, by id; those that there are. */
export async function findBookings(
  bookingTable: string,
  bookingIds: readonly string[],
): Promise<ReadonlyMap<string, Booking>> {
  const rows = await getAll(bookingTable, [...new Set(bookingIds)].map(bookingKey));
  return new Map(rows.map((row) => bookingSchema.parse(row)).map((booking) => [booking.bookingId, booking]));
}

export async function findParty(bookingTable: string, bookingId: string): Promise<Party | undefined> {
  return (await findParties(bookingTable, [bookingId])).get(bookingId);
}

/** Who comes to several bookings. */
export async function findParties(
  bookingTable: string,
  bookingIds: readonly string[],
): Promise<ReadonlyMap<string, Party>> {
  const rows = await getAll(bookingTable, bookingIds.map(partyKey));
  const idOf = new Map(bookingIds.map((bookingId) => [partyKey(bookingId).pk, bookingId]));
  return new Map(rows.map((row) => [idOf.get(String(row["pk"])) ?? "", partySchema.parse(row)]));
}

/** An office's bookings of a day, by time. A moment behind. */
export async function bookingsOfDay(
  bookingTable: string,
  office: string,
  date: string,
): Promise<readonly Booking[]> {
  return await query(bookingTable, {
    IndexName: DAYS,
    KeyConditionExpression: "officeDay = :day",
    ExpressionAttributeValues: { ":day": officeDayList(office, date) },
  });
}

/** A person's bookings that begin within a time, by time. A moment behind. */
export async function bookingsOfPerson(
  bookingTable: string,
  person: string,
  { from, to }: { from: Date; to: Date },
): Promise<readonly Booking[]> {
  return await query(bookingTable, {
    IndexName: PEOPLE,
    KeyConditionExpression: "booked = :person AND #at BETWEEN :from AND :to",
    ExpressionAttributeNames: { "#at": "at" },
    ExpressionAttributeValues: {
      ":person": personList(person),
      ":from": from.toISOString(),
      ":to": to.toISOString(),
    },
  });
}

/** Bookings that need another time or another person, soonest first. A moment behind. */
export async function unsettledBookings(bookingTable: string, from: Date): Promise<readonly Booking[]> {
  return await query(bookingTable, {
    IndexName: PEOPLE,
    KeyConditionExpression: "booked = :list AND #at >= :from",
    ExpressionAttributeNames: { "#at": "at" },
    ExpressionAttributeValues: { ":list": unsettledList(), ":from": from.toISOString() },
  });
}

type Query = Omit<Parameters<typeof queryAll>[0], "TableName">;

async function query(bookingTable: string, asked: Query): Promise<readonly Booking[]> {
  const rows = await queryAll({ ...asked, TableName: bookingTable });
  return rows.map((item) => bookingSchema.parse(item));
}
