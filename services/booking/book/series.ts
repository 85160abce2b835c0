import { municipality } from "#shared/config.ts";
import { shortHash } from "#shared/ids.ts";
import type { Booking } from "./booking.ts";
import { findBooking } from "./booking-table.ts";

/** The booking of a series by its number. */
export function bookingIdInSeries(seriesId: string, number: number): string {
  return shortHash(["booking", municipality().organisation.id, seriesId, number].join("|"));
}

/** The bookings of a series from one number on, in order; a date on which there was no time has none. */
export async function bookingsOfSeries(
  table: string,
  { seriesId, of }: NonNullable<Booking["series"]>,
  from = 1,
): Promise<readonly Booking[]> {
  const numbers = Array.from({ length: of - from + 1 }, (_, n) => from + n);
  const all = await Promise.all(
    numbers.map((number) => findBooking(table, bookingIdInSeries(seriesId, number))),
  );
  return all.filter((one) => one !== undefined);
}
