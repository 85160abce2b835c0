import { municipality } from "#shared/config.ts";
import { type LocalDate, localDate } from "#shared/time/working-time.ts";
import { apiEnv } from "../env.ts";
import { datesOf, daysLater } from "../hours/local-dates.ts";
import { type OpeningDay, openOn } from "../hours/opening-hours.ts";
import { listExceptions } from "../offices/plan-table.ts";
import type { placeOf } from "../offices/publish.ts";

type Place = NonNullable<ReturnType<typeof placeOf>>;

/** An office that is closed for longer has no day on which a key is due by itself. */
const daysAhead = 60;

/** When an office is open from the day of an instant, by its calendar and exceptions: what is published may end before a hire does. */
export async function openDaysFrom(place: Place, from: Date): Promise<readonly OpeningDay[]> {
  const date = localDate(from);
  return await openDays(place, date, daysLater(date, daysAhead));
}

/** When an office is open on one date. */
export async function openDaysOn(place: Place, date: LocalDate): Promise<readonly OpeningDay[]> {
  return await openDays(place, date, date);
}

async function openDays(place: Place, from: LocalDate, to: LocalDate): Promise<readonly OpeningDay[]> {
  const exceptions = await listExceptions(apiEnv().BOOKING_TABLE, place.id);
  const { redDays } = municipality();
  return datesOf(from, to).map((date) => openOn(date, place.calendar, exceptions, redDays));
}
