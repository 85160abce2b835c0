import { expect, test } from "vitest";
import { clockTime, meetingTime } from "./meeting-time.ts";

const start = new Date("2026-11-26T09:00:00Z");
const end = new Date("2026-11-26T09:45:00Z");

test.each([
  ["sv", "torsdag 26 november 10:00–10:45"],
  ["en", "Thursday, 26 November 10:00–10:45"],
  ["fi", "torstai 26. marraskuuta 10.00–10.45"],
])("a meeting's time in %s", (language, words) => {
  expect(meetingTime(start, end, language)).toBe(words);
});

test("the clock on the wall is Sweden's, before and after it is changed", () => {
  expect(clockTime(new Date("2027-03-27T09:00:00Z"), "sv")).toBe("10:00");
  expect(clockTime(new Date("2027-03-29T09:00:00Z"), "sv")).toBe("11:00");
});
