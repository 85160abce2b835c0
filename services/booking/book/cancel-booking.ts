import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isRefused, refuse } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import { cancel, leadsGroup, mayBeCancelled } from "./booking.ts";
import { findBooking, findParty } from "./booking-table.ts";
import { bookingView } from "./booking-view.ts";
import { bookingFor, refused, shown } from "./change-booking.ts";
import { answers, bookingParams, noQuery, version } from "./fields.ts";
import { closeSession } from "./sessions.ts";
import { decideAndSave, ledgersOf } from "./take-time.ts";
import { cancelledEvent } from "./tell.ts";
import { telling } from "./telling.ts";

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
    const table = apiEnv().BOOKING_TABLE;
    const party = await findParty(table, booking.bookingId);
    if (leadsGroup(booking, service) && mayBeCancelled(booking)) await closeSession(table, booking, now);
    const outcome = await decideAndSave(
      table,
      now,
      async () => {
        const current = (await findBooking(table, booking.bookingId)) ?? booking;
        if (current.version !== booking.version) return refuse("changed");
        return cancel(current, service, await ledgersOf(table, current.ledgers), { by: "staff", now });
      },
      await telling(apiEnv(), { service, party, saves: false, now }, (change, letter) =>
        booking.status === "held" ? [] : [cancelledEvent(change, "staff", letter, now)],
      ),
    );
    return isRefused(outcome) ? refused(outcome) : bookingView(outcome, party, caller);
  },
});
