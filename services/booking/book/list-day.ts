import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { apiEnv } from "../env.ts";
import { bookingsOfDay, findParties } from "./booking-table.ts";
import { bookingView, bookingViewSchema, isHidden } from "./booking-view.ts";
import { id, noQuery } from "./fields.ts";

/** An office's bookings of a day, by time. Who comes to a secret service is not said. */
export const listDay = defineEndpoint({
  params: z.object({ office: id, date: z.iso.date() }),
  query: noQuery,
  answer: z.object({ bookings: z.array(bookingViewSchema) }),
  run: async ({ params, caller, now }) => {
    const table = apiEnv().BOOKING_TABLE;
    const all = await bookingsOfDay(table, params.office, params.date);
    const bookings = all.filter(
      ({ status, heldUntil }) => status !== "held" || (heldUntil ?? "") >= now.toISOString(),
    );
    const named = bookings.filter((one) => !isHidden(one, caller)).map(({ bookingId }) => bookingId);
    const parties = await findParties(table, named);
    return { bookings: bookings.map((one) => bookingView(one, parties.get(one.bookingId), caller)) };
  },
});
