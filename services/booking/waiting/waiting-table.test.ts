import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, expect, test } from "vitest";
import { municipality } from "#shared/config.ts";
import { isRefused } from "#shared/refusal.ts";
import { table } from "#shared/table.ts";
import { someBooking } from "../../../test/reception.ts";
import { freshTable } from "../../../test/tables.ts";
import { findBooking, saveBooking } from "../book/booking-table.ts";
import { timesBetween } from "../book/take-time.ts";
import { officeDayKey } from "../keys.ts";
import { listPeople, savePerson } from "../people/people-table.ts";
import { getInLine } from "./get-in-line.ts";
import { restoreWaiting, type Waiting } from "./waiting.ts";
import { waitingRound } from "./waiting-round.ts";
import {
  changedRows,
  clientOf,
  endingRows,
  endingWith,
  findContacts,
  findWaiting,
  findWaitingClient,
  finishWaiting,
  openWaiting,
  saved,
  waitingRows,
} from "./waiting-table.ts";

const letters = mockClient(S3Client);

const office = "kommunhuset";
const date = "2027-03-03";
const service = municipality().booking.services.find(({ id }) => id === "vagledning");
const now = new Date("2027-03-01T08:00:00.000Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
let bookings: string;
let stores: { BOOKING_TABLE: string; LETTERS_BUCKET: string };

beforeEach(async () => {
  bookings = await freshTable("BookingTable");
  stores = { BOOKING_TABLE: bookings, LETTERS_BUCKET: "letters" };
  letters.reset();
  await savePerson(bookings, {
    person: "anna",
    name: "Anna Ek",
    unit: "servicecenter",
    services: ["vagledning"],
    interprets: [],
    languages: ["sv"],
    manager: null,
    office,
    standIn: null,
    calendarUrl: null,
  });
});

/** Anna is there from nine, Swedish time ten, for so many minutes, and others with her. */
async function open(minutes: number, on = date, others: readonly string[] = []): Promise<void> {
  const from = `${on}T09:00:00.000Z`;
  const stretch = { from, to: new Date(Date.parse(from) + minutes * 60_000).toISOString() };
  const day = {
    office,
    date: on,
    bookable: [stretch],
    people: ["anna", ...others].map((person) => ({ person, ...stretch })),
  };
  await table.send(new PutCommand({ TableName: bookings, Item: { ...officeDayKey(office, on), ...day } }));
}

type Line = {
  email?: string;
  interpreter?: string;
  at?: Date;
  bookingId?: string | null;
  network?: string;
  asked?: string;
};

async function line(n: number, { email = `w${n}@example.org`, at = now, ...more }: Line = {}) {
  if (service === undefined) throw new Error("no such service");
  return await getInLine(
    stores,
    {
      waitingId: n.toString(16).padStart(32, "0"),
      office,
      from: date,
      to: "2027-03-12",
      part: null,
      language: null,
      interpreter: more.interpreter ?? null,
      equipment: [],
      seats: 1,
      bookingId: more.bookingId ?? null,
      asked: more.asked ?? "x",
    },
    {
      service,
      contact: { email, name: "Åsa Prov", phone: null },
      ...(more.network === undefined
        ? {}
        : { network: { resource: `client:${more.network}` as const, date: "2027-03-01" } }),
    },
    at,
  );
}

async function inLine(n: number, more: Line = {}): Promise<Waiting> {
  const waiting = await line(n, more);
  if (isRefused(waiting)) throw new Error(waiting.refused);
  return waiting;
}

async function eventsOf(type: string): Promise<string[]> {
  const { Items = [] } = await table.send(new ScanCommand({ TableName: bookings, ConsistentRead: true }));
  return Items.flatMap(({ event }) =>
    event?.type === type ? [String(Number.parseInt(event.data.waitingId, 16))] : [],
  ).toSorted();
}
const told = () => eventsOf("WaitingTimeFree");
const status = async ({ waitingId }: Waiting) => (await findWaiting(bookings, waitingId))?.status;

test("the same key is one place in line, with another wish a mistake; who it is lies apart", async () => {
  const [one, other] = await Promise.all([line(1), line(1)]);
  expect(one).toEqual(other);
  expect(await line(1)).toEqual(one);
  expect(await line(1, { asked: "y" })).toEqual({ refused: "other-wish" });
  expect(await openWaiting(bookings)).toEqual([one]);
  expect(await eventsOf("WaitingStarted")).toEqual(["1"]);
  const { Items = [] } = await table.send(new ScanCommand({ TableName: bookings, ConsistentRead: true }));
  const naming = Items.filter((row) => JSON.stringify(row).includes("Åsa Prov"));
  expect(naming).toMatchObject([
    { sk: "CONTACT", ttl: Date.parse("2027-04-12T00:00:00Z") / 1_000, email: "w1@example.org" },
  ]);
});

test("one address waits for no more than the config says, also at the same moment; who has left may again", async () => {
  const most = municipality().booking.waitingPerClient;
  const email = "many@example.org";
  const outcomes = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => line(n, { email })));
  const held = outcomes.filter((one) => !isRefused(one));
  expect(held).toHaveLength(most);
  expect(await line(9, { email: "MANY@example.org" })).toEqual({ refused: "too-many-waiting" });
  const [first] = held;
  if (first === undefined || isRefused(first)) throw new Error("not in line");
  expect(await finishWaiting(bookings, first.waitingId, "left", later(1))).toBe(true);
  expect(await finishWaiting(bookings, first.waitingId, "left", later(1))).toBe(false);
  await inLine(9, { email });
});

test("one network of the public may put ten in line in a day", async () => {
  for (let n = 1; n <= 10; n += 1) await inLine(n, { network: "n1" });
  expect(await line(11, { network: "n1" })).toEqual({ refused: "too-many-waiting" });
  await inLine(12, { network: "n2" });
  await inLine(13);
});

test("a place in line outlives a request that its unit has not answered, and ends with the yes", async () => {
  const { waitingId } = await inLine(1);
  const rows = (status: "requested" | "confirmed") => endingWith(bookings, { status }, waitingId, later(1));
  expect(await rows("requested")).toEqual([]);
  expect(await saved(await rows("confirmed"))).toBe(true);
  expect((await findWaiting(bookings, waitingId))?.status).toBe("booked");
  expect(await rows("confirmed")).toEqual([]);
});

test("no hash of an address is kept with the place in line", async () => {
  const { waitingId } = await inLine(1);
  const { Items = [] } = await table.send(new ScanCommand({ TableName: bookings, ConsistentRead: true }));
  const lasting = Items.filter((row) => row["ttl"] === undefined && JSON.stringify(row).includes(waitingId));
  expect(lasting.length).toBeGreaterThan(0);
  expect(JSON.stringify(lasting)).not.toContain(clientOf({ email: "w1@example.org" }));
});

test("who leaves is in no list, and forgotten a month later", async () => {
  const waiting = await inLine(1);
  await finishWaiting(bookings, waiting.waitingId, "left", later(10));
  expect(await openWaiting(bookings)).toEqual([]);
  expect(await findWaitingClient(bookings, clientOf({ email: "w1@example.org" }))).toMatchObject({
    open: {},
  });
  const { Items = [] } = await table.send(new ScanCommand({ TableName: bookings, ConsistentRead: true }));
  expect(Items.find(({ sk }) => sk === "CONTACT")?.["ttl"]).toBe(Date.parse("2027-04-01T00:00:00Z") / 1_000);
});

test("who was removed comes back to the same place", async () => {
  const [first] = [await inLine(1), await inLine(2, { at: later(1) })];
  await finishWaiting(bookings, first.waitingId, "removed", later(2));
  const removed = await findWaiting(bookings, first.waitingId);
  const back = removed === undefined ? undefined : restoreWaiting(removed, later(3));
  if (back === undefined || isRefused(back)) throw new Error("not restored");
  expect(await saved(await changedRows(bookings, back, 2))).toBe(true);
  expect(await saved(await changedRows(bookings, back, 2))).toBe(false);
  expect((await openWaiting(bookings)).map(({ waitingId }) => waitingId.at(-1))).toEqual(["1", "2"]);
  expect((await findContacts(bookings, [first.waitingId])).size).toBe(1);
});

test("a time that comes free is told to the first in line, two hours later to the next as well", async () => {
  await inLine(1);
  await inLine(2, { at: later(1) });
  await waitingRound(stores, later(10));
  expect(await told()).toEqual([]);
  await open(30);
  expect(await waitingRound(stores, later(20))).toEqual({ told: 1, over: 0 });
  expect(await waitingRound(stores, later(20))).toEqual({ told: 0, over: 0 });
  expect(await told()).toEqual(["1"]);
  const body = letters.commandCalls(PutObjectCommand).at(-1)?.args[0].input.Body;
  expect(JSON.parse(String(body))).toMatchObject({
    to: "w1@example.org",
    time: { startsAt: `${date}T09:00:00.000Z` },
  });
  await waitingRound(stores, later(139));
  expect(await told()).toEqual(["1"]);
  await waitingRound(stores, later(140));
  expect(await told()).toEqual(["1", "2"]);
});

test("two rounds at once tell once", async () => {
  await inLine(1);
  await inLine(2, { at: later(1) });
  await open(60);
  await Promise.all([waitingRound(stores, later(20)), waitingRound(stores, later(20))]);
  expect(await told()).toEqual(["1", "2"]);
  for (const one of await openWaiting(bookings)) expect(one.told).toHaveLength(1);
});

test("a round that is killed half-way is gone on with, and nobody is told again", async () => {
  await inLine(1);
  await inLine(2, { at: later(1) });
  await open(60);
  letters.reset();
  letters.on(PutObjectCommand).resolvesOnce({}).rejects(new Error("killed"));
  await expect(waitingRound(stores, later(20))).rejects.toThrow("killed");
  letters.reset();
  expect(await told()).toEqual(["1"]);
  expect(await waitingRound(stores, later(50))).toEqual({ told: 1, over: 0 });
  expect(await told()).toEqual(["1", "2"]);
});

test("who leaves at the same moment is not told afterwards, and the time goes to the next", async () => {
  const first = await inLine(1);
  await inLine(2, { at: later(1) });
  await open(30);
  const before = await findWaiting(bookings, first.waitingId);
  await finishWaiting(bookings, first.waitingId, "left", later(20));
  // What a round has read before they left is not saved over it.
  if (before === undefined) throw new Error("not in line");
  expect(await saved(waitingRows(bookings, { next: { ...before, version: 2 }, seen: 1 }))).toBe(false);
  await Promise.all([
    waitingRound(stores, later(20)),
    finishWaiting(bookings, first.waitingId, "left", later(20)),
  ]);
  expect(await told()).toEqual(["2"]);
  expect(await status(first)).toBe("left");
});

test("a booking that is confirmed ends the wait, in one transaction", async () => {
  const waiting = await inLine(1);
  const { waitingId } = waiting;
  const booking = someBooking("b".repeat(32), { waitingId });
  const rows = await endingRows(bookings, waitingId, "booked", later(5));
  expect(rows).toHaveLength(3);
  const change = { next: booking, seen: 0, ledgers: [] };
  expect(await saveBooking(bookings, change, { events: [], rows, now })).toBe("saved");
  expect(await status(waiting)).toBe("booked");
  expect(await endingRows(bookings, waitingId, "booked", later(6))).toEqual([]);
  // Against what was read before somebody else ended it, nothing is saved.
  const other = { next: someBooking("c".repeat(32)), seen: 0, ledgers: [] };
  expect(await saveBooking(bookings, other, { events: [], rows, now })).toBe("changed");
  expect(await findBooking(bookings, "c".repeat(32))).toBeUndefined();
});

test("who wants an earlier time is told of earlier ones only, and not at all when the booking is gone", async () => {
  const booked = someBooking("b".repeat(32), {
    startsAt: "2027-03-04T09:00:00.000Z",
    endsAt: "2027-03-04T09:30:00.000Z",
  });
  const put = (status: "confirmed" | "cancelled", version: number) =>
    saveBooking(
      bookings,
      { next: { ...booked, status, version }, seen: version - 1, ledgers: [] },
      { events: [], now },
    );
  await put("confirmed", 1);
  const waiting = await inLine(1, { bookingId: booked.bookingId });
  await open(30, "2027-03-05");
  expect(await waitingRound(stores, later(10))).toEqual({ told: 0, over: 0 });
  await open(30, "2027-03-03");
  expect(await waitingRound(stores, later(20))).toEqual({ told: 1, over: 0 });
  await put("cancelled", 2);
  expect(await waitingRound(stores, later(200))).toEqual({ told: 0, over: 1 });
  expect(await status(waiting)).toBe("over");
});

test("who needs an interpreter is told of a time at which somebody can interpret", async () => {
  const [anna] = await listPeople(bookings);
  if (anna === undefined) throw new Error("nobody is there");
  await savePerson(bookings, { ...anna, person: "sara", services: [], interprets: ["nl"] });
  const waiting = await inLine(1, { interpreter: "nl" });
  await open(30);
  expect(await waitingRound(stores, later(10))).toEqual({ told: 0, over: 0 });
  await open(30, "2027-03-05", ["sara"]);
  expect(await waitingRound(stores, later(20))).toEqual({ told: 1, over: 0 });
  const told = (await findWaiting(bookings, waiting.waitingId))?.told.map(({ startsAt }) => startsAt);
  expect(told).toEqual(["2027-03-05T09:00:00.000Z"]);
});

test("whose dates are past is out of line; a time that the public may not have is told to nobody", async () => {
  const waiting = await inLine(1);
  if (service === undefined) throw new Error("no such service");
  await open(30);
  const soon = new Date(`${date}T07:30:00.000Z`);
  const where = { from: date, to: date, wish: { equipment: [], seats: 1 }, now: soon };
  expect(await timesBetween(bookings, { service, office }, { ...where, internal: true })).toHaveLength(1);
  expect(await waitingRound(stores, soon)).toEqual({ told: 0, over: 0 });
  expect(await waitingRound(stores, new Date("2027-03-13T08:00:00Z"))).toEqual({ told: 0, over: 1 });
  expect(await status(waiting)).toBe("over");
});
