import { describe, expect, test } from "vitest";
import { addWorkingDays, isWorkingDay, localDate, workingDaysAfter } from "./working-time.ts";

const redDays = ["2026-12-24", "2026-12-25", "2026-12-26", "2026-12-31", "2027-01-01", "2027-01-06"];

describe("the date on the wall in Sweden", () => {
  test.each([
    ["2026-11-24T22:59:59Z", "2026-11-24"],
    ["2026-11-24T23:00:00Z", "2026-11-25"],
    ["2026-06-30T21:59:59Z", "2026-06-30"],
    ["2026-06-30T22:00:00Z", "2026-07-01"],
    ["2026-10-25T00:30:00Z", "2026-10-25"],
    ["2026-10-25T22:59:59Z", "2026-10-25"],
  ])("%s is %s", (instant, date) => {
    expect(localDate(new Date(instant))).toBe(date);
  });
});

describe("working days", () => {
  test("Saturday, Sunday and red days are none", () => {
    const days = ["2026-12-23", "2026-12-24", "2026-12-25", "2026-12-26", "2026-12-27", "2026-12-28"];
    expect(days.filter((day) => isWorkingDay(day, redDays))).toEqual(["2026-12-23", "2026-12-28"]);
  });

  test.each([
    ["2026-11-24", 2, "2026-11-26"],
    ["2026-11-27", 2, "2026-12-01"],
    ["2026-11-28", 1, "2026-11-30"],
    ["2026-12-23", 2, "2026-12-29"],
    ["2026-12-30", 2, "2027-01-05"],
    ["2026-11-24", 0, "2026-11-24"],
  ])("%s and %i working days end on %s", (start, days, end) => {
    expect(addWorkingDays(start, days, redDays)).toBe(end);
  });

  test.each([
    ["2026-11-24", "2026-11-24", 0],
    ["2026-11-24", "2026-11-23", 0],
    ["2026-11-24", "2026-11-25", 1],
    ["2026-11-27", "2026-11-30", 1],
    ["2026-12-23", "2026-12-29", 2],
    ["2026-11-28", "2026-11-29", 0],
  ])("from %s to %s there are %i", (start, end, days) => {
    expect(workingDaysAfter(start, end, redDays)).toBe(days);
  });
});
