import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import { findBooking } from "./booking-table.ts";
import { bookingViewSchema } from "./booking-view.ts";
import { shown } from "./change-booking.ts";
import { bookingParams, noQuery } from "./fields.ts";

/** A booking, and who comes if the caller may know. */
export const showBooking = defineEndpoint({
  params: bookingParams,
  query: noQuery,
  answer: bookingViewSchema,
  run: async ({ params, caller }) => {
    const booking = await findBooking(apiEnv().BOOKING_TABLE, params.bookingId);
    return booking === undefined ? refuse("not-found") : await shown(booking, caller);
  },
});
