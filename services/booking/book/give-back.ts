import { refuse } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import { type Booking, cancel, leadsGroup, mayBeCancelled } from "./booking.ts";
import { findBooking, type Party } from "./booking-table.ts";
import type { BookingService } from "./offer.ts";
import { closeSession } from "./sessions.ts";
import { decideAndSave, ledgersOf } from "./take-time.ts";
import { cancelledEvent } from "./tell.ts";
import { telling } from "./telling.ts";

/**
 * Gives a time back for staff, as long as the booking is as it was seen; of a meeting for a group its guests are unsettled first.
 * `silent`, `everyWeeks`: as whoever comes is told of a series.
 */
export async function giveBack(
  booking: Booking,
  about: {
    service: BookingService;
    party: Party | undefined;
    silent?: boolean;
    everyWeeks?: number | undefined;
    now: Date;
  },
) {
  const { service, now } = about;
  const table = apiEnv().BOOKING_TABLE;
  if (leadsGroup(booking, service) && mayBeCancelled(booking)) await closeSession(table, booking, now);
  return await decideAndSave(
    table,
    now,
    async () => {
      const current = (await findBooking(table, booking.bookingId)) ?? booking;
      if (current.version !== booking.version) return refuse("changed");
      return cancel(current, service, await ledgersOf(table, current.ledgers), { by: "staff", now });
    },
    await telling(apiEnv(), { ...about, saves: false }, (change, letter) =>
      booking.status === "held" ? [] : [cancelledEvent(change, "staff", letter, now)],
    ),
  );
}
