import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changed, type Entry, hasRoom, type Ledger } from "./ledger.ts";

const look = { now: 1_000_000, internal: false };
const entry = (start: number, end: number, more: Partial<Entry> = {}): Entry => ({
  kind: "meeting",
  start,
  end,
  before: 0,
  after: 0,
  seats: 1,
  ...more,
});
const fits = (there: readonly Entry[], wanted: Entry, capacity = 1, how = look) =>
  hasRoom(
    there.map((one, n) => [`b${n}`, one] as const),
    wanted,
    capacity,
    how,
  );

describe("a stretch of one at a time", () => {
  test.each<[string, Entry[], Entry, boolean]>([
    ["an empty day", [], entry(540, 585), true],
    ["the same stretch", [entry(540, 585)], entry(540, 585), false],
    ["right after", [entry(540, 585)], entry(585, 605), true],
    ["right before", [entry(540, 585)], entry(520, 540), true],
    ["a minute of it", [entry(540, 585)], entry(584, 600), false],
    ["within a longer one", [entry(600, 705)], entry(660, 680), false],
    ["around a shorter one", [entry(600, 610)], entry(580, 640), false],
    ["inside the margin after it", [entry(540, 585, { after: 15 })], entry(595, 610), false],
    ["at the end of the margin after it", [entry(540, 585, { after: 15 })], entry(600, 610), true],
    [
      "with a margin of its own before",
      [entry(540, 585, { after: 5 })],
      entry(595, 610, { before: 15 }),
      false,
    ],
    ["sharing the longer margin", [entry(540, 585, { after: 15 })], entry(600, 610, { before: 10 }), true],
    ["across midnight", [entry(1410, 1470)], entry(1455, 1485), false],
    ["beside an absence", [entry(540, 720, { kind: "block" })], entry(720, 765), true],
  ])("beside %s", (_what, there, wanted, expected) => {
    expect(fits(there, wanted)).toBe(expected);
  });

  test("a hold counts to its last millisecond, whether or not anything has removed it", () => {
    const held = entry(540, 585, { kind: "hold", until: 1_000_000 });
    expect(fits([held], entry(540, 585))).toBe(false);
    expect(fits([held], entry(540, 585), 1, { ...look, now: 1_000_001 })).toBe(true);
  });

  test("what was given back rests for the public, and is free at once to staff", () => {
    const resting = entry(540, 585, { kind: "resting", until: 2_000_000 });
    expect(fits([resting], entry(540, 585))).toBe(false);
    expect(fits([resting], entry(540, 585), 1, { ...look, internal: true })).toBe(true);
  });

  test("its own time is no obstacle to a booking that moves", () => {
    expect(hasRoom([["b1", entry(540, 585)]], entry(560, 605), 1, { ...look, except: "b1" })).toBe(true);
  });
});

describe("a stretch of several", () => {
  const seats = (start: number, end: number, n: number) => entry(start, end, { seats: n });

  test.each<[string, Entry[], Entry, boolean]>([
    ["up to the last seat", [seats(0, 60, 9)], seats(0, 60, 3), true],
    ["one too many", [seats(0, 60, 10)], seats(0, 60, 3), false],
    ["two that never meet are not added", [seats(0, 30, 9), seats(30, 60, 9)], seats(0, 60, 3), true],
    ["two that meet are", [seats(0, 40, 5), seats(30, 60, 5)], seats(0, 60, 3), false],
    ["an absence takes all", [entry(0, 60, { kind: "block" })], seats(0, 60, 1), false],
  ])("%s", (_what, there, wanted, expected) => {
    expect(fits(there, wanted, 12)).toBe(expected);
  });
});

test("whatever is let in, no minute has more than there is room for", () => {
  const stretch = fc.record({
    start: fc.integer({ min: 0, max: 200 }),
    minutes: fc.integer({ min: 1, max: 60 }),
    seats: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), (wishes, capacity) => {
      const there: Entry[] = [];
      for (const { start, minutes, seats: n } of wishes) {
        const wanted = entry(start, start + minutes, { seats: capacity === 1 ? 1 : n });
        const load = (minute: number) =>
          there.reduce((sum, one) => (one.start <= minute && minute < one.end ? sum + one.seats : sum), 0);
        const minutesOf = Array.from({ length: minutes }, (_, n2) => start + n2);
        const should = minutesOf.every((minute) => load(minute) + wanted.seats <= capacity);
        expect(fits(there, wanted, capacity)).toBe(should);
        if (should) there.push(wanted);
      }
    }),
  );
});

test("a change raises the version, puts, takes away, and clears out what is dead", () => {
  const ledger: Ledger = {
    resource: "person:anna",
    date: "2027-03-01",
    version: 7,
    entries: { b1: entry(0, 10), b2: entry(20, 30), h1: entry(40, 50, { kind: "hold", until: 5 }) },
  };
  expect(changed({ ledger, put: { b3: entry(60, 70) }, remove: ["b2"] }, 6)).toEqual({
    ...ledger,
    version: 8,
    entries: { b1: entry(0, 10), b3: entry(60, 70) },
  });
});
