import { bookingIdIn, bookingToken, isTokenOfBooking } from "#shared/booking-token.ts";
import { isTokenOfWaiting, waitingIdIn, waitingToken } from "#shared/waiting-token.ts";
import type { Booking } from "../book/booking.ts";
import { findBooking } from "../book/booking-table.ts";
import { pagesEnv } from "../env.ts";
import type { Waiting } from "../waiting/waiting.ts";
import { findWaiting } from "../waiting/waiting-table.ts";

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

/** The path of the page of somebody in line. Whoever has it may leave for them. */
export async function pathOfWaiting(waiting: Waiting): Promise<string> {
  return `/b/k/${await waitingToken(pagesEnv().LINK_KEY, waiting)}`;
}

/** Whose place in line a personal link opens; undefined as of a booking's. */
export async function waitingOfLink(token: string): Promise<Waiting | undefined> {
  const { BOOKING_TABLE, LINK_KEY } = pagesEnv();
  const waitingId = waitingIdIn(token);
  const waiting = waitingId === undefined ? undefined : await findWaiting(BOOKING_TABLE, waitingId);
  if (waiting === undefined || !(await isTokenOfWaiting(LINK_KEY, waiting, token))) return undefined;
  return waiting;
}

/** The page of whoever took a time by their place in line, while they still wait. */
export async function pathInLine({ waitingId }: Booking): Promise<string | undefined> {
  const waiting =
    waitingId === undefined ? undefined : await findWaiting(pagesEnv().BOOKING_TABLE, waitingId);
  return waiting?.status === "waiting" ? await pathOfWaiting(waiting) : undefined;
}
