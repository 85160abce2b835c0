import { expect, test } from "vitest";
import { dateInWords, dateWithYear } from "./date-in-words.ts";

test.each([
  ["sv", "torsdag 26 november", "26 november 2026"],
  ["en", "Thursday, 26 November", "26 November 2026"],
  ["fi", "torstai 26. marraskuuta", "26. marraskuuta 2026"],
])("in %s: %s", (language, day, withYear) => {
  expect([dateInWords("2026-11-26", language), dateWithYear("2026-11-26", language)]).toEqual([
    day,
    withYear,
  ]);
});
