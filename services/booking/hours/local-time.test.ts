import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isRefused } from "#shared/refusal.ts";
import { instantOf, instantOrNext, localOf, localTimeSchema } from "./local-time.ts";

describe("a local time as an instant", () => {
  test.each([
    ["in winter", "2026-11-24", "08:00", "2026-11-24T07:00:00.000Z"],
    ["in summer", "2027-07-01", "08:00", "2027-07-01T06:00:00.000Z"],
    ["on the day's first minute", "2027-06-02", "00:00", "2027-06-01T22:00:00.000Z"],
    ["before the clocks go forward", "2027-03-28", "01:59", "2027-03-28T00:59:00.000Z"],
    ["after they went forward", "2027-03-28", "03:00", "2027-03-28T01:00:00.000Z"],
    ["later on that day", "2027-03-28", "10:00", "2027-03-28T08:00:00.000Z"],
    ["that day's first minute", "2027-03-28", "00:00", "2027-03-27T23:00:00.000Z"],
    ["the day after", "2027-03-29", "00:30", "2027-03-28T22:30:00.000Z"],
    ["before the clocks go back", "2027-10-31", "01:59", "2027-10-30T23:59:00.000Z"],
    ["after they went back", "2027-10-31", "03:00", "2027-10-31T02:00:00.000Z"],
    ["the day's last minute", "2027-10-31", "23:59", "2027-10-31T22:59:00.000Z"],
  ])("%s", (_, date, time, instant) => {
    expect(instantOf(date, time)).toEqual(new Date(instant));
  });

  test.each(["02:00", "02:30", "02:59"])("that the clocks skip is refused: %s", (time) => {
    expect(instantOf("2027-03-28", time)).toEqual({ refused: "nonexistent-local-time" });
    expect(instantOrNext("2027-03-28", time)).toEqual(new Date("2027-03-28T01:00:00Z"));
  });

  it("is the first of two in October, or the second on request", () => {
    expect(instantOf("2027-10-31", "02:30")).toEqual(new Date("2027-10-31T00:30:00Z"));
    expect(instantOf("2027-10-31", "02:30", "second")).toEqual(new Date("2027-10-31T01:30:00Z"));
    expect(instantOrNext("2027-10-31", "02:30")).toEqual(new Date("2027-10-31T00:30:00Z"));
  });

  it("is the only one there is, also when the second is asked for", () => {
    expect(instantOf("2027-10-31", "03:00", "second")).toEqual(new Date("2027-10-31T02:00:00Z"));
    expect(instantOf("2027-11-01", "02:30", "second")).toEqual(new Date("2027-11-01T01:30:00Z"));
  });

  it("that is none is nobody's expectation", () => {
    expect(() => instantOf("2027-13-01", "10:00")).toThrow(RangeError);
  });

  it("leads back to itself, whatever the date", () => {
    const minutes = fc.integer({ min: 0, max: 20 * 366 * 1440 });
    fc.assert(
      fc.property(minutes, (minute) => {
        const instant = new Date(Date.UTC(2024, 0, 1) + minute * 60_000);
        const { date, time } = localOf(instant);
        const both = [instantOf(date, time), instantOf(date, time, "second")];
        expect(both.some(isRefused)).toBe(false);
        expect(both).toContainEqual(instant);
      }),
    );
  });
});

test.each([
  ["2026-11-24T22:59:59Z", "2026-11-24", "23:59"],
  ["2026-11-24T23:00:00Z", "2026-11-25", "00:00"],
  ["2027-06-01T22:30:00Z", "2027-06-02", "00:30"],
  ["2027-10-31T00:30:00Z", "2027-10-31", "02:30"],
  ["2027-10-31T01:30:00Z", "2027-10-31", "02:30"],
])("at %s it is %s %s in Sweden", (instant, date, time) => {
  expect(localOf(new Date(instant))).toEqual({ date, time });
});

test.each([
  ["00:00", true],
  ["23:59", true],
  ["24:00", false],
  ["8:00", false],
  ["08:60", false],
  ["08:00:00", false],
])("%s is a time of day: %s", (time, is) => {
  expect(localTimeSchema.safeParse(time).success).toBe(is);
});
