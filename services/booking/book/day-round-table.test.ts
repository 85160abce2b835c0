import { S3Client } from "@aws-sdk/client-s3";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { table } from "#shared/table.ts";
import { freshTable } from "../../../test/tables.ts";
import { type Booking, miss, remindsOn } from "./booking.ts";
import { findBooking, type Party, pendingBookings, saveBooking } from "./booking-table.ts";
import { handler } from "./day-round.ts";

// What letters hold is tried where they are read; here they only have to be written.
mockClient(S3Client);

// A function reads its environment once, so all of these share a table; each has its own booking.
let bookings: string;
let made = 0;
beforeAll(async () => {
  bookings = await freshTable("BookingTable");
  vi.stubEnv("BOOKING_TABLE", bookings);
  vi.stubEnv("LETTERS_BUCKET", "letters");
});
beforeEach(() => {
  made += 1;
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const booking = (more: Partial<Booking> = {}): Booking => ({
  bookingId: made.toString(16).padStart(32, "0"),
  version: 1,
  status: "confirmed",
  service: "bygglov-radgivning",
  unit: "bygglov",
  office: "kommunhuset",
  startsAt: "2027-03-02T09:00:00.000Z",
  endsAt: "2027-03-02T09:45:00.000Z",
  person: "bygglov",
  room: "kommunhuset-12",
  seats: 1,
  audience: "public",
  language: null,
  equipment: [],
  ledgers: [],
  heldUntil: null,
  sequence: 0,
  linkVersion: 1,
  caseId: null,
  agreed: null,
  createdAt: "2027-02-20T09:00:00.000Z",
  asked: "",
  ...more,
});
const party: Party = { name: "Åsa Prov", email: "asa@example.org", phone: null, about: null };

async function save(one: Booking, who: Party | undefined = party): Promise<void> {
  const change = { next: one, seen: one.version - 1, ledgers: [] };
  expect(await saveBooking(bookings, change, { party: who, events: [], now: new Date() })).toBe("saved");
}
async function round(at: string): Promise<void> {
  vi.setSystemTime(new Date(at));
  await handler();
}
async function eventsOf(type: string): Promise<{ data: { startsAt: string; letter?: object } }[]> {
  const { Items = [] } = await table.send(new ScanCommand({ TableName: bookings, ConsistentRead: true }));
  const { bookingId } = booking();
  return Items.flatMap(({ event }) =>
    event?.type === type && event.data.bookingId === bookingId ? [event] : [],
  );
}

test("whoever comes tomorrow is reminded once, and again of another time", async () => {
  await save(booking());
  await round("2027-03-01T07:30:00Z");
  expect(await eventsOf("BookingReminderDue")).toEqual([]);
  await round("2027-03-01T08:30:00Z");
  await round("2027-03-01T09:00:00Z");
  expect(await eventsOf("BookingReminderDue")).toMatchObject([{ data: { letter: {} } }]);
  await save(
    booking({
      version: 2,
      sequence: 1,
      startsAt: "2027-03-03T09:00:00.000Z",
      endsAt: "2027-03-03T09:45:00.000Z",
    }),
  );
  await round("2027-03-02T09:00:00Z");
  expect((await eventsOf("BookingReminderDue")).map(({ data }) => data.startsAt)).toEqual([
    "2027-03-02T09:00:00.000Z",
    "2027-03-03T09:00:00.000Z",
  ]);
});

test.each<[string, Partial<Booking>, Party]>([
  ["that is cancelled", { status: "cancelled" }, party],
  ["that was made today", { createdAt: "2027-03-01T07:00:00.000Z" }, party],
  ["without an address", {}, { ...party, email: null }],
])("a booking %s is not reminded of", async (_what, more, who) => {
  await save(booking(more), who);
  await round("2027-03-01T09:00:00Z");
  expect(await eventsOf("BookingReminderDue")).toEqual([]);
});

test("a request that nobody answers lapses two hours before its time, once, and whoever asked is told", async () => {
  await save(booking({ status: "requested", requestedAt: "2027-02-20T09:00:00.000Z" }));
  expect((await pendingBookings(bookings, "answer")).map(({ bookingId }) => bookingId)).toEqual([
    booking().bookingId,
  ]);
  await round("2027-03-02T06:59:00Z");
  expect((await findBooking(bookings, booking().bookingId))?.status).toBe("requested");
  await round("2027-03-02T07:00:00Z");
  await round("2027-03-02T07:30:00Z");
  expect((await findBooking(bookings, booking().bookingId))?.status).toBe("cancelled");
  expect(await eventsOf("BookingDeclined")).toMatchObject([{ data: { cause: "no-answer", letter: {} } }]);
  expect(await pendingBookings(bookings, "answer")).toEqual([]);
  expect(await eventsOf("BookingMissed")).toEqual([]);
});

test("one that the rounds have missed lapses the day after", async () => {
  await save(booking({ status: "requested", requestedAt: "2027-02-20T09:00:00.000Z" }));
  await round("2027-03-03T09:00:00Z");
  expect((await findBooking(bookings, booking().bookingId))?.status).toBe("cancelled");
});

test("a meeting that is over and to which nobody came is missed, half an hour later and once", async () => {
  await save(booking());
  await round("2027-03-02T10:14:00Z");
  expect((await findBooking(bookings, booking().bookingId))?.status).toBe("confirmed");
  await round("2027-03-02T10:15:00Z");
  await round("2027-03-03T10:15:00Z");
  expect((await findBooking(bookings, booking().bookingId))?.status).toBe("missed");
  expect(await eventsOf("BookingMissed")).toHaveLength(1);
});

test("a meeting for a group that is over is done, and no guest can come to it any more", async () => {
  await save(booking({ service: "ny-i-kommunen", unit: "servicecenter" }));
  expect(await pendingBookings(bookings, "guests ny-i-kommunen")).toHaveLength(1);
  await round("2027-03-02T10:15:00Z");
  expect((await findBooking(bookings, booking().bookingId))?.status).toBe("done");
  expect(await pendingBookings(bookings, "guests ny-i-kommunen")).toEqual([]);
  expect(await eventsOf("BookingMissed")).toEqual([]);
});

test.each(["arrived", "done", "cancelled", "held", "missed"] as const)("one that is %s is not", (status) => {
  expect(miss(booking({ status }), new Date("2027-03-05T00:00:00Z"))).toBeUndefined();
});

test("nobody is written to before nine in the morning, in summer as in winter", () => {
  const summer = booking({ createdAt: "2027-06-01T09:00:00.000Z" });
  expect(remindsOn(summer, new Date("2027-06-10T06:59:59Z"))).toBe(false);
  expect(remindsOn(summer, new Date("2027-06-10T07:00:00Z"))).toBe(true);
});
