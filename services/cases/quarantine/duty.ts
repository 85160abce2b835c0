import * as z from "zod/mini";
import { type Refused, refuse } from "#shared/refusal.ts";
import { isWorkingDay, type LocalDate, localDate } from "#shared/time/working-time.ts";
import { personSchema } from "../register/people.ts";

/** Who looks through the quarantine on a working day, and whether they have. */
export const dutySchema = z.object({
  date: z.string(),
  person: z.nullable(personSchema),
  done: z.nullable(z.object({ at: z.string(), by: z.string() })),
});
export type Duty = z.infer<typeof dutySchema>;

/** How far ahead days are shared out, in calendar days. */
const daysAhead = 14;
/** By when the day's person has looked, in Swedish time. */
const lookedThroughBy = "10:00";

const clock = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Stockholm",
  hour: "2-digit",
  minute: "2-digit",
});

/** The working days from a date on, two weeks ahead. What comes on a day off belongs to the working day before and the next. */
export function dutyDates(today: LocalDate, redDays: readonly LocalDate[]): readonly LocalDate[] {
  return Array.from({ length: daysAhead }, (_, days) => daysLater(today, days)).filter((date) =>
    isWorkingDay(date, redDays),
  );
}

/** How many days off follow a working day: before them somebody looks once more. */
export function daysOffAfter(date: LocalDate, redDays: readonly LocalDate[]): number {
  let days = 0;
  while (!isWorkingDay(daysLater(date, days + 1), redDays)) days += 1;
  return days;
}

export type DutyRefusal = "not-a-working-day" | "date-passed" | "not-today";

/** Whether a day can be shared out: a working day, today or later. */
export function mayShareOut(
  date: LocalDate,
  now: Date,
  redDays: readonly LocalDate[],
): Refused<DutyRefusal> | undefined {
  if (date < localDate(now)) return refuse("date-passed");
  return isWorkingDay(date, redDays) ? undefined : refuse("not-a-working-day");
}

/** Only the day itself can be called looked through: what comes tomorrow nobody has seen. */
export function mayCallDone(
  date: LocalDate,
  now: Date,
  redDays: readonly LocalDate[],
): Refused<DutyRefusal> | undefined {
  if (date !== localDate(now)) return refuse("not-today");
  return isWorkingDay(date, redDays) ? undefined : refuse("not-a-working-day");
}

/** Whether the hour has come at which the quarantine should have been looked through: 10:00 in Sweden on a working day. */
export function isDue(now: Date, redDays: readonly LocalDate[]): boolean {
  return isWorkingDay(localDate(now), redDays) && clock.format(now) >= lookedThroughBy;
}

/** How many of those that are held came before today: `arrivals` are instants. */
export function heldBefore(arrivals: readonly string[], today: LocalDate): number {
  return arrivals.filter((at) => localDate(new Date(at)) < today).length;
}

function daysLater(date: LocalDate, days: number): LocalDate {
  const noon = new Date(`${date}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + days);
  return noon.toISOString().slice(0, 10);
}
