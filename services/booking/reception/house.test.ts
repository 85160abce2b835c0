import { expect, test } from "vitest";
import { isForgotten } from "./house.ts";

const closesAt = "2026-11-24T17:00:00.000Z";
const from = (date: string, staysUntil: string | null = null) => ({ date, staysUntil });

test.each([
  ["today before closing", from("2026-11-24"), closesAt, "17:00:00", false],
  ["today after closing", from("2026-11-24"), closesAt, "17:00:01", true],
  ["today where nothing is published", from("2026-11-24"), undefined, "22:00:00", false],
  ["yesterday", from("2026-11-23"), undefined, "08:00:00", true],
  ["an evening meeting", from("2026-11-24", "2026-11-24T19:00:00.000Z"), closesAt, "18:59:00", false],
  [
    "an evening meeting that is over",
    from("2026-11-24", "2026-11-24T19:00:00.000Z"),
    closesAt,
    "19:01:00",
    true,
  ],
  ["a meeting over midnight", from("2026-11-23", "2026-11-24T00:30:00.000Z"), undefined, "00:10:00", false],
] as const)("who came %s", (_, inside, closing, time, forgotten) => {
  expect(isForgotten(inside, closing, new Date(`2026-11-24T${time}.000Z`))).toBe(forgotten);
});
