import { expect, it, test } from "vitest";
import { daysOffAfter, dutyDates, heldBefore, isDue, mayCallDone, mayShareOut } from "./duty.ts";

/** Christmas 2026 with its eve, New Year's Eve and Day. */
const redDays = ["2026-12-24", "2026-12-25", "2026-12-26", "2026-12-31", "2027-01-01"];
const tuesday = new Date("2026-11-24T08:00:00Z");

it("shares out the working days of two weeks, Fridays too, and no red days", () => {
  expect(dutyDates("2026-12-21", redDays)).toEqual([
    ...["2026-12-21", "2026-12-22", "2026-12-23"],
    ...["2026-12-28", "2026-12-29", "2026-12-30"],
  ]);
  expect(dutyDates("2026-11-28", [])[0]).toBe("2026-11-30");
});

test.each([
  ["a Tuesday", "2026-11-24", 0],
  ["a Friday", "2026-11-27", 2],
  ["the day before Christmas Eve", "2026-12-23", 4],
])("%s has so many days off after it", (_name, date, days) => {
  expect(daysOffAfter(date, redDays)).toBe(days);
});

// The same hour in Sweden is another in UTC in summer.
test.each([
  ["09:59 in winter", "2026-11-24T08:59:59Z", false],
  ["10:00 in winter", "2026-11-24T09:00:00Z", true],
  ["09:59 in summer", "2026-07-01T07:59:59Z", false],
  ["10:00 in summer", "2026-07-01T08:00:00Z", true],
  ["the Monday after the clocks went back", "2026-10-26T08:30:00Z", false],
  ["the same Monday at ten", "2026-10-26T09:00:00Z", true],
  ["the Friday before they go forward", "2027-03-26T09:00:00Z", true],
  ["the Monday after they went forward", "2027-03-29T08:00:00Z", true],
  ["a Saturday", "2026-11-28T12:00:00Z", false],
  ["Christmas Eve", "2026-12-24T12:00:00Z", false],
  ["late in the evening", "2026-11-24T22:59:00Z", true],
])("%s: due %s is %s", (_name, at, due) => {
  expect(isDue(new Date(at), redDays)).toBe(due);
});

it("counts what came before today in Sweden, not in UTC", () => {
  const arrivals = ["2026-11-22T10:00:00Z", "2026-11-23T22:59:00Z", "2026-11-23T23:01:00Z"];
  expect(heldBefore(arrivals, "2026-11-24")).toBe(2);
});

test.each([
  ["today", "2026-11-24", undefined],
  ["a later day", "2026-11-27", undefined],
  ["yesterday", "2026-11-23", "date-passed"],
  ["a Saturday", "2026-11-28", "not-a-working-day"],
  ["Christmas Day", "2026-12-25", "not-a-working-day"],
])("%s can be shared out or not", (_name, date, refused) => {
  expect(mayShareOut(date, tuesday, redDays)?.refused).toBe(refused);
});

test.each([
  ["today", "2026-11-24", tuesday, undefined],
  ["tomorrow", "2026-11-25", tuesday, "not-today"],
  ["yesterday", "2026-11-23", tuesday, "not-today"],
  ["a Saturday on which somebody works", "2026-11-28", new Date("2026-11-28T08:00:00Z"), "not-a-working-day"],
])("%s can be called looked through or not", (_name, date, now, refused) => {
  expect(mayCallDone(date, now, redDays)?.refused).toBe(refused);
});
