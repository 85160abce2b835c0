import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isRefused } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import { bookingView, bookingViewSchema } from "./booking-view.ts";
import { bookingFor } from "./change-booking.ts";
import { bookingParams, noQuery } from "./fields.ts";
import { bookingsOfSeries } from "./series.ts";

/** The meetings that were booked together with one, in order, each as it stands now. Who comes is with each of them. */
export const listSeries = defineEndpoint({
  params: bookingParams,
  query: noQuery,
  answer: z.object({ bookings: z.array(bookingViewSchema) }),
  run: async ({ params, caller }) => {
    const found = await bookingFor(params.bookingId, caller);
    if (isRefused(found)) return found;
    const { booking } = found;
    const all =
      booking.series === undefined
        ? [booking]
        : await bookingsOfSeries(apiEnv().BOOKING_TABLE, booking.series);
    return { bookings: all.map((one) => bookingView(one, undefined, caller)) };
  },
});
