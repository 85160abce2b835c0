import { expect, it } from "vitest";
import { hoursText, parseHours } from "./shift-text.ts";

it.each([
  ["8-13", "8–13"],
  ["08:00–13:00", "8–13"],
  ["8.30 - 12, 13-17", "8:30–12, 13–17"],
  ["13-17; 8-12", "8–12, 13–17"],
  ["830-1215", "8:30–12:15"],
  ["  ", ""],
  ["", ""],
])("reads %j", (text, shown) => {
  const hours = parseHours(text);
  expect(hours === undefined ? undefined : hoursText(hours)).toBe(shown);
});

it.each(["ledig", "8", "13-8", "8-8", "8-25", "8-12:75", "8-12-13", "8-12, 11-13", "8-12, x"])(
  "cannot read %j",
  (text) => {
    expect(parseHours(text)).toBeUndefined();
  },
);
