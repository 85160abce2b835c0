import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { apiEnv } from "../env.ts";
import { bookingsOfDay, findParties, type Party } from "./booking-table.ts";
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
    const parties = new Map<string, Party>();
    for (let from = 0; from < named.length; from += 100)
      for (const [bookingId, party] of await findParties(table, named.slice(from, from + 100)))
        parties.set(bookingId, party);
    return { bookings: bookings.map((one) => bookingView(one, parties.get(one.bookingId), caller)) };
  },
});
