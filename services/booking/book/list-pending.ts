import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import type { Staff } from "#shared/staff.ts";
import { apiEnv } from "../env.ts";
import type { Booking } from "./booking.ts";
import { findParties, pendingBookings } from "./booking-table.ts";
import { type BookingView, bookingView, bookingViewSchema, isHidden } from "./booking-view.ts";
import { noQuery } from "./fields.ts";

/** What waits for somebody here: bookings that their unit has not answered, and interpreters to be ordered or called off. Soonest first. */
export const listPending = defineEndpoint({
  params: z.object({}),
  query: noQuery,
  answer: z.object({ requests: z.array(bookingViewSchema), interpreters: z.array(bookingViewSchema) }),
  run: async ({ caller }) => {
    const table = apiEnv().BOOKING_TABLE;
    const [requests, interpreters] = await Promise.all([
      pendingBookings(table, "answer"),
      pendingBookings(table, "interpreter"),
    ]);
    return { requests: await seenBy(caller, requests), interpreters: await seenBy(caller, interpreters) };
  },
});

async function seenBy(caller: Staff, bookings: readonly Booking[]): Promise<BookingView[]> {
  const seen = bookings.filter((one) => !isHidden(one, caller));
  const ids = seen.map(({ bookingId }) => bookingId);
  const parties = await findParties(apiEnv().BOOKING_TABLE, ids);
  return seen.map((one) => bookingView(one, parties.get(one.bookingId), caller));
}
