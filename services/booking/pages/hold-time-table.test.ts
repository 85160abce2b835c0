import { createHmac } from "node:crypto";
import { GenerateMacCommand, KMSClient } from "@aws-sdk/client-kms";
import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { beforeAll, expect, test } from "vitest";
import { municipality } from "#shared/config.ts";
import { isRefused } from "#shared/refusal.ts";
import { table } from "#shared/table.ts";
import { freshTable } from "../../../test/tables.ts";
import type { Booking } from "../book/booking.ts";
import { findBooking, findParty } from "../book/booking-table.ts";
import { timesBetween } from "../book/take-time.ts";
import { bookingKey, officeDayKey } from "../keys.ts";
import { savePerson } from "../people/people-table.ts";
import { cancelOwn, moveOwn } from "./change-own.ts";
import { confirmHold, holdTime } from "./hold-time.ts";

// Only what KMS is: a MAC of the message under the key that is named.
mockClient(KMSClient)
  .on(GenerateMacCommand)
  .callsFake(({ KeyId, Message }) => ({ Mac: createHmac("sha256", KeyId).update(Message).digest() }));

const office = "kommunhuset";
const service = serviceOf("vagledning");
const resting = serviceOf("bygglov-radgivning");
const now = new Date("2026-11-24T08:00:00.000Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
let bookings: string;

function serviceOf(id: string) {
  const found = municipality().booking.services.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no service ${id}`);
  return found;
}

beforeAll(async () => {
  bookings = await freshTable("BookingTable");
  Object.assign(process.env, { BOOKING_TABLE: bookings, LETTERS_BUCKET: "letters", LINK_KEY: "key-1" });
  await savePerson(bookings, {
    person: "anna",
    name: "Anna Ek",
    unit: "servicecenter",
    services: [service.id, resting.id],
    languages: ["sv"],
    interprets: [],
    manager: null,
    office,
    standIn: null,
    calendarUrl: null,
  });
  for (const date of days) {
    const open = { from: `${date}T08:00:00.000Z`, to: `${date}T15:00:00.000Z` };
    const day = { office, date, bookable: [open], people: [{ person: "anna", ...open }] };
    await table.send(
      new PutCommand({ TableName: bookings, Item: { ...officeDayKey(office, date), ...day } }),
    );
  }
});

// A day for each test.
const days = Array.from({ length: 9 }, (_, n) => `2026-12-0${n + 1}`);
let used = 0;
function aDay(): string {
  const day = days[used];
  used += 1;
  if (day === undefined) throw new Error("no day is left");
  return day;
}

const wish = { equipment: [], seats: 1 };
const key = (n: number) => n.toString(16).padStart(32, "0");
/** With a landline: nobody is written to. */
const party = { name: "Åsa Öberg", email: null, phone: "08-465 004 04", about: null };

/** Holds a time of a day, `09:00` in UTC. */
function hold(date: string, time: string, changes: Partial<Parameters<typeof holdTime>[0]> = {}, at = now) {
  const start = new Date(`${date}T${time}:00.000Z`);
  return holdTime({ service, office, start, wish, key: key(1), client: "192.0.2.7", ...changes }, at);
}

function taken(outcome: Awaited<ReturnType<typeof holdTime>>): Booking {
  if (isRefused(outcome)) throw new Error(outcome.refused);
  return outcome;
}

test("one client asks for fifty holds: as many as the config says, and all are free when they have run out", async () => {
  const date = aDay();
  const client = "192.0.2.50";
  const times = ["08:00", "08:30", "09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "12:00", "12:30"];
  const outcomes: string[] = [];
  for (let n = 0; n < 50; n += 1) {
    const outcome = await hold(date, times[n % times.length] ?? "", { key: key(n), client });
    outcomes.push(isRefused(outcome) ? outcome.refused : outcome.status);
  }
  const { holdsPerClient } = municipality().booking;
  expect(outcomes.filter((one) => one === "held")).toHaveLength(holdsPerClient);
  expect(new Set(outcomes)).toEqual(new Set(["held", "too-many-holds", "taken"]));
  const free = async (at: Date) =>
    (
      await timesBetween(
        bookings,
        { service, office },
        { from: date, to: date, wish, internal: false, now: at },
      )
    ).length;
  expect(await free(now)).toBeLessThan(await free(later(11)));
  expect((await hold(date, "08:00", { key: key(99), client }, later(11))) as Booking).toMatchObject({
    status: "held",
  });
});

test("a dozen at the same moment are no more than the config says", async () => {
  const date = aDay();
  const asked = Array.from({ length: 12 }, (_, n) =>
    hold(date, `${String(8 + Math.floor(n / 2)).padStart(2, "0")}:${n % 2 === 0 ? "00" : "30"}`, {
      key: key(n),
      client: "192.0.2.51",
    }),
  );
  const outcomes = await Promise.all(asked);
  const held = outcomes.filter((one) => !isRefused(one));
  expect(held.length).toBeLessThanOrEqual(municipality().booking.holdsPerClient);
  expect(held.length).toBeGreaterThan(0);
});

const eachHour = ["08:00", "09:00", "10:00", "11:00", "12:00", "13:00", "14:00"];

test("the same form sent twice is one hold, also at the same moment", async () => {
  const date = aDay();
  for (const time of eachHour) {
    const client = `192.0.2.1${time.slice(0, 2)}`;
    const twice = await Promise.all([hold(date, time, { client }), hold(date, time, { client })]);
    const again = await hold(date, time, { client });
    expect(new Set([...twice, again].map((outcome) => taken(outcome).bookingId)).size).toBe(1);
    expect(isRefused(await hold(date, time, { client, key: key(2) }))).toBe(true);
  }
});

test("a hold confirmed twice at the same moment is one booking, and neither is told that it ran out", async () => {
  const date = aDay();
  for (const time of eachHour) {
    const held = taken(await hold(date, time, { client: `192.0.2.1${time.slice(0, 2)}` }));
    const confirmed = () => confirmHold(held, { service, party }, later(1));
    const outcomes = await Promise.all([confirmed(), confirmed()]);
    expect(outcomes.map((one) => (isRefused(one) ? one.refused : one.status)).sort()).toEqual([
      "confirmed",
      "wrong-status",
    ]);
  }
});

test("of two for one time the second is refused at once, and no way confirms both", async () => {
  const date = aDay();
  const first = taken(await hold(date, "09:00", { client: "192.0.2.1" }));
  expect(await hold(date, "09:00", { client: "192.0.2.2", key: key(2) })).toEqual({ refused: "taken" });
  // The first runs out, the second has it; then the first comes back.
  const second = taken(await hold(date, "09:00", { client: "192.0.2.2", key: key(3) }, later(11)));
  expect(await confirmHold(first, { service, party }, later(12))).toEqual({ refused: "hold-expired" });
  expect(await confirmHold(second, { service, party }, later(12))).toMatchObject({ status: "confirmed" });
  expect(await confirmHold(second, { service, party: { ...party, name: "Bo" } }, later(12))).toEqual({
    refused: "wrong-status",
  });
  expect(await findParty(bookings, second.bookingId)).toEqual(party);
});

test("what is confirmed is no longer held, and what is let go is free at once", async () => {
  const date = aDay();
  const client = "192.0.2.53";
  const [first, second] = [await hold(date, "08:00", { client }), await hold(date, "09:00", { client })].map(
    taken,
  );
  if (first === undefined || second === undefined) throw new Error("not held");
  await confirmHold(first, { service, party }, later(1));
  await cancelOwn(second, service, later(1));
  for (const [n, time] of ["09:00", "10:00", "11:00"].entries())
    expect(isRefused(await hold(date, time, { client, key: key(10 + n) }, later(1)))).toBe(false);
  expect(await hold(date, "12:00", { client, key: key(20) }, later(1))).toEqual({
    refused: "too-many-holds",
  });
});

test("a time off the grid is not offered, nor one that is too soon", async () => {
  const date = aDay();
  expect(await hold(date, "09:07", { client: "192.0.2.54" })).toEqual({ refused: "outside-hours" });
  expect(await hold("2026-11-24", "09:00", { client: "192.0.2.54" })).toEqual({ refused: "too-soon" });
  expect(await hold("2027-11-24", "09:00", { client: "192.0.2.54" })).toEqual({ refused: "too-far-away" });
});

test("what a citizen gives back rests before another may have it", async () => {
  const date = aDay();
  const held = taken(await hold(date, "09:00", { service: resting, client: "192.0.2.3" }));
  const confirmed = await confirmHold(held, { service: resting, party }, later(1));
  if (isRefused(confirmed)) throw new Error(confirmed.refused);
  expect(await cancelOwn(confirmed, resting, later(2))).toMatchObject({ status: "cancelled", sequence: 1 });
  const stranger = (n: number, minutes: number) =>
    hold(date, "09:00", { service: resting, client: "192.0.2.4", key: key(n) }, later(minutes));
  expect(await stranger(30, 16)).toEqual({ refused: "taken" });
  expect(await stranger(31, 18)).toMatchObject({ status: "held" });
});

test("a booking is moved until it begins and by whoever saw it as it is; each version is told once", async () => {
  const date = aDay();
  const held = taken(await hold(date, "09:00", { client: "192.0.2.5" }));
  const confirmed = await confirmHold(held, { service, party }, later(1));
  if (isRefused(confirmed)) throw new Error(confirmed.refused);
  const to = (time: string) => ({ office, start: new Date(`${date}T${time}:00.000Z`), wish });
  const moved = await moveOwn(confirmed, service, to("09:15"), later(2));
  expect(moved).toMatchObject({ status: "confirmed", sequence: 1, startsAt: `${date}T09:15:00.000Z` });
  expect(await moveOwn(confirmed, service, to("10:00"), later(3))).toEqual({ refused: "changed" });
  const current = await findBooking(bookings, held.bookingId);
  if (current === undefined) throw new Error("no booking");
  const begun = new Date(`${date}T09:15:00.000Z`);
  expect(await moveOwn(current, service, to("13:00"), begun)).toEqual({ refused: "has-begun" });
  expect(await cancelOwn(current, service, begun)).toEqual({ refused: "has-begun" });
  expect(await eventsOf(held.bookingId)).toEqual(["BookingMade", "BookingMoved"]);
});

async function eventsOf(bookingId: string): Promise<unknown[]> {
  const rows = await table.send(
    new QueryCommand({
      TableName: bookings,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :event)",
      ExpressionAttributeValues: { ":pk": bookingKey(bookingId).pk, ":event": "EVENT#" },
    }),
  );
  return (rows.Items ?? []).map((row) => row["event"].type);
}
