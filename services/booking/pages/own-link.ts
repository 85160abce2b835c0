import { bookingIdIn, bookingToken, isTokenOfBooking } from "#shared/booking-token.ts";
import type { Booking } from "../book/booking.ts";
import { findBooking } from "../book/booking-table.ts";
import { pagesEnv } from "../env.ts";

/** The path of a booking's own page. Whoever has it may move and cancel. */
export async function pathOf(booking: Booking): Promise<string> {
  return `/b/m/${await bookingToken(pagesEnv().LINK_KEY, booking)}`;
}

/** The booking that a personal link opens; undefined for a guess, an old link or half of one, without a difference. */
export async function bookingOfLink(token: string): Promise<Booking | undefined> {
  const { BOOKING_TABLE, LINK_KEY } = pagesEnv();
  const bookingId = bookingIdIn(token);
  if (bookingId === undefined) return undefined;
  const booking = await findBooking(BOOKING_TABLE, bookingId);
  if (booking === undefined || !(await isTokenOfBooking(LINK_KEY, booking, token))) return undefined;
  return booking;
}
