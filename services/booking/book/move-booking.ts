import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isRefused, refuse } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import { leadsGroup, move } from "./booking.ts";
import { findBooking, findParty } from "./booking-table.ts";
import { bookingView } from "./booking-view.ts";
import { bookingFor, instead, shown } from "./change-booking.ts";
import {
  answers,
  bookingParams,
  id,
  instant,
  noQuery,
  reason,
  version,
  wishOf,
  wishShape,
} from "./fields.ts";
import { hasGuests } from "./sessions.ts";
import { decideAndSave, worldAt } from "./take-time.ts";
import { movedEvent } from "./tell.ts";
import { telling } from "./telling.ts";

/** Moves a booking to another time, office, person or room. The version is the one that was seen. */
export const moveBooking = defineEndpoint({
  params: bookingParams,
  query: noQuery,
  body: z.object({
    version,
    office: id,
    startsAt: instant,
    agreed: reason,
    ...wishShape,
  }),
  ...answers,
  run: async ({ params, body, caller, now }) => {
    const found = await bookingFor(params.bookingId, caller);
    if (isRefused(found)) return found;
    const { booking, service } = found;
    if (!service.places.includes(body.office)) return refuse("not-found");
    if (booking.version !== body.version) return refuse("changed", { booking: await shown(booking, caller) });
    const table = apiEnv().BOOKING_TABLE;
    // Somebody else may lead it, in another room; guests have been told the time.
    const elsewhere = body.office !== booking.office || body.startsAt !== booking.startsAt;
    if (leadsGroup(booking, service) && elsewhere && (await hasGuests(table, booking)))
      return refuse("has-guests", { booking: await shown(booking, caller) });
    const party = await findParty(table, booking.bookingId);
    const to = {
      office: body.office,
      start: new Date(body.startsAt),
      wish: { ...wishOf(body), seats: booking.seats },
      audience: "internal",
      byUnit: caller.units.includes(service.unit),
      agreed: body.agreed === undefined ? null : { reason: body.agreed, by: caller.name },
    } as const;
    const outcome = await decideAndSave(
      table,
      now,
      async () => {
        const current = (await findBooking(table, booking.bookingId)) ?? booking;
        if (current.version !== booking.version) return refuse("changed");
        const world = await worldAt(
          table,
          { service, office: body.office },
          { ...to, also: current.ledgers },
        );
        return move(current, to, world, now);
      },
      await telling(apiEnv(), { service, party, saves: false, now }, (change, letter) => [
        movedEvent(change, booking, letter, now),
      ]),
    );
    if (!isRefused(outcome)) return bookingView(outcome, party, caller);
    return await instead(outcome, { service, ...to, now });
  },
});
