import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { refuse } from "#shared/refusal.ts";
import { table } from "#shared/table.ts";
import { freshTable } from "../../../test/tables.ts";
import { fetchCalendar } from "../free-busy/fetch-calendar.ts";
import { findKeptBusy } from "./busy-table.ts";
import { savePerson } from "./people-table.ts";
import { handler } from "./poll-calendars.ts";

/** A calendar is at a public address, by https; only that answer is made up. */
vi.mock("../free-busy/fetch-calendar.ts");
const fetched = vi.mocked(fetchCalendar);

const people = ["anna", "bo", "cia", "dan", "eva", "fia"];
const nine = new Date("2026-11-26T08:00:00.000Z");
const ten = new Date("2026-11-26T09:00:00.000Z");
const minuteMs = 60_000;
let bookings: string;

/** The function reads its environment once: all here have one table. */
beforeAll(async () => {
  bookings = await freshTable("BookingTable");
  vi.stubEnv("BOOKING_TABLE", bookings);
  for (const person of people)
    await savePerson(bookings, {
      person,
      name: person,
      unit: "bygglov",
      services: ["bygglov-radgivning"],
      languages: ["sv"],
      interprets: [],
      manager: null,
      office: "kommunhuset",
      standIn: null,
      calendarUrl: `https://kalender.example.se/${person}.ics`,
    });
});

beforeEach(() => {
  clockAt(new Date("2026-11-25T12:00:00.000Z"));
  fetched.mockReset();
});

const clockAt = (at: Date) => vi.stubEnv("CLOCK_OFFSET_MS", String(at.getTime() - Date.now()));

function saysMeetingAt(start: Date): void {
  const at = start.toISOString().replaceAll(/[-:]|\.000/g, "");
  const text = `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:${at}\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
  fetched.mockResolvedValue({ text, etag: `"${at}"` });
}

const kept = () => Promise.all(people.map((person) => findKeptBusy(bookings, person)));
const meetings = async () => (await kept()).map((one) => one?.busy.map(({ from }) => from.toISOString()));
const allAt = (start: Date) => people.map(() => [start.toISOString()]);

/** Runs it until its n-th call of the table is done, which it does not hear of; nothing that it asks afterwards is done. False: it ended. */
async function diesAfterCall(n: number): Promise<boolean> {
  const send = table.send.bind(table) as (command: unknown) => Promise<never>;
  let calls = 0;
  const spy = vi.spyOn(table, "send").mockImplementation(async (command: unknown) => {
    calls += 1;
    if (calls > n) throw new Error("killed");
    const answer = await send(command);
    if (calls >= n) throw new Error("killed");
    return answer;
  });
  const died = await handler().then(
    () => false,
    () => true,
  );
  spy.mockRestore();
  return died;
}

test("died at any of its calls, what was kept of each calendar is whole, the old or the new, and the next round has all", async () => {
  let n = 1;
  for (; ; n += 1) {
    saysMeetingAt(nine);
    await handler();
    expect(await meetings()).toEqual(allAt(nine));
    saysMeetingAt(ten);
    if (!(await diesAfterCall(n))) break;
    for (const found of await meetings())
      expect([[nine.toISOString()], [ten.toISOString()]]).toContainEqual(found);
    await handler();
    expect(await meetings()).toEqual(allAt(ten));
  }
  // The people, and of each what is kept, read and written.
  expect(n - 1).toBe(1 + 2 * people.length);
});

test("run twice at once it keeps the same as once", async () => {
  saysMeetingAt(nine);
  await Promise.all([handler(), handler()]);
  expect(await meetings()).toEqual(allAt(nine));
});

test("a calendar that does not answer is as it was, with when it was seen, and the others are asked", async () => {
  saysMeetingAt(nine);
  await handler();
  const [before] = await kept();
  clockAt(new Date("2026-11-25T12:10:00.000Z"));
  saysMeetingAt(ten);
  const answers = fetched.getMockImplementation();
  fetched.mockImplementation(async (address, etag, connection) =>
    address.endsWith("anna.ics")
      ? refuse("calendar-unreachable")
      : ((await answers?.(address, etag, connection)) ?? refuse("calendar-unreachable")),
  );
  await handler();
  const [anna, ...others] = await kept();
  expect(anna).toEqual(before);
  for (const other of others) {
    expect(other?.busy.map(({ from }) => from)).toEqual([ten]);
    const age = (other?.checkedAt.getTime() ?? 0) - (before?.checkedAt.getTime() ?? 0);
    expect(age).toBeGreaterThanOrEqual(9 * minuteMs);
  }
});
