import { refuse } from "#shared/refusal.ts";
import { type Booking, cancel, move } from "../book/booking.ts";
import { findBooking, findParty } from "../book/booking-table.ts";
import type { BookingService, Wish } from "../book/offer.ts";
import { decideAndSave, ledgersOf, worldAt } from "../book/take-time.ts";
import { cancelledEvent, movedEvent } from "../book/tell.ts";
import { telling } from "../book/telling.ts";
import { pagesEnv } from "../env.ts";
import { endingWith } from "../waiting/waiting-table.ts";

/**
 * Moves a citizen's own booking, by what the public may have. `changed`: it is not what they had before them. `waitingId`: whose wait for
 * an earlier time ends with it.
 */
export async function moveOwn(
  booking: Booking,
  service: BookingService,
  { waitingId, ...to }: { office: string; start: Date; wish: Wish; waitingId?: string },
  now: Date,
) {
  const stores = pagesEnv();
  const party = await findParty(stores.BOOKING_TABLE, booking.bookingId);
  const asked = {
    ...to,
    wish: { ...to.wish, seats: booking.seats },
    audience: "public",
    byUnit: false,
    agreed: null,
  } as const;
  const told = await telling(stores, { service, party, saves: false, now }, (change, letter) => [
    movedEvent(change, booking, letter, now),
  ]);
  return await decideAndSave(
    stores.BOOKING_TABLE,
    now,
    async () => {
      const current = await findBooking(stores.BOOKING_TABLE, booking.bookingId);
      if (current === undefined || current.version !== booking.version) return refuse("changed");
      const where = { service, office: to.office };
      const world = await worldAt(stores.BOOKING_TABLE, where, { ...asked, also: current.ledgers });
      return move(current, asked, world, now);
    },
    { ...told, rows: ({ next }) => endingWith(stores.BOOKING_TABLE, next, waitingId, now) },
  );
}

/** Gives a citizen's own time back: a booking, of which they are told, or a hold, of which nobody knows. */
export async function cancelOwn(booking: Booking, service: BookingService, now: Date) {
  const stores = pagesEnv();
  const party = await findParty(stores.BOOKING_TABLE, booking.bookingId);
  return await decideAndSave(
    stores.BOOKING_TABLE,
    now,
    async () => {
      const current = (await findBooking(stores.BOOKING_TABLE, booking.bookingId)) ?? booking;
      // Whoever lets a hold go does not mean what has become a booking meanwhile.
      if (booking.status === "held" && current.status !== "held") return refuse("wrong-status");
      const ledgers = await ledgersOf(stores.BOOKING_TABLE, current.ledgers);
      return cancel(current, service, ledgers, { by: "citizen", now });
    },
    await telling(stores, { service, party, saves: false, now }, (change, letter) =>
      booking.status === "held" ? [] : [cancelledEvent(change, "citizen", letter, now)],
    ),
  );
}
