import { dateInSweden } from "../../ui/swedish-time.ts";
import type { Slot } from "./schemas.ts";

/** A day's free times, in order. */
export type DayOfTimes = { date: string; times: readonly Slot[] };

/** Free times by their date in Sweden, days without any left out. */
export function byDay(times: readonly Slot[]): readonly DayOfTimes[] {
  const days = Map.groupBy(times, ({ startsAt }) => dateInSweden(new Date(startsAt)));
  return [...days].map(([date, slots]) => ({ date, times: slots }));
}

/** So many of the times as near as possible to an instant, in order of time. */
export function nearestTimes(times: readonly Slot[], startsAt: string, howMany: number): readonly Slot[] {
  const away = (slot: Slot) => Math.abs(Date.parse(slot.startsAt) - Date.parse(startsAt));
  return times
    .toSorted((one, other) => away(one) - away(other))
    .slice(0, howMany)
    .toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : 1));
}

/**
 * Which time a key leads to from one, counted through all days: left and right within the times, up and down to the day before
 * and after, Home and End to the ends. Undefined for any other key.
 */
export function timeAfterKey(days: readonly DayOfTimes[], at: number, key: string): number | undefined {
  const firsts = firstOfEach(days);
  const count = days.reduce((sum, { times }) => sum + times.length, 0);
  const day = firsts.findLastIndex((first) => first <= at);
  switch (key) {
    case "ArrowRight":
      return Math.min(at + 1, count - 1);
    case "ArrowLeft":
      return Math.max(at - 1, 0);
    case "ArrowDown":
      return firsts[Math.min(day + 1, firsts.length - 1)];
    case "ArrowUp":
      return firsts[Math.max(day - 1, 0)];
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

/** The place of each day's first time, counted through all days. */
export function firstOfEach(days: readonly DayOfTimes[]): readonly number[] {
  return days.map((_, day) => days.slice(0, day).reduce((sum, { times }) => sum + times.length, 0));
}
