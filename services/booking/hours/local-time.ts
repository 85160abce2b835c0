import * as z from "zod/mini";
import { type Refused, refuse } from "#shared/refusal.ts";
import { type LocalDate, localDate } from "#shared/time/working-time.ts";

/** A time of day in Sweden, `08:30`. Sorts as text. */
export type LocalTime = string;

export const localTimeSchema = z
  .string()
  .check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, "write hours and minutes, such as 08:30"));

const hourMs = 3_600_000;

/** A formatter takes longer to make than a year's conversions. */
const wall = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Stockholm",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
});
const clock = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Stockholm",
  hour: "2-digit",
  minute: "2-digit",
});

/** How far the clocks are ahead of UTC before and after the night's possible change, for dates already asked about. */
const offsets = new Map<LocalDate, { beforeMs: number; afterMs: number }>();

/**
 * The instant at which clocks in Sweden show a time. One that they skip in spring is refused; of one that they show
 * twice in autumn it is the first, unless the second is asked for.
 */
export function instantOf(
  date: LocalDate,
  time: LocalTime,
  ifTwice: "first" | "second" = "first",
): Date | Refused<"nonexistent-local-time"> {
  const [first, second] = instantsOf(date, time);
  if (first === undefined) return refuse("nonexistent-local-time");
  return ifTwice === "second" ? (second ?? first) : first;
}

/** As `instantOf`, but for a time that the clocks skip: the instant at which they do. */
export function instantOrNext(date: LocalDate, time: LocalTime): Date {
  // The European Union's rule: at 01:00 UTC, in every zone at once.
  return instantsOf(date, time)[0] ?? new Date(`${date}T01:00:00Z`);
}

/** What the clocks in Sweden show at an instant; seconds are left out. */
export function localOf(instant: Date): { date: LocalDate; time: LocalTime } {
  return { date: localDate(instant), time: clock.format(instant) };
}

/** None, one or two. */
function instantsOf(date: LocalDate, time: LocalTime): readonly Date[] {
  const shownMs = Date.parse(`${date}T${time}:00Z`);
  const { beforeMs, afterMs } = offsetsOf(date);
  if (beforeMs === afterMs) return [new Date(shownMs - beforeMs)];
  return [shownMs - beforeMs, shownMs - afterMs]
    .filter((atMs) => atMs + offsetMs(atMs) === shownMs)
    .filter((atMs, place, all) => all.indexOf(atMs) === place)
    .map((atMs) => new Date(atMs));
}

function offsetsOf(date: LocalDate): { beforeMs: number; afterMs: number } {
  const known = offsets.get(date);
  if (known !== undefined) return known;
  const noonMs = Date.parse(`${date}T12:00:00Z`);
  const found = { beforeMs: offsetMs(noonMs - 24 * hourMs), afterMs: offsetMs(noonMs) };
  offsets.set(date, found);
  return found;
}

/** How far the clocks are ahead of UTC at an instant on a whole minute. */
function offsetMs(atMs: number): number {
  return Date.parse(`${wall.format(new Date(atMs)).replace(" ", "T")}:00Z`) - atMs;
}
