import * as z from "zod/mini";
import type { Event } from "#shared/event.ts";
import { shortHash } from "#shared/ids.ts";
import { isRefused } from "#shared/refusal.ts";
import { getAll, queryAll, type TransactItem, transactOnce } from "#shared/table.ts";
import { localDate } from "#shared/time/working-time.ts";
import type { Booking } from "../book/booking.ts";
import { waitingClientKey, waitingContactKey, waitingEventKey, waitingKey, waitingList } from "../keys.ts";
import { endWaiting, forgottenAt, place, type Waiting, type WaitingEnd, waitingSchema } from "./waiting.ts";

/** Who waits. They are told by mail. */
export const contactSchema = z.object({
  email: z.string(),
  name: z.nullable(z.string()),
  phone: z.nullable(z.string()),
});
export type Contact = z.infer<typeof contactSchema>;

/** By what an address's places in line are counted. As long as the address itself is kept, and no longer. */
export const clientOf = ({ email }: Pick<Contact, "email">): string => shortHash(email.toLowerCase());

/** For what one address waits: the last date of each. */
const clientRowSchema = z.object({ v: z.int(), open: z.record(z.string(), z.string()) });
export type WaitingClient = { client: string; version: number; open: Readonly<Record<string, string>> };

/** Index of an office's bookings by day; beside them, all who wait. */
const DAYS = "days";

export async function findWaiting(bookingTable: string, waitingId: string): Promise<Waiting | undefined> {
  const [row] = await getAll(bookingTable, [waitingKey(waitingId)]);
  return row === undefined ? undefined : waitingSchema.parse(row);
}

/** All who wait, of every service and office, by arrival: the list a moment behind, each of its rows as it stands. */
export async function openWaiting(bookingTable: string): Promise<readonly Waiting[]> {
  const listed = await queryAll({
    TableName: bookingTable,
    IndexName: DAYS,
    KeyConditionExpression: "officeDay = :list",
    ExpressionAttributeValues: { ":list": waitingList() },
  });
  const rows = await getAll(
    bookingTable,
    listed.map(({ pk, sk }) => ({ pk, sk })),
  );
  return rows
    .map((row) => waitingSchema.parse(row))
    .filter(({ status }) => status === "waiting")
    .toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** Who several are; those that are forgotten are not there. */
export async function findContacts(
  bookingTable: string,
  waitingIds: readonly string[],
): Promise<ReadonlyMap<string, Contact>> {
  const rows = await getAll(bookingTable, waitingIds.map(waitingContactKey));
  const idOf = new Map(waitingIds.map((waitingId) => [waitingContactKey(waitingId).pk, waitingId]));
  return new Map(rows.map((row) => [idOf.get(String(row["pk"])) ?? "", contactSchema.parse(row)]));
}

export async function findWaitingClient(bookingTable: string, client: string): Promise<WaitingClient> {
  const [item] = await getAll(bookingTable, [waitingClientKey(client)]);
  const row = item === undefined ? { v: 0, open: {} } : clientRowSchema.parse(item);
  return { client, version: row.v, open: row.open };
}

/** For how many times an address waits; what is past its dates does not count, whether or not a round has ended it. */
export function countOpen({ open }: WaitingClient, now: Date): number {
  return Object.values(open).filter((to) => to >= localDate(now)).length;
}

/** The rows of a change: over the version that was seen, 0 for a new one. */
export function waitingRows(
  bookingTable: string,
  { next, seen, events = [] }: { next: Waiting; seen: number; events?: readonly Event[] },
): TransactItem[] {
  return [
    {
      Put: {
        TableName: bookingTable,
        Item: { ...waitingKey(next.waitingId), ...next, ...listed(next) },
        ...(seen === 0
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : { ConditionExpression: "version = :seen", ExpressionAttributeValues: { ":seen": seen } }),
      },
    },
    ...events.map((event) => ({
      Put: {
        TableName: bookingTable,
        Item: { ...waitingEventKey(next.waitingId, next.version), rowType: "event", event },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    })),
  ];
}

/** Who waits, until it may be forgotten, and that it counts or does not count among what their address waits for. */
export function contactRows(
  bookingTable: string,
  next: Waiting,
  { contact, client }: { contact: Contact; client: WaitingClient },
): TransactItem[] {
  const { [next.waitingId]: _, ...others } = client.open;
  const open = next.status === "waiting" ? { ...others, [next.waitingId]: next.to } : others;
  const last = [next.to, ...Object.values(open)].toSorted().at(-1) ?? next.to;
  return [
    {
      Put: {
        TableName: bookingTable,
        Item: {
          ...waitingClientKey(client.client),
          v: client.version + 1,
          open,
          ttl: forgottenAt({ to: last, endedAt: null }),
        },
        ...(client.version === 0
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : { ConditionExpression: "v = :seen", ExpressionAttributeValues: { ":seen": client.version } }),
      },
    },
    {
      Put: {
        TableName: bookingTable,
        Item: { ...waitingContactKey(next.waitingId), ...contact, ttl: forgottenAt(next) },
      },
    },
  ];
}

/** The rows that end somebody's wait, as it stands now; none where it has ended already. */
export async function endingRows(
  bookingTable: string,
  waitingId: string,
  how: WaitingEnd,
  now: Date,
): Promise<readonly TransactItem[]> {
  const waiting = await findWaiting(bookingTable, waitingId);
  if (waiting === undefined) return [];
  const next = endWaiting(waiting, how, now);
  return isRefused(next) ? [] : await changedRows(bookingTable, next, waiting.version);
}

/** The rows that end the wait by which a booking was taken, once it is theirs: while its unit has not answered they wait still. */
export async function endingWith(
  bookingTable: string,
  { status }: Pick<Booking, "status">,
  waitingId: string | undefined,
  now: Date,
): Promise<readonly TransactItem[]> {
  if (waitingId === undefined || status !== "confirmed") return [];
  return await endingRows(bookingTable, waitingId, "booked", now);
}

/** The rows of somebody who comes into the line again, or out of it, over the version that was seen. */
export async function changedRows(
  bookingTable: string,
  next: Waiting,
  seen: number,
): Promise<readonly TransactItem[]> {
  const contact = (await findContacts(bookingTable, [next.waitingId])).get(next.waitingId);
  const rows = waitingRows(bookingTable, { next, seen });
  // Who is forgotten is counted no longer either.
  if (contact === undefined) return rows;
  const client = await findWaitingClient(bookingTable, clientOf(contact));
  return [...rows, ...contactRows(bookingTable, next, { contact, client })];
}

const tries = 10;

/** Ends somebody's wait. `false`: it had ended already, or others were at it all the while. */
export async function finishWaiting(
  bookingTable: string,
  waitingId: string,
  how: WaitingEnd,
  now: Date,
): Promise<boolean> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const rows = await endingRows(bookingTable, waitingId, how, now);
    if (rows.length === 0) return false;
    if (await saved(rows)) return true;
  }
  return false;
}

/** Whether all of it was saved; else somebody else was at one of the rows. */
export async function saved(rows: readonly TransactItem[]): Promise<boolean> {
  const outcome = await transactOnce(rows);
  return outcome !== "conflict" && outcome.done;
}

function listed(waiting: Waiting) {
  return waiting.status === "waiting" ? { officeDay: waitingList(), at: place(waiting) } : {};
}
