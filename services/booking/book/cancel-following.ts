import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isRefused, refuse } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import { mayBeCancelled } from "./booking.ts";
import { findParty } from "./booking-table.ts";
import { bookingFor, refused } from "./change-booking.ts";
import { bookingParams, noQuery } from "./fields.ts";
import { giveBack } from "./give-back.ts";
import { bookingsOfSeries } from "./series.ts";

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
    const table = apiEnv().BOOKING_TABLE;
    const left = (await bookingsOfSeries(table, series, series.number)).filter(
      (one) => mayBeCancelled(one) && one.startsAt > now.toISOString(),
    );
    for (const [place, one] of left.entries()) {
      const party = await findParty(table, one.bookingId);
      const everyWeeks = left.length > 1 ? series.everyWeeks : undefined;
      const outcome = await giveBack(one, { service, party, silent: place > 0, everyWeeks, now });
      if (isRefused(outcome)) return refused(outcome);
    }
    return { cancelled: left.length };
  },
});
