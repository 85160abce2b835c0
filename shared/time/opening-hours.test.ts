import { expect, test } from "vitest";
import { openingHoursInWords } from "./opening-hours.ts";

const at = (from: string, to: string) => [{ from, to }];
const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const eight = at("08:00", "18:00");

test.each([
  [
    "måndag–torsdag 8–18, fredag 8–17",
    { ...closed, mon: eight, tue: eight, wed: eight, thu: eight, fri: at("08:00", "17:00") },
  ],
  ["måndag 8–18, onsdag 8–18", { ...closed, mon: eight, wed: eight }],
  ["tisdag 9–11.30 och 13–16.15", { ...closed, tue: [...at("09:00", "11:30"), ...at("13:00", "16:15")] }],
  ["lördag–söndag 8–18", { ...closed, sat: eight, sun: eight }],
  ["", closed],
])("%s", (words, week) => {
  expect(openingHoursInWords(week)).toBe(words);
});

test.each([
  ["en", "Monday–Tuesday 8–18, Friday 9–11.30 and 13–16.15"],
  ["fi", "maanantai–tiistai 8–18, perjantai 9–11.30 ja 13–16.15"],
])("in %s: %s", (language, words) => {
  const friday = [...at("09:00", "11:30"), ...at("13:00", "16:15")];
  expect(openingHoursInWords({ ...closed, mon: eight, tue: eight, fri: friday }, language)).toBe(words);
});
