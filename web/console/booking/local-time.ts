import { clockInSweden, dateInSweden } from "../../ui/swedish-time.ts";

const inFull = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "UTC",
  weekday: "long",
  day: "numeric",
  month: "long",
});
const month = new Intl.DateTimeFormat("sv-SE", { timeZone: "UTC", month: "long", year: "numeric" });

/** "tisdag 1 december" for a calendar date. */
export function longDate(date: string): string {
  return inFull.format(new Date(`${date}T00:00:00Z`));
}

/** "december 2026" for "2026-12". */
export function monthName(yearMonth: string): string {
  return month.format(new Date(`${yearMonth}-01T00:00:00Z`));
}

/** "09:00–09:45" for two instants. */
export function clocks({ startsAt, endsAt }: { startsAt: string; endsAt: string }): string {
  return `${clockInSweden(new Date(startsAt))}–${clockInSweden(new Date(endsAt))}`;
}

/**
 * The instant at which clocks in Sweden show a time on a date, as ISO text; undefined for one that they skip in spring, and
 * for what is no time. Of one that they show twice it is the first.
 */
export function instantInSweden(date: string, clock: string): string | undefined {
  const shownMs = Date.parse(`${date}T${clock}:00Z`);
  if (Number.isNaN(shownMs)) return undefined;
  // Sweden is one or two hours ahead of UTC: the earlier instant first.
  return [2, 1]
    .map((hours) => new Date(shownMs - hours * 3_600_000))
    .find((at) => dateInSweden(at) === date && clockInSweden(at) === clock)
    ?.toISOString();
}

/** The Monday of a date's week. */
export function mondayOf(date: string): string {
  const atMs = Date.parse(`${date}T00:00:00Z`);
  const sinceMonday = (new Date(atMs).getUTCDay() + 6) % 7;
  return new Date(atMs - sinceMonday * 86_400_000).toISOString().slice(0, 10);
}

/** The last date of a date's month. */
export function lastOfMonth(date: string): string {
  const [year = 0, monthNumber = 1] = date.split("-").map(Number);
  return new Date(Date.UTC(year, monthNumber, 0)).toISOString().slice(0, 10);
}
