import type { LocalDate } from "#shared/time/working-time.ts";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

const dayMs = 86_400_000;
/** 5 January 1970 was a Monday. */
const firstMondayMs = 4 * dayMs;

/** Dates have no clock here: each is its midnight in UTC, where all days are equally long. */
const msOf = (date: LocalDate) => Date.parse(`${date}T00:00:00Z`);
const dateOf = (ms: number): LocalDate => new Date(ms).toISOString().slice(0, 10);

export function daysLater(date: LocalDate, days: number): LocalDate {
  return dateOf(msOf(date) + days * dayMs);
}

export function weekdayOf(date: LocalDate): Weekday {
  const place = remainder((msOf(date) - firstMondayMs) / dayMs, 7);
  return weekdays[place] ?? "mon";
}

/**
 * Which week of a cycle that has its first in the week of a Monday: 0 to `weeks` - 1, also before that Monday. Weeks are
 * counted from a date and never by their number: after week 53 comes week 1, and both are odd.
 */
export function weekOfCycle(anchorMonday: LocalDate, weeks: number, date: LocalDate): number {
  return remainder(Math.floor((msOf(date) - msOf(anchorMonday)) / (7 * dayMs)), weeks);
}

/** Which one of its weekday a date is in its month, 1 to 5, and whether it is the last. */
export function placeInMonth(date: LocalDate): { nth: number; last: boolean } {
  return {
    nth: Math.ceil(Number(date.slice(8)) / 7),
    last: daysLater(date, 7).slice(0, 7) !== date.slice(0, 7),
  };
}

/** Every date from one to another, both included; none where they stand the wrong way round. */
export function datesOf(from: LocalDate, to: LocalDate): readonly LocalDate[] {
  const days = Math.max(0, (msOf(to) - msOf(from)) / dayMs + 1);
  return Array.from({ length: days }, (_, n) => daysLater(from, n));
}

/** Never negative, unlike `%`. */
function remainder(value: number, by: number): number {
  return ((value % by) + by) % by;
}
