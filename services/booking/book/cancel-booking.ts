import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isRefused, refuse } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import { findParty } from "./booking-table.ts";
import { bookingView } from "./booking-view.ts";
import { bookingFor, refused, shown } from "./change-booking.ts";
import { answers, bookingParams, noQuery, version } from "./fields.ts";
import { giveBack } from "./give-back.ts";

/** Gives the time back. */
export const cancelBooking = defineEndpoint({
  params: bookingParams,
  query: noQuery,
  body: z.object({ version }),
  ...answers,
  run: async ({ params, body, caller, now }) => {
    const found = await bookingFor(params.bookingId, caller);
    if (isRefused(found)) return found;
    const { booking, service } = found;
    if (booking.status === "cancelled") return await shown(booking, caller);
    if (booking.version !== body.version) return refuse("changed", { booking: await shown(booking, caller) });
    const party = await findParty(apiEnv().BOOKING_TABLE, booking.bookingId);
    const outcome = await giveBack(booking, { service, party, now });
    return isRefused(outcome) ? refused(outcome) : bookingView(outcome, party, caller);
  },
});
