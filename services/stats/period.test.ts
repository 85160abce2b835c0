import { expect, test } from "vitest";
import { daysOf } from "./period.ts";

test("a period holds its first and its last day, over a change of clock as well", () => {
  expect(daysOf("2026-10-24", "2026-10-26")).toEqual(["2026-10-24", "2026-10-25", "2026-10-26"]);
  expect(daysOf("2026-11-24", "2026-11-24")).toEqual(["2026-11-24"]);
});

test("a quarter of a year is the longest", () => {
  expect(daysOf("2026-07-01", "2026-09-30")).toHaveLength(92);
  expect(daysOf("2026-07-01", "2026-10-01")).toEqual({ refused: "period-too-long" });
});

test("a period that ends before it begins is refused", () => {
  expect(daysOf("2026-11-24", "2026-11-23")).toEqual({ refused: "period-backwards" });
});
