import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { apiEnv } from "../env.ts";
import type { Booking } from "./booking.ts";
import { findParties, unsettledBookings } from "./booking-table.ts";
import { bookingView, bookingViewSchema, isHidden, slotView, slotViewSchema } from "./booking-view.ts";
import { wishOfBooking } from "./booking-wish.ts";
import { noQuery } from "./fields.ts";
import { type Slot, slotsAt } from "./offer.ts";
import { otherTimes, serviceOfBooking, worldAt } from "./take-time.ts";

/** Meetings that need another time or another person, and what could be proposed for each. */
export const listUnsettled = defineEndpoint({
  params: z.object({}),
  query: noQuery,
  answer: z.object({
    unsettled: z.array(z.object({ booking: bookingViewSchema, proposals: z.array(slotViewSchema) })),
  }),
  run: async ({ caller, now }) => {
    const table = apiEnv().BOOKING_TABLE;
    const seen = (await unsettledBookings(table, now)).filter((one) => !isHidden(one, caller)).slice(0, most);
    const parties = await findParties(
      table,
      seen.map(({ bookingId }) => bookingId),
    );
    const unsettled = [];
    for (const booking of seen) {
      const proposals = (await proposalsFor(booking, now)).slice(0, proposed);
      const view = bookingView(booking, parties.get(booking.bookingId), caller);
      unsettled.push({ booking: view, proposals: proposals.map(slotView) });
    }
    return { unsettled };
  },
});

/** The soonest are shown; as these get their times, others come. */
const most = 50;
const proposed = 3;

/** The same time with somebody else who can do it, and else the nearest times with anybody. */
async function proposalsFor(booking: Booking, now: Date): Promise<readonly Slot[]> {
  const table = apiEnv().BOOKING_TABLE;
  const service = serviceOfBooking(booking);
  // A seat in a meeting for a group is taken anew in another: no time of a person's is its equal.
  if (service === undefined || booking.session !== undefined) return [];
  const start = new Date(booking.startsAt);
  const where = { service, office: booking.office };
  const wish = wishOfBooking(booking);
  const world = await worldAt(table, where, { start, wish, also: booking.ledgers });
  const look = { now: now.getTime(), internal: true, except: booking.bookingId };
  const same = slotsAt(start, world, wish, look);
  return same.length > 0 ? same : await otherTimes(table, where, { start, wish, internal: true, now });
}
