import { expect, test } from "vitest";
import { byDay, weekFrom } from "./week.ts";

const span = { first: "2026-11-25", last: "2026-12-20" };

test.each([
  ["the first week has none before it", "2026-11-25", ["2026-11-25", "2026-12-01", undefined, "2026-12-02"]],
  ["a later one has both", "2026-12-09", ["2026-12-09", "2026-12-15", "2026-12-02", "2026-12-16"]],
  [
    "the last ends with what can be booked",
    "2026-12-16",
    ["2026-12-16", "2026-12-20", "2026-12-09", undefined],
  ],
  ["a past day is the first", "2020-01-01", ["2026-11-25", "2026-12-01", undefined, "2026-12-02"]],
  ["a day too far away is the last", "2030-01-01", ["2026-12-20", "2026-12-20", "2026-12-13", undefined]],
  [
    "the one before never begins too early",
    "2026-11-28",
    ["2026-11-28", "2026-12-04", "2026-11-25", "2026-12-05"],
  ],
])("%s", (_what, from, [begins, ends, previous, next]) => {
  expect(weekFrom(from, span)).toEqual({ from: begins, to: ends, previous, next });
});

test("times stand under their dates in Sweden, in order", () => {
  const times = ["2026-11-25T23:30:00Z", "2026-11-25T09:00:00Z", "2026-11-25T08:00:00Z"].map((text) => ({
    start: new Date(text),
  }));
  expect(byDay(times).map(({ date, times: those }) => [date, those.length])).toEqual([
    ["2026-11-25", 2],
    ["2026-11-26", 1],
  ]);
  expect(byDay(times)[0]?.times[0]?.start).toEqual(new Date("2026-11-25T08:00:00Z"));
});
