import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { leadsGroup } from "../book/booking.ts";
import { bookingsOfDay } from "../book/booking-table.ts";
import { id, noQuery } from "../book/fields.ts";
import { serviceOf } from "../book/take-time.ts";
import { apiEnv } from "../env.ts";
import { floorOf, placeOf } from "./access.ts";
import { figuresOfDay } from "./day-figures.ts";
import { visitsOfDay } from "./visit-table.ts";

const counts = {
  booked: z.int(),
  dropIn: z.int(),
  noShow: z.int(),
  total: z.int(),
  handedIn: z.int(),
  turnedAway: z.int(),
  wentAway: z.int(),
  medianWaitingSeconds: z.nullable(z.int()),
};

/** How many came to an office on a day, floor by floor, and how long they waited. */
export const showFigures = defineEndpoint({
  params: z.object({ office: id, date: z.iso.date() }),
  query: noQuery,
  answer: z.object({
    floors: z.array(z.object({ floor: z.nullable(z.int()), ...counts })),
    all: z.object(counts),
  }),
  run: async ({ params: { office, date }, now }) => {
    const table = apiEnv().BOOKING_TABLE;
    const place = placeOf(office);
    if (place === undefined) return refuse("not-found");
    const [visits, bookings] = await Promise.all([
      visitsOfDay(table, office, date),
      bookingsOfDay(table, office, date),
    ]);
    const expected = bookings
      // Whoever borrows a room need not pass the reception, and whoever leads a meeting for a group is here.
      .filter((booking) => {
        const service = serviceOf(booking.service);
        return service === undefined || (service.needs.person && !leadsGroup(booking, service));
      })
      .map(({ bookingId, status, endsAt, unit }) => ({
        bookingId,
        status,
        endsAt,
        floor: floorOf(place, unit)?.number ?? null,
      }));
    const { floors, all } = figuresOfDay(visits, expected, now);
    return { floors: [...floors], all };
  },
});
