import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isRefused, refuse } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import { findBooking, findParty } from "./booking-table.ts";
import { bookingView } from "./booking-view.ts";
import { bookingFor, refused, shown } from "./change-booking.ts";
import { answers, bookingParams, noQuery, version } from "./fields.ts";
import { noteInterpreter } from "./interpreter.ts";
import { decideAndSave } from "./take-time.ts";

/** Notes that the interpreter has been ordered, by which reference; or called off, when none is needed any more. */
export const noteInterpreterOrdered = defineEndpoint({
  params: bookingParams,
  query: noQuery,
  body: z.object({ version, reference: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)) }),
  ...answers,
  run: async ({ params, body, caller, now }) => {
    const found = await bookingFor(params.bookingId, caller);
    if (isRefused(found)) return found;
    const { booking } = found;
    const table = apiEnv().BOOKING_TABLE;
    if (booking.version !== body.version) return refuse("changed", { booking: await shown(booking, caller) });
    const outcome = await decideAndSave(
      table,
      now,
      async () => {
        const current = (await findBooking(table, booking.bookingId)) ?? booking;
        return current.version === booking.version
          ? noteInterpreter(current, body.reference)
          : refuse("changed");
      },
      { events: () => Promise.resolve([]) },
    );
    if (isRefused(outcome)) return refused(outcome);
    return bookingView(outcome, await findParty(table, booking.bookingId), caller);
  },
});
