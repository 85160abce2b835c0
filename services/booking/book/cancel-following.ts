import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isRefused, refuse } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import { bookingIdInSeries } from "./book-for.ts";
import { type Booking, cancel, mayBeCancelled } from "./booking.ts";
import { findBooking, findParty } from "./booking-table.ts";
import { bookingFor, refused } from "./change-booking.ts";
import { bookingParams, noQuery } from "./fields.ts";
import type { BookingService } from "./offer.ts";
import { decideAndSave, ledgersOf } from "./take-time.ts";
import { cancelledEvent } from "./tell.ts";
import { telling } from "./telling.ts";

/**
 * Gives back a meeting of a series and those after it that have not begun; whoever comes is told once. Broken off, it goes on when it is
 * asked again.
 */
export const cancelFollowing = defineEndpoint({
  params: bookingParams,
  query: noQuery,
  body: z.object({}),
  answer: z.object({ cancelled: z.int() }),
  run: async ({ params, caller, now }) => {
    const found = await bookingFor(params.bookingId, caller);
    if (isRefused(found)) return found;
    const { booking, service } = found;
    const { series } = booking;
    if (series === undefined) return refuse("wrong-status");
    const numbers = Array.from({ length: series.of - series.number + 1 }, (_, n) => series.number + n);
    const table = apiEnv().BOOKING_TABLE;
    const all = await Promise.all(
      numbers.map((number) => findBooking(table, bookingIdInSeries(series.seriesId, number))),
    );
    const left = all.filter(
      (one) => one !== undefined && mayBeCancelled(one) && one.startsAt > now.toISOString(),
    ) as readonly Booking[];
    const repeats = { times: left.length, everyWeeks: series.everyWeeks };
    for (const [place, one] of left.entries()) {
      const outcome = await cancelOne(one, { service, silent: place > 0, repeats, now });
      if (isRefused(outcome) && outcome.refused !== "wrong-status") return refused(outcome);
    }
    return { cancelled: left.length };
  },
});

async function cancelOne(
  booking: Booking,
  as: {
    service: BookingService;
    silent: boolean;
    repeats: { times: number; everyWeeks: number };
    now: Date;
  },
) {
  const { service, silent, repeats, now } = as;
  const table = apiEnv().BOOKING_TABLE;
  const party = await findParty(table, booking.bookingId);
  return await decideAndSave(
    table,
    now,
    async () => {
      const current = (await findBooking(table, booking.bookingId)) ?? booking;
      return cancel(current, service, await ledgersOf(table, current.ledgers), { by: "staff", now });
    },
    await telling(apiEnv(), { service, party, saves: false, silent, repeats, now }, (change, letter) => [
      cancelledEvent(change, "staff", letter, now),
    ]),
  );
}
