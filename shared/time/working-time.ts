/** A calendar date in Sweden, `2026-11-24`. Sorts as text. */
export type LocalDate = string;

const stockholm = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Stockholm",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** The date on the wall in Sweden at an instant: arrival is a legal fact in Swedish time, whatever the server's zone. */
export function localDate(instant: Date): LocalDate {
  return stockholm.format(instant);
}

/** Neither Saturday, Sunday nor one of the calendar's red days (eves included there). */
export function isWorkingDay(date: LocalDate, redDays: readonly LocalDate[]): boolean {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !redDays.includes(date);
}

/**
 * The working day that lies `days` working days after a date. The start day itself never counts, so a promise of
 * two working days given on a Friday ends on Tuesday, whether Friday was worked or red.
 */
export function addWorkingDays(start: LocalDate, days: number, redDays: readonly LocalDate[]): LocalDate {
  let date = start;
  for (let left = days; left > 0; ) {
    date = dayAfter(date);
    if (isWorkingDay(date, redDays)) left -= 1;
  }
  return date;
}

/** How many working days lie after `start` up to and including `end`: 0 on the same day, and where `end` is earlier. */
export function workingDaysAfter(start: LocalDate, end: LocalDate, redDays: readonly LocalDate[]): number {
  let days = 0;
  for (let date = start; date < end; ) {
    date = dayAfter(date);
    if (isWorkingDay(date, redDays)) days += 1;
  }
  return days;
}

function dayAfter(date: LocalDate): LocalDate {
  const noon = new Date(`${date}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + 1);
  return noon.toISOString().slice(0, 10);
}
