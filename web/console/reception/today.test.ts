import { describe, expect, it } from "vitest";
import { someExpected, someVisit } from "./test-visit.ts";
import { entriesOf, isCode, isEarly, matching, minutesWaited, slipCode } from "./today.ts";

const now = new Date("2026-11-24T09:12:30Z");
const ids = (visits: ReturnType<typeof someVisit>[], expected: ReturnType<typeof someExpected>[] = []) =>
  entriesOf({ visits, expected }, now).map(({ id }) => id);

describe("the order of the day", () => {
  it("begins with what can be done at once and ends with those who are up", () => {
    const visits = [
      someVisit(1, { state: "on-floor", may: ["leave"] }),
      someVisit(2, { state: "called", may: ["fetch", "tryAgain"] }),
      someVisit(3),
      someVisit(4, { state: "called", unanswered: true, may: ["tryAgain", "fetch"] }),
      someVisit(5, { state: "cleared", may: ["sendUp"] }),
      someVisit(6, { state: "left-floor", may: ["leave"] }),
      someVisit(7, { state: "left" }),
      someVisit(8, { waitingFrom: "2026-11-24T09:30:00.000Z" }),
      someVisit(9, { state: "sent-up", may: ["leave"] }),
    ];
    expect(ids(visits, [someExpected("b1")])).toEqual(
      [5, 4, 3, 6, 2, 8].map((number) => `besok-${number}`).concat("b1", "besok-9", "besok-1"),
    );
  });

  it("puts whoever has waited longest first, and for a coordinator those who wait for clearance", () => {
    const early = someVisit(2, { waitingFrom: "2026-11-24T08:40:00.000Z" });
    const asked = someVisit(3, { state: "called", reception: "coordinator", may: ["clear"] });
    expect(ids([someVisit(1), early, asked])).toEqual(["besok-3", "besok-2", "besok-1"]);
  });

  it("has no entry twice for the same visitor and none for who is gone", () => {
    for (const state of ["left", "turned-away", "went-away", "handed-in"])
      expect(ids([someVisit(1, { state })])).toEqual([]);
  });
});

describe("what is typed", () => {
  const entries = entriesOf(
    {
      visits: [someVisit(7, { badge: 17, name: "Åsa Prov" }), someVisit(17, { name: null })],
      expected: [someExpected(`b1b2c3${"0".repeat(26)}`, { name: "Bo Prov" })],
    },
    now,
  );
  it.each([
    ["", ["besok-7", "besok-17", "b1b2c3"]],
    ["17", ["besok-7", "besok-17"]],
    ["7", ["besok-7"]],
    ["åsa", ["besok-7"]],
    ["PROV", ["besok-7", "b1b2c3"]],
    ["10.30", ["b1b2c3"]],
    ["1030", ["b1b2c3"]],
    ["B1B2 C3", ["b1b2c3"]],
    ["b1", []],
    ["kim", []],
  ])("%j finds %j", (typed, found) => {
    expect(matching(entries, typed).map(({ id }) => id.replace(/0{20,}$/, ""))).toEqual(found);
  });

  it.each([
    ["b1b2 c3d4", true],
    ["B1B2-C3D4", true],
    ["b1b2", false],
    ["fadder", false],
    ["åsa 1234", false],
  ])("%j is a code: %j", (typed, is) => {
    expect(isCode(typed)).toBe(is);
  });
});

it("counts whole minutes from the appointment, and none before it", () => {
  expect(minutesWaited(someVisit(1), now)).toBe(12);
  expect(minutesWaited(someVisit(1, { waitingFrom: "2026-11-24T09:30:00.000Z" }), now)).toBe(0);
});

it.each([
  ["2026-11-24T09:12:00.000Z", false],
  ["2026-11-24T09:13:00.000Z", false],
  ["2026-11-24T09:30:00.000Z", true],
])("who waits from %s is early: %j; clocks that differ a little make nobody early", (waitingFrom, early) => {
  expect(isEarly(someVisit(1, { waitingFrom }), now)).toBe(early);
});

it("writes the code as it stands on the slip", () => {
  expect(slipCode("b1b2c3d4e5f6")).toBe("B1B2 C3D4");
});
