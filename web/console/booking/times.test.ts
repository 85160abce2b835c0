import { describe, expect, it } from "vitest";
import { byDay, firstOfEach, nearestTimes, timeAfterKey } from "./times.ts";

const slot = (startsAt: string) => ({ startsAt, endsAt: startsAt, person: null, room: null });
const times = [
  "2026-12-01T08:00:00.000Z",
  "2026-12-01T09:00:00.000Z",
  // Past midnight in Sweden.
  "2026-12-02T23:30:00.000Z",
  "2026-12-03T08:00:00.000Z",
  "2026-12-03T09:00:00.000Z",
].map(slot);
const days = byDay(times);

it("puts free times under their date in Sweden", () => {
  expect(days.map((day) => [day.date, day.times.length])).toEqual([
    ["2026-12-01", 2],
    ["2026-12-03", 3],
  ]);
  expect(firstOfEach(days)).toEqual([0, 2]);
});

it("finds the nearest times, on both sides, in order", () => {
  const near = nearestTimes(times, "2026-12-03T08:30:00.000Z", 3);
  expect(near.map(({ startsAt }) => startsAt)).toEqual(times.slice(2).map(({ startsAt }) => startsAt));
  expect(nearestTimes([], "2026-12-03T08:30:00.000Z", 3)).toEqual([]);
});

describe("a key", () => {
  it.each([
    [0, "ArrowRight", 1],
    [4, "ArrowRight", 4],
    [1, "ArrowLeft", 0],
    [0, "ArrowLeft", 0],
    [1, "ArrowDown", 2],
    [3, "ArrowDown", 2],
    [3, "ArrowUp", 0],
    [0, "ArrowUp", 0],
    [2, "Home", 0],
    [2, "End", 4],
  ])("leads from time %i by %s to %i", (at, key, next) => {
    expect(timeAfterKey(days, at, key)).toBe(next);
  });

  it("that means nothing here is left alone", () => {
    expect(timeAfterKey(days, 0, "Enter")).toBeUndefined();
    expect(timeAfterKey(days, 0, "a")).toBeUndefined();
  });
});
