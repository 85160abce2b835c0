import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import type { Event } from "#shared/event.ts";
import { getAll, queryAll, type TransactItem, table, transact } from "#shared/table.ts";
import type { Booking, BookingStatus } from "../book/booking.ts";
import { bookedVisitorNotArrived } from "../events.ts";
import {
  badgeKey,
  bookingEventKey,
  bookingKey,
  checkInKey,
  houseKey,
  plateKey,
  ticketCounterKey,
  visitEventKey,
  visitKey,
  visitorKey,
} from "../keys.ts";
import { type Inside, insideOf, insideSchema } from "./house.ts";
import { isInHouse, type Visit, type VisitChange, visitSchema } from "./visit.ts";

/** The next number of an office's local day. It is never given again, also when nothing comes of it. */
export async function nextTicket(bookingTable: string, office: string, date: string): Promise<number> {
  const { Attributes } = await table.send(
    new UpdateCommand({
      TableName: bookingTable,
      Key: ticketCounterKey(office, date),
      UpdateExpression: "ADD #last :one",
      ExpressionAttributeNames: { "#last": "last" },
      ExpressionAttributeValues: { ":one": 1 },
      ReturnValues: "UPDATED_NEW",
    }),
  );
  return z.object({ last: z.int() }).parse(Attributes).last;
}

/** What comes with an arrival and is kept apart from the visit. */
export type Along = {
  name: string | undefined;
  plate: string | undefined;
  /** The booking as it was seen, and what is told of it. */
  booking: { seen: Booking; event: Event } | undefined;
};

/**
 * - `there-already`: the key has been used.
 * - `badge-taken`: somebody in the house has it.
 * - `changed`: the booking or the visit is not what was read.
 */
export type Saved = "saved" | "there-already" | "badge-taken" | "changed";

/** Saves an arrival with number, badge and booking, whole or not at all. */
export async function saveArrival(
  bookingTable: string,
  { next, event }: VisitChange,
  { name, plate, booking }: Along,
): Promise<Saved> {
  const { office, date, number, visitId, badge, asked, arrivedAt } = next;
  const { keepNamesDays, keepPlatesDays } = municipality().reception;
  const put = (key: { pk: string; sk: string }, row: object): TransactItem => ({
    Put: {
      TableName: bookingTable,
      Item: { ...key, ...row },
      ConditionExpression: "attribute_not_exists(pk)",
    },
  });
  const outcome = await transact([
    put(checkInKey(office, visitId), { date, number, asked }),
    ...(badge === null ? [] : [put(badgeKey(office, badge), { visitId, date, number })]),
    put(visitKey(office, date, number), next),
    put(houseKey(office, date, number), insideOf(next)),
    ...(event === undefined ? [] : [put(visitEventKey(office, date, number, 1), eventRow(event))]),
    ...(name === undefined
      ? []
      : [put(visitorKey(office, date, number), { date, name, ttl: daysAfter(arrivedAt, keepNamesDays) })]),
    ...(plate === undefined
      ? []
      : [put(plateKey(office, date, number), { date, plate, ttl: daysAfter(arrivedAt, keepPlatesDays) })]),
    ...(booking === undefined ? [] : arrivedRows(bookingTable, booking)),
  ]);
  if (outcome.done) return "saved";
  if (outcome.failed.includes(0)) return "there-already";
  // Were something else not as it was seen, that is the news.
  return badge !== null && outcome.failed.every((place) => place === 1) ? "badge-taken" : "changed";
}

/** When a row is to be removed, in seconds since 1970, as DynamoDB's time to live has it. */
const daysAfter = (instant: string, days: number): number =>
  Math.floor(Date.parse(instant) / 1000) + days * 86_400;

const eventRow = (event: Event) => ({ rowType: "event", event });

/** Whoever booked has come: the booking over what was seen of it, and what is told. */
export function arrivedRows(
  bookingTable: string,
  { seen, event }: NonNullable<Along["booking"]>,
): TransactItem[] {
  return [
    statusRow(bookingTable, seen, { from: seen.status, to: "arrived" }),
    {
      Put: {
        TableName: bookingTable,
        Item: { ...bookingEventKey(seen.bookingId, seen.version + 1), ...eventRow(event) },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    },
  ];
}

/**
 * Saves what was decided of a visit. Whoever leaves gives the badge back, is out of the house, and their booking is done; of whoever was
 * checked in by mistake it stands as before, and neither name nor plate is kept.
 */
export async function saveVisit(
  bookingTable: string,
  { next, seen, event }: VisitChange,
  arrivedBooking: Booking | undefined,
): Promise<"saved" | "changed"> {
  const { office, date, number, badge } = next;
  const remove = (Key: { pk: string; sk: string }): TransactItem => ({
    Delete: { TableName: bookingTable, Key },
  });
  const ended = !isInHouse(next);
  const outcome = await transact([
    {
      Put: {
        TableName: bookingTable,
        Item: { ...visitKey(office, date, number), ...next },
        ConditionExpression: "version = :seen",
        ExpressionAttributeValues: { ":seen": seen },
      },
    },
    ...(event === undefined
      ? []
      : [
          {
            Put: {
              TableName: bookingTable,
              Item: { ...visitEventKey(office, date, number, next.version), ...eventRow(event) },
              ConditionExpression: "attribute_not_exists(pk)",
            },
          },
        ]),
    ...(ended ? [remove(houseKey(office, date, number))] : []),
    ...(ended && badge !== null ? [remove(badgeKey(office, badge))] : []),
    ...(ended && arrivedBooking !== undefined
      ? next.state === "mistaken"
        ? expectedAgainRows(bookingTable, arrivedBooking, new Date(next.steps.at(-1)?.at ?? next.arrivedAt))
        : [doneRow(bookingTable, arrivedBooking)]
      : []),
    ...(next.state === "mistaken"
      ? [remove(visitorKey(office, date, number)), remove(plateKey(office, date, number))]
      : []),
  ]);
  return outcome.done ? "saved" : "changed";
}

/** The booking of whoever was checked in by mistake stands as it did: without a person or a room that it had, it still needs another time. */
function expectedAgainRows(bookingTable: string, booking: Booking, at: Date): TransactItem[] {
  const { bookingId, version, service, unit, office, startsAt, endsAt, audience, caseId } = booking;
  const isTaken = (resource: string) => booking.ledgers.some((of) => of.resource === resource);
  const whole =
    (booking.person === null || isTaken(`person:${booking.person}`)) &&
    (booking.room === null || isTaken(`room:${booking.room}`) || booking.session !== undefined);
  const next = version + 1;
  const event = bookedVisitorNotArrived.make(
    { subject: bookingId, version: next, at },
    {
      ...{ bookingId, bookingVersion: next, service, unit, office, startsAt, endsAt, audience },
      ...(caseId === null ? {} : { caseId }),
    },
  );
  return [
    statusRow(bookingTable, booking, { from: "arrived", to: whole ? "confirmed" : "unsettled" }),
    {
      Put: {
        TableName: bookingTable,
        Item: { ...bookingEventKey(bookingId, next), ...eventRow(event) },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    },
  ];
}

/** The booking of somebody who has come is over. */
export function doneRow(bookingTable: string, booking: Booking): TransactItem {
  return statusRow(bookingTable, booking, { from: "arrived", to: "done" });
}

function statusRow(
  bookingTable: string,
  { bookingId, version }: Booking,
  { from, to }: { from: BookingStatus; to: BookingStatus },
): TransactItem {
  return {
    Update: {
      TableName: bookingTable,
      Key: bookingKey(bookingId),
      UpdateExpression: "SET #status = :to, version = :next",
      ConditionExpression: "version = :seen AND #status = :from",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":to": to, ":next": version + 1, ":seen": version, ":from": from },
    },
  };
}

const checkedInSchema = z.object({ date: z.string(), number: z.int(), asked: z.string() });

/** What a check-in's key has made before. */
export async function findCheckIn(bookingTable: string, office: string, visitId: string) {
  const row = await get(bookingTable, checkInKey(office, visitId));
  return row === undefined ? undefined : checkedInSchema.parse(row);
}

export async function findVisit(
  bookingTable: string,
  office: string,
  date: string,
  number: number,
): Promise<Visit | undefined> {
  const row = await get(bookingTable, visitKey(office, date, number));
  return row === undefined ? undefined : visitSchema.parse(row);
}

async function get(bookingTable: string, Key: { pk: string; sk: string }) {
  const { Item } = await table.send(new GetCommand({ TableName: bookingTable, Key, ConsistentRead: true }));
  return Item;
}

/** An office's visits of a local day, by number. */
export async function visitsOfDay(
  bookingTable: string,
  office: string,
  date: string,
): Promise<readonly Visit[]> {
  const { pk } = visitKey(office, date, 0);
  return (await query(bookingTable, pk, "VISIT#")).map((row) => visitSchema.parse(row));
}

/** Who is in the house, by arrival; also those who came on another day and never checked out. */
export async function insideNow(bookingTable: string, office: string): Promise<readonly Inside[]> {
  const { pk } = houseKey(office, "", 0);
  return (await query(bookingTable, pk, "VISIT#")).map((row) => insideSchema.parse(row));
}

/** Plates of the cars that visitors of a local day came in, sorted, so that their order tells of nobody. */
export async function platesOfDay(
  bookingTable: string,
  office: string,
  date: string,
): Promise<readonly string[]> {
  const rows = await query(bookingTable, plateKey(office, date, 0).pk, "PLATE#");
  return [...new Set(rows.map((row) => z.object({ plate: z.string() }).parse(row).plate))].toSorted();
}

/** What visitors were called, by their day and number: `2026-11-24 7`. */
export async function namesOf(
  bookingTable: string,
  visits: readonly Pick<Visit, "office" | "date" | "number">[],
): Promise<ReadonlyMap<string, string>> {
  const keys = visits.map((visit) => ({
    name: nameKey(visit),
    ...visitorKey(visit.office, visit.date, visit.number),
  }));
  const rows = await getAll(
    bookingTable,
    keys.map(({ pk, sk }) => ({ pk, sk })),
  );
  return new Map(
    rows.flatMap((row) => {
      const of = keys.find(({ pk, sk }) => pk === row["pk"] && sk === row["sk"]);
      return of === undefined ? [] : [[of.name, z.object({ name: z.string() }).parse(row).name] as const];
    }),
  );
}

export const nameKey = ({ date, number }: Pick<Visit, "date" | "number">) => `${date} ${number}`;

async function query(bookingTable: string, pk: string, prefix: string) {
  return await queryAll({
    TableName: bookingTable,
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": pk, ":prefix": prefix },
    ConsistentRead: true,
  });
}
