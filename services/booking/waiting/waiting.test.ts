import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRefused } from "#shared/refusal.ts";
import { localOf } from "../hours/local-time.ts";
import {
  endWaiting,
  type FreeTime,
  forgottenAt,
  isOver,
  restoreWaiting,
  startWaiting,
  suits,
  tellings,
  toldOf,
  type Waiting,
  type WaitingAsked,
} from "./waiting.ts";

const asked: WaitingAsked = {
  waitingId: "1".repeat(32),
  service: "vagledning",
  unit: "servicecenter",
  office: "kommunhuset",
  from: "2027-03-01",
  to: "2027-03-12",
  part: null,
  language: null,
  interpreter: null,
  equipment: [],
  seats: 1,
  bookingId: null,
  asked: "x",
};
const begun = new Date("2027-03-01T08:00:00.000Z");

function someWaiting(more: Partial<Waiting> = {}): Waiting {
  const waiting = startWaiting(asked, begun);
  if (isRefused(waiting)) throw new Error(waiting.refused);
  return { ...waiting, ...more };
}

/** Half an hour from a time in UTC. */
function timeAt(start: string): FreeTime {
  return { start: new Date(start), end: new Date(Date.parse(start) + 30 * 60_000) };
}
const nine = timeAt("2027-03-03T08:00:00.000Z");
const ten = timeAt("2027-03-03T09:00:00.000Z");

function round(line: readonly { waiting: Waiting; free: readonly FreeTime[] }[], at: string) {
  return tellings(line, { noticeHours: 2, now: new Date(at) }).map(({ waiting, time }) => [
    waiting.waitingId.slice(0, 1),
    time.start.toISOString().slice(11, 16),
  ]);
}

describe("whoever waits", () => {
  test("waits from today at the earliest and for half a year at the most", () => {
    expect(startWaiting({ ...asked, from: "2027-02-01" }, begun)).toMatchObject({ from: "2027-03-01" });
    expect(startWaiting({ ...asked, from: "2027-02-01", to: "2027-02-28" }, begun)).toEqual({
      refused: "date-passed",
    });
    expect(startWaiting({ ...asked, from: "2027-03-13" }, begun)).toEqual({ refused: "too-many-days" });
    expect(startWaiting({ ...asked, to: "2027-09-30" }, begun)).toEqual({ refused: "too-many-days" });
  });

  test.each([
    ["morning", ["09:00"]],
    ["afternoon", ["12:00", "15:45"]],
    ["evening", ["16:00"]],
    [null, ["09:00", "12:00", "15:45", "16:00"]],
  ] as const)("in the %s is told of times that begin then", (part, wanted) => {
    const times = ["08:00", "11:00", "14:45", "15:00"].map((time) => timeAt(`2027-03-03T${time}:00.000Z`));
    const fit = times.filter((time) => suits(someWaiting({ part }), time));
    expect(fit.map(({ start }) => localOf(start).time)).toEqual(wanted);
  });

  test("for an earlier time than a booking is told of none that begins with it or later", () => {
    expect(suits(someWaiting(), nine, ten.start.toISOString())).toBe(true);
    expect(suits(someWaiting(), ten, ten.start.toISOString())).toBe(false);
  });

  test("is out of line when the dates are past, in Swedish time", () => {
    expect(isOver(someWaiting(), new Date("2027-03-12T22:59:59Z"))).toBe(false);
    expect(isOver(someWaiting(), new Date("2027-03-12T23:00:00Z"))).toBe(true);
  });

  test("is out of line a day after the third telling", () => {
    const at = (day: string) => new Date(`2027-03-${day}T09:00:00.000Z`);
    const twice = toldOf(toldOf(someWaiting(), nine, at("01")), ten, at("02"));
    const thrice = toldOf(twice, timeAt("2027-03-08T09:00:00.000Z"), at("03"));
    expect(isOver(twice, at("09"))).toBe(false);
    expect(isOver(thrice, new Date("2027-03-04T08:59:59.999Z"))).toBe(false);
    expect(isOver(thrice, at("04"))).toBe(true);
  });

  test("leaves once, and comes back only where somebody here had removed them and their dates are left", () => {
    const left = endWaiting(someWaiting(), "left", begun);
    if (isRefused(left)) throw new Error(left.refused);
    expect(left).toMatchObject({ status: "left", version: 2, endedAt: begun.toISOString() });
    expect(endWaiting(left, "booked", begun)).toEqual({ refused: "wrong-status" });
    expect(restoreWaiting(left, begun)).toEqual({ refused: "wrong-status" });
    const removed = { ...left, status: "removed" as const };
    expect(restoreWaiting(removed, begun)).toMatchObject({ status: "waiting", version: 3, endedAt: null });
    expect(restoreWaiting(removed, new Date("2027-03-20T09:00:00Z"))).toEqual({ refused: "wrong-status" });
  });

  test("is forgotten a month after the end", () => {
    const day = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(0, 10);
    expect(day(forgottenAt(someWaiting()))).toBe("2027-04-12");
    expect(day(forgottenAt({ ...asked, endedAt: "2027-03-02T10:00:00.000Z" }))).toBe("2027-04-02");
  });
});

describe("a free time", () => {
  const first = someWaiting();
  const second = someWaiting({ waitingId: "2".repeat(32), createdAt: "2027-03-01T08:00:00.001Z" });

  test("is offered to whoever came first, and another that does not overlap it to the next", () => {
    const quarterPast = timeAt("2027-03-03T08:15:00.000Z");
    const free = [nine, quarterPast, ten];
    expect(
      round(
        [
          { waiting: second, free },
          { waiting: first, free },
        ],
        "2027-03-01T09:00:00Z",
      ),
    ).toEqual([
      ["1", "08:00"],
      ["2", "09:00"],
    ]);
    expect(round([{ waiting: second, free: [nine] }], "2027-03-01T09:00:00Z")).toEqual([["2", "08:00"]]);
  });

  test("is offered to the next as well when two hours have gone, and never twice to one", () => {
    const told = toldOf(first, nine, new Date("2027-03-01T09:00:00.000Z"));
    const line = [
      { waiting: told, free: [nine] },
      { waiting: second, free: [nine] },
    ];
    expect(round(line, "2027-03-01T10:59:59Z")).toEqual([]);
    expect(round(line, "2027-03-01T11:00:00Z")).toEqual([["2", "08:00"]]);
  });

  test("goes to the next at once when whoever was offered it has left", () => {
    const told = toldOf(first, nine, new Date("2027-03-01T09:00:00.000Z"));
    const line = [
      { waiting: { ...told, status: "left" as const }, free: [nine] },
      { waiting: second, free: [nine] },
    ];
    expect(round(line, "2027-03-01T09:30:00Z")).toEqual([["2", "08:00"]]);
  });

  test.each([
    ["at night", "2027-03-01T05:59:59Z", 0],
    ["from seven in the morning", "2027-03-01T06:00:00Z", 1],
    ["until nine in the evening", "2027-03-01T19:59:59Z", 1],
    ["at nine in the evening", "2027-03-01T20:00:00Z", 0],
    ["with more than its notice left", "2027-03-03T06:00:00Z", 1],
    ["with less", "2027-03-03T06:00:01Z", 0],
  ])("is told %s or not", (_when, at, count) => {
    expect(round([{ waiting: first, free: [nine] }], at)).toHaveLength(count);
  });
});

test("whatever comes: at most three, none twice, by day, not too late, and each time one at a time in order", () => {
  const start = Date.parse("2027-03-26T00:00:00Z");
  const entry = fc.record({
    after: fc.integer({ min: 0, max: 4 }),
    part: fc.constantFrom(null, "morning", "afternoon", "evening"),
    days: fc.integer({ min: 0, max: 5 }),
    leavesAt: fc.option(fc.integer({ min: 1, max: 60 })),
  });
  const free = fc.array(fc.integer({ min: 0, max: 5 * 96 }), { maxLength: 12 });
  fc.assert(
    fc.property(
      fc.array(entry, { maxLength: 6 }),
      fc.array(free, { minLength: 1, maxLength: 60 }),
      (entries, rounds) => {
        let line = entries.map(({ after, part, days }, n): Waiting => {
          const to = new Date(start + days * 86_400_000).toISOString().slice(0, 10);
          return someWaiting({
            waitingId: String(n).repeat(32),
            createdAt: new Date(start + after).toISOString(),
            from: "2027-03-26",
            to,
            part,
          });
        });
        const offers: { at: number; who: string; start: number; end: number }[] = [];
        for (const [n, quarters] of rounds.entries()) {
          const now = new Date(start + n * 45 * 60_000);
          line = line.map((waiting, place) =>
            entries[place]?.leavesAt === n ? { ...waiting, status: "left" as const } : waiting,
          );
          const times = quarters
            .toSorted((a, b) => a - b)
            .map((quarter) => timeAt(new Date(start + quarter * 15 * 60_000).toISOString()));
          const told = tellings(
            line.map((waiting) => ({ waiting, free: times })),
            { noticeHours: 2, now },
          );
          const { time } = localOf(now);
          if (time < "07:00" || time >= "21:00") expect(told).toEqual([]);
          for (const { waiting, time: offered } of told) {
            expect(waiting.status).toBe("waiting");
            expect(suits(waiting, offered)).toBe(true);
            expect(offered.start.getTime()).toBeGreaterThanOrEqual(now.getTime() + 2 * 3_600_000);
            for (const { at, who, start: from, end } of offers) {
              const gone = line.find(({ waitingId }) => waitingId === who)?.status === "left";
              const running = now.getTime() < at + 2 * 3_600_000 && !gone;
              if (running) expect(from < offered.end.getTime() && offered.start.getTime() < end).toBe(false);
            }
            // Nobody earlier in line who could be told of the same has been passed over.
            const passedOver = line.filter(
              (other) =>
                other.status === "waiting" &&
                !isOver(other, now) &&
                other.createdAt < waiting.createdAt &&
                other.told.length < 3 &&
                !told.some((one) => one.waiting === other) &&
                other.told.every(
                  ({ at, startsAt }) =>
                    Date.parse(at) + 2 * 3_600_000 <= now.getTime() &&
                    startsAt !== offered.start.toISOString(),
                ) &&
                suits(other, offered),
            );
            expect(passedOver).toEqual([]);
          }
          for (const { waiting, time: one } of told) {
            const at = now.getTime();
            offers.push({ at, who: waiting.waitingId, start: one.start.getTime(), end: one.end.getTime() });
            line = line.map((other) => (other === waiting ? toldOf(waiting, one, now) : other));
          }
          for (const { told: all } of line) {
            expect(all.length).toBeLessThanOrEqual(3);
            expect(new Set(all.map(({ startsAt }) => startsAt)).size).toBe(all.length);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});
