import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isRefused } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import { confirm } from "./booking.ts";
import { findBooking } from "./booking-table.ts";
import { bookingView } from "./booking-view.ts";
import { bookingFor, refused, shown } from "./change-booking.ts";
import { answers, bookingParams, noQuery, partyShape } from "./fields.ts";
import { decideAndSave, ledgersOf } from "./take-time.ts";
import { madeEvent } from "./tell.ts";
import { telling } from "./telling.ts";

/** Makes a hold a booking, with who comes. */
export const confirmBooking = defineEndpoint({
  params: bookingParams,
  query: noQuery,
  body: z.object({ party: z.optional(partyShape) }),
  ...answers,
  run: async ({ params, body, caller, now }) => {
    const found = await bookingFor(params.bookingId, caller);
    if (isRefused(found)) return found;
    const table = apiEnv().BOOKING_TABLE;
    const { booking, service } = found;
    if (booking.status === "confirmed" || booking.status === "requested") return await shown(booking, caller);
    const outcome = await decideAndSave(
      table,
      now,
      async () => {
        const current = (await findBooking(table, booking.bookingId)) ?? booking;
        const ledgers = await ledgersOf(table, current.ledgers);
        return confirm(current, service, ledgers, { byUnit: caller.units.includes(service.unit), now });
      },
      await telling(apiEnv(), { service, party: body.party, now }, (change, letter) => [
        madeEvent(change, letter, now),
      ]),
    );
    return isRefused(outcome) ? refused(outcome) : bookingView(outcome, body.party, caller);
  },
});
