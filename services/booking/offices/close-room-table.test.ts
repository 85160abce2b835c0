import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { table } from "#shared/table.ts";
import { askBooking, clockAt, emptyTable, type People, startBooking } from "../../../test/booking-api.ts";
import { savePerson } from "../people/people-table.ts";
import { saveRota } from "./plan-table.ts";
import { publishDays } from "./publish.ts";

// Every denial is logged.
vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "SILENT";
});

const office = "kommunhuset";
/** A Monday. */
const date = "2027-03-01";
const rooms = ["kommunhuset-12", "kommunhuset-14"] as const;
const people: People = {
  amina: { roles: ["agent"], units: ["servicecenter"] },
  reception: { roles: ["receptionist"], units: ["servicecenter"] },
  bygglov: { roles: ["officer"], units: ["bygglov"] },
};

let bookings: string;
beforeAll(async () => {
  bookings = await startBooking(people);
});
beforeEach(async () => {
  clockAt("2027-02-22T08:00:00Z");
  await emptyTable(bookings);
  const at = { office, unit: "bygglov", languages: ["sv"], interprets: [], manager: null, standIn: null };
  for (const person of ["bygglov", "eva", "max"])
    await savePerson(bookings, {
      ...at,
      person,
      name: person,
      services: ["bygglov-radgivning"],
      calendarUrl: null,
    });
  const from = { validFrom: "2027-02-01", validTo: "2027-04-30", anchorMonday: "2027-02-01" };
  const shifts = ["a", "b"].map((person) => ({
    ...{ weekIndex: 0, weekday: "mon" as const, from: "08:00", to: "18:00" },
    person,
  }));
  const rota = { office, ...from, cycleWeeks: 1, shifts, approvals: [] };
  const kept = { rotaId: "var", version: 1, status: "published", publishedTo: null } as const;
  await saveRota(bookings, { ...kept, inForce: rota, rota }, 0);
  await publishDays(bookings, office, { from: date, to: "2027-03-08" }, new Date("2027-02-22T08:00:00Z"));
});
afterEach(() => {
  delete process.env["CLOCK_OFFSET_MS"];
  vi.restoreAllMocks();
});

let keys = 0;
async function book(room: string, startsAt = `${date}T09:00:00.000Z`): Promise<string> {
  keys += 1;
  const wish = { service: "bygglov-radgivning", office, startsAt, room, key: `booking-${keys}` };
  const { status, body } = await askBooking("POST", "/booking/bookings", "amina", wish);
  expect([status, body.error]).toEqual([201, undefined]);
  return body.bookingId;
}
const shown = async (bookingId: string) =>
  (await askBooking("GET", `/booking/bookings/${bookingId}`, "amina")).body;
async function offered(): Promise<number> {
  const query = `service=bygglov-radgivning&office=${office}&from=${date}&to=${date}&seats=1`;
  return (await askBooking("GET", `/booking/free-times?${query}`, "amina")).body.times.length;
}

const morning = { from: `${date}T07:00:00.000Z`, to: `${date}T11:00:00.000Z` };
const close = (room: string, more: object = {}, sub = "amina") =>
  askBooking("POST", `/booking/offices/${office}/rooms/${room}/closures`, sub, {
    ...{ key: `closure-${room}`, ...morning, reason: "Målas om" },
    ...more,
  });
const open = (closureId: string, from = morning.from) =>
  askBooking("POST", `/booking/offices/${office}/room-closures/${closureId}/end`, "amina", { from });
const closures = async () =>
  (
    await askBooking(
      "GET",
      `/booking/offices/${office}/room-closures?from=${date}&to=2027-03-07`,
      "reception",
    )
  ).body.closures;
const code = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
  status,
  body.error?.code,
];

test("meetings in a room that is closed need another, keep their person and are proposed the other room", async () => {
  const inIt = await book(rooms[0]);
  const nextDoor = await book(rooms[1]);
  const afterwards = await book(rooms[0], `${date}T12:00:00.000Z`);
  const { status, body } = await close(rooms[0]);
  expect([status, body]).toMatchObject([
    200,
    { unsettled: 1, closure: { room: rooms[0], reason: "Målas om", enteredBy: "amina" } },
  ]);
  expect(await shown(inIt)).toMatchObject({ status: "unsettled" });
  expect(await shown(nextDoor)).toMatchObject({ status: "confirmed" });
  expect(await shown(afterwards)).toMatchObject({ status: "confirmed" });
  const { unsettled } = (await askBooking("GET", "/booking/unsettled", "amina")).body;
  expect(unsettled).toMatchObject([{ booking: { bookingId: inIt } }]);
  for (const { room } of unsettled[0].proposals) expect(room).toBe(rooms[1]);
  expect(await closures()).toMatchObject([{ room: rooms[0] }]);
});

test("nothing is offered while all rooms are closed, and all of it again when they are open", async () => {
  const before = await offered();
  const [one, other] = [await close(rooms[0]), await close(rooms[1])];
  const during = await offered();
  expect(during).toBeLessThan(before);
  for (const { body } of [one, other]) expect((await open(body.closure.closureId)).status).toBe(200);
  expect(await offered()).toBe(before);
  expect(await closures()).toEqual([]);
  expect(code(await open(one.body.closure.closureId))).toEqual([404, "not-found"]);
});

test("a closure that begins or ends at midnight is of its own days alone", async () => {
  await close(rooms[0], { from: "2027-03-01T23:00:00.000Z", to: "2027-03-02T23:00:00.000Z" });
  const on = async (day: string) =>
    (await askBooking("GET", `/booking/offices/${office}/room-closures?from=${day}&to=${day}`, "reception"))
      .body.closures.length;
  expect([await on("2027-03-01"), await on("2027-03-02"), await on("2027-03-03")]).toEqual([0, 1, 0]);
});

test("asked twice it is one closure; broken off between two days, the rest follows when it is asked again", async () => {
  const days = { from: morning.from, to: "2027-03-03T11:00:00.000Z" };
  const second = await book(rooms[0], "2027-03-01T13:00:00.000Z");
  const send = table.send.bind(table) as (command: unknown) => Promise<never>;
  let writes = 0;
  const spy = vi.spyOn(table, "send").mockImplementation(async (command: unknown) => {
    if (command instanceof TransactWriteCommand && ++writes > 1) throw new Error("killed");
    return await send(command);
  });
  expect(code(await close(rooms[0], days))).toEqual([500, "internal"]);
  spy.mockRestore();
  expect(await shown(second)).toMatchObject({ status: "unsettled" });
  expect(await closures()).toHaveLength(1);
  expect((await close(rooms[0], days)).status).toBe(200);
  expect((await close(rooms[0], days)).status).toBe(200);
  expect(await closures()).toHaveLength(1);
});

test("closed while somebody books it: the meeting is refused or unsettled, never left as if nothing were", async () => {
  const at = (hour: number) => `${date}T${String(hour).padStart(2, "0")}:00:00.000Z`;
  for (let hour = 8; hour < 16; hour += 1) {
    const wish = { service: "bygglov-radgivning", office, startsAt: at(hour), room: rooms[0] };
    const [booked, closed] = await Promise.all([
      askBooking("POST", "/booking/bookings", "amina", { ...wish, key: `race-at-${hour}` }),
      close(rooms[0], { key: `closure-at-${hour}`, from: at(hour), to: at(hour + 1) }),
    ]);
    expect(closed.status).toBe(200);
    if (booked.status === 201)
      expect(await shown(booked.body.bookingId)).toMatchObject({ status: "unsettled" });
    else expect(code(booked)).toEqual([409, "taken"]);
  }
});

test("what cannot be: a room of no office, a stretch that is over, backwards or too long, no reason, or not by the reception", async () => {
  expect(code(await close("masten-b"))).toEqual([404, "not-found"]);
  expect(
    code(await close(rooms[0], { from: "2027-02-01T08:00:00.000Z", to: "2027-02-02T08:00:00.000Z" })),
  ).toEqual([422, "date-passed"]);
  expect(code(await close(rooms[0], { from: morning.to, to: morning.from }))).toEqual([422, "too-many-days"]);
  expect(code(await close(rooms[0], { to: "2027-10-01T08:00:00.000Z" }))).toEqual([422, "too-many-days"]);
  expect((await close(rooms[0], { reason: " " })).status).toBe(400);
  expect((await close(rooms[0], {}, "reception")).status).toBe(404);
  expect((await close(rooms[0], {}, "bygglov")).status).toBe(404);
  expect(await closures()).toEqual([]);
});
