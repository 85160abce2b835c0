import { describe, expect, it } from "vitest";
import {
  addDays,
  addWeekdays,
  clockInSweden,
  dateInSweden,
  exactTime,
  promiseText,
  relativeTime,
  shortDate,
} from "./swedish-time.ts";

const tuesdayMorning = new Date("2026-11-24T09:42:00Z");

describe("how long ago", () => {
  it.each([
    ["2026-11-24T09:41:31Z", "nyss"],
    ["2026-11-24T09:41:00Z", "för 1 min sedan"],
    ["2026-11-24T08:43:00Z", "för 59 min sedan"],
    ["2026-11-24T06:30:00Z", "för 3 tim sedan"],
    ["2026-11-23T22:30:00Z", "i går 23:30"],
    ["2026-11-23T13:05:00Z", "i går 14:05"],
    ["2026-11-16T13:05:00Z", "mån 16 nov 14:05"],
    ["2025-12-30T13:05:00Z", "tis 30 dec 2025 14:05"],
  ])("says for %s: %s", (instant, words) => {
    expect(relativeTime(new Date(instant), tuesdayMorning)).toBe(words);
  });

  it("takes an instant a little ahead of our clock as now", () => {
    expect(relativeTime(new Date("2026-11-24T09:42:20Z"), tuesdayMorning)).toBe("nyss");
  });

  it("counts the day by Swedish midnight, in winter and in summer", () => {
    expect(dateInSweden(new Date("2026-11-23T23:30:00Z"))).toBe("2026-11-24");
    expect(dateInSweden(new Date("2026-07-01T22:30:00Z"))).toBe("2026-07-02");
    expect(clockInSweden(new Date("2026-07-01T22:30:00Z"))).toBe("00:30");
  });

  it("says the exact time in full", () => {
    expect(exactTime(tuesdayMorning)).toBe("tisdag 24 november 2026 kl. 10:42");
  });
});

describe("the promise", () => {
  it.each([
    ["2026-11-26", "svar senast tor 26 nov", "ahead", undefined],
    ["2026-11-24", "svar senast tis 24 nov", "today", "I dag"],
    ["2026-11-23", "svar senast mån 23 nov", "late", "Försenat"],
    ["2027-01-04", "svar senast mån 4 jan 2027", "ahead", undefined],
  ])("says for %s: %s", (date, text, state, stateText) => {
    expect(promiseText(date, tuesdayMorning)).toEqual({ text, state, stateText });
  });

  it("is today until Swedish midnight", () => {
    expect(promiseText("2026-11-24", new Date("2026-11-24T22:59:00Z")).state).toBe("today");
    expect(promiseText("2026-11-24", new Date("2026-11-24T23:00:00Z")).state).toBe("late");
  });
});

describe("dates ahead", () => {
  it.each([
    ["2026-11-24", 2, "2026-11-26"],
    ["2026-11-26", 2, "2026-11-30"],
    ["2026-11-28", 1, "2026-11-30"],
  ])("%s and %d weekdays is %s", (date, days, ahead) => {
    expect(addWeekdays(date, days)).toBe(ahead);
  });

  it("crosses months and years", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
    expect(shortDate("2027-01-04", "2026-12-31")).toBe("mån 4 jan 2027");
  });
});
