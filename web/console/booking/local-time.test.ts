import { expect, it } from "vitest";
import { clocks, instantInSweden, lastOfMonth, longDate, mondayOf, monthName } from "./local-time.ts";

it.each([
  ["2026-12-01", "09:00", "2026-12-01T08:00:00.000Z"],
  ["2026-07-01", "09:00", "2026-07-01T07:00:00.000Z"],
  ["2026-12-01", "00:00", "2026-11-30T23:00:00.000Z"],
  // Shown twice: the first.
  ["2026-10-25", "02:30", "2026-10-25T00:30:00.000Z"],
])("knows when clocks in Sweden show %s %s", (date, clock, instant) => {
  expect(instantInSweden(date, clock)).toBe(instant);
});

it.each([
  ["2027-03-28", "02:30"],
  ["2026-12-01", ""],
  ["", "09:00"],
  ["2026-02-30", "09:00"],
])("knows no instant of %j %j", (date, clock) => {
  expect(instantInSweden(date, clock)).toBeUndefined();
});

it("writes dates and times as they are said", () => {
  expect(longDate("2026-12-01")).toBe("tisdag 1 december");
  expect(monthName("2026-12")).toBe("december 2026");
  expect(clocks({ startsAt: "2026-12-01T08:00:00Z", endsAt: "2026-12-01T08:45:00Z" })).toBe("09:00–09:45");
});

it("knows a week's Monday and a month's last day", () => {
  expect(mondayOf("2026-12-06")).toBe("2026-11-30");
  expect(mondayOf("2026-11-30")).toBe("2026-11-30");
  expect(lastOfMonth("2028-02-03")).toBe("2028-02-29");
  expect(lastOfMonth("2026-12-31")).toBe("2026-12-31");
});
