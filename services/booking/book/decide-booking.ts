import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isRefused, type Refused, refuse } from "#shared/refusal.ts";
import type { Staff } from "#shared/staff.ts";
import { apiEnv } from "../env.ts";
import { endingWith } from "../waiting/waiting-table.ts";
import type { Booking, BookingChange } from "./booking.ts";
import { findBooking, findParty } from "./booking-table.ts";
import { bookingView } from "./booking-view.ts";
import { bookingFor, refused, shown } from "./change-booking.ts";
import { answers, bookingParams, noQuery, version } from "./fields.ts";
import type { BookingService } from "./offer.ts";
import { approve, decline } from "./request.ts";
import { decideAndSave, ledgersOf } from "./take-time.ts";
import { approvedEvent, declinedEvent } from "./tell.ts";
import { telling } from "./telling.ts";

/** The unit says yes to what somebody else has booked on its behalf. */
export const approveBooking = defineEndpoint({
  params: bookingParams,
  query: noQuery,
  body: z.object({ version }),
  ...answers,
  run: async ({ params, body, caller, now }) =>
    await decide(
      { bookingId: params.bookingId, version: body.version, caller, now },
      (booking) => approve(booking, { by: caller.name, now }),
      (change, letter) => [approvedEvent(change, letter, now)],
    ),
});

/** The unit says no, and why. The citizen is told the reason as it is written. */
export const declineBooking = defineEndpoint({
  params: bookingParams,
  query: noQuery,
  body: z.object({ version, reason: z.string().check(z.trim(), z.minLength(3), z.maxLength(500)) }),
  ...answers,
  run: async ({ params, body, caller, now }) =>
    await decide(
      { bookingId: params.bookingId, version: body.version, caller, now },
      async (booking, service) => {
        const ledgers = await ledgersOf(apiEnv().BOOKING_TABLE, booking.ledgers);
        return decline(booking, service, ledgers, { by: caller.name, reason: body.reason, now });
      },
      (change, letter) => [declinedEvent(change, "unit", letter, now)],
    ),
});

type Decision = BookingChange | Refused<"wrong-status" | "has-begun">;

async function decide(
  asked: { bookingId: string; version: number; caller: Staff; now: Date },
  decision: (booking: Booking, service: BookingService) => Decision | Promise<Decision>,
  events: Parameters<typeof telling>[2],
) {
  const { caller, now } = asked;
  const found = await bookingFor(asked.bookingId, caller);
  if (isRefused(found)) return found;
  const { booking, service } = found;
  if (!caller.units.includes(booking.unit)) return refuse("not-your-unit");
  const table = apiEnv().BOOKING_TABLE;
  if (booking.version !== asked.version) return refuse("changed", { booking: await shown(booking, caller) });
  const party = await findParty(table, booking.bookingId);
  const outcome = await decideAndSave(
    table,
    now,
    async () => {
      const current = (await findBooking(table, booking.bookingId)) ?? booking;
      return current.version === booking.version ? await decision(current, service) : refuse("changed");
    },
    {
      ...(await telling(apiEnv(), { service, party, saves: false, now }, events)),
      rows: ({ next }) => endingWith(table, next, booking.waitingId, now),
    },
  );
  return isRefused(outcome) ? refused(outcome) : bookingView(outcome, party, caller);
}
