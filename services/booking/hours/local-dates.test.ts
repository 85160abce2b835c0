import { expect, test } from "vitest";
import { datesOf, daysLater, placeInMonth, weekdayOf, weekOfCycle } from "./local-dates.ts";

test.each([
  ["2026-12-31", 1, "2027-01-01"],
  ["2027-03-27", 2, "2027-03-29"],
  ["2028-02-28", 1, "2028-02-29"],
  ["2027-11-01", -1, "2027-10-31"],
])("%s and %i days is %s", (date, days, later) => {
  expect(daysLater(date, days)).toBe(later);
});

test.each([
  ["2026-11-23", "mon"],
  ["2027-03-28", "sun"],
  ["2027-10-30", "sat"],
  ["1969-12-31", "wed"],
])("%s is a %s", (date, weekday) => {
  expect(weekdayOf(date)).toBe(weekday);
});

// 28 December 2026 begins week 53, 4 January 2027 week 1.
test.each([
  ["2026-12-14", 2, 0],
  ["2026-12-27", 2, 1],
  ["2026-12-28", 2, 0],
  ["2027-01-03", 2, 0],
  ["2027-01-04", 2, 1],
  ["2027-01-11", 2, 0],
  ["2027-01-11", 3, 2],
  ["2026-12-27", 3, 2],
  ["2027-01-11", 1, 0],
])("%s lies in a cycle of %i weeks from 28 December 2026 in week %i", (date, weeks, week) => {
  expect(weekOfCycle("2026-12-28", weeks, date)).toBe(week);
});

test.each([
  ["2027-04-01", 1, false],
  ["2027-04-07", 1, false],
  ["2027-04-08", 2, false],
  ["2027-04-22", 4, false],
  ["2027-04-29", 5, true],
  ["2027-02-25", 4, true],
])("%s is number %i of its weekday in the month, the last: %s", (date, nth, last) => {
  expect(placeInMonth(date)).toEqual({ nth, last });
});

test.each([
  ["2027-02-27", "2027-03-01", ["2027-02-27", "2027-02-28", "2027-03-01"]],
  ["2027-03-01", "2027-03-01", ["2027-03-01"]],
  ["2027-03-02", "2027-03-01", []],
  ["2027-03-09", "2027-03-01", []],
])("from %s to %s", (from, to, dates) => {
  expect(datesOf(from, to)).toEqual(dates);
});
