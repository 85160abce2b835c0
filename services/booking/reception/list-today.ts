import * as z from "zod/mini";
import { isSecretService } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { type Booking, leadsGroup } from "../book/booking.ts";
import { bookingsOfDay } from "../book/booking-table.ts";
import { noQuery } from "../book/fields.ts";
import { serviceOf } from "../book/take-time.ts";
import { apiEnv } from "../env.ts";
import { loansOut } from "../lending/loan-table.ts";
import { guestHostIn } from "../people/guest-hosts.ts";
import { floorOf, type Known, mayKnow, ownerOf, type Place, placeOf, receives, sees } from "./access.ts";
import { officeParams } from "./check-in.ts";
import { guestsToday, guestsTodaySchema } from "./guests-today.ts";
import { isUnanswered } from "./visit.ts";
import { nameKey, visitsOfDay } from "./visit-table.ts";
import { namesFor, partiesOf, visitView, visitViewSchema } from "./visit-view.ts";

/** A booked visitor who has not come yet. Of a `hidden` one time and floor are shown, and which guest host, and nothing else; check them in by `bookingId`. */
const expectedSchema = z.object({
  bookingId: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  floor: z.nullable(z.int()),
  /** Their host or room cannot: somebody must say so. */
  unsettled: z.boolean(),
  hidden: z.boolean(),
  name: z.nullable(z.string()),
  host: z.nullable(z.string()),
  service: z.nullable(z.string()),
  room: z.nullable(z.string()),
  /** Keys to the premises that they have hired, of those that are in: one is handed out when they come. */
  keys: z.array(z.object({ item: z.string(), name: z.string(), number: z.nullable(z.string()) })),
});

/** An office's day: who is expected and who has come. The reception sees all, a floor's coordinator the floor's, an officer their own. */
export const listToday = defineEndpoint({
  params: officeParams,
  query: noQuery,
  answer: z.object({
    date: z.string(),
    floors: z.array(z.object({ number: z.int(), name: z.string(), secret: z.boolean() })),
    expected: z.array(expectedSchema),
    visits: z.array(visitViewSchema),
    /** To the reception alone. */
    guests: z.array(guestsTodaySchema),
    /** Numbers of those whose host was told more than five minutes ago and has not come. */
    callAgain: z.array(z.int()),
  }),
  run: async ({ params: { office }, caller, now }) => {
    const table = apiEnv().BOOKING_TABLE;
    const place = placeOf(office);
    if (place === undefined) return refuse("not-found");
    const date = localDate(now);
    const [allVisits, allBookings, keysIn] = await Promise.all([
      visitsOfDay(table, office, date),
      bookingsOfDay(table, office, date),
      receives(caller) ? keysThatAreIn(table, place) : [],
    ]);
    const visits = allVisits.filter((visit) => sees(caller, visit));
    // The list of bookings is a moment behind the visits.
    const come = new Set(
      allVisits.filter(({ state }) => state !== "mistaken").map(({ bookingId }) => bookingId),
    );
    const expected = allBookings
      .filter((booking) => isExpected(booking) && !come.has(booking.bookingId))
      .map((booking) => ({ booking, known: knownOf(place, booking) }))
      .filter(({ known }) => sees(caller, known));
    const [names, parties] = await Promise.all([
      namesFor(table, visits, caller),
      partiesOf(
        table,
        expected.filter(({ known }) => mayKnow(caller, known)).map(({ booking }) => booking.bookingId),
      ),
    ]);
    return {
      date,
      floors: place.floors.map(({ number, name, secret }) => ({ number, name, secret: secret === true })),
      expected: expected.map(({ booking, known }) => ({
        bookingId: booking.bookingId,
        startsAt: booking.startsAt,
        endsAt: booking.endsAt,
        floor: known.floor,
        unsettled: booking.status === "unsettled",
        ...(mayKnow(caller, known)
          ? {
              hidden: false,
              name: parties.get(booking.bookingId)?.name ?? null,
              host: booking.person,
              service: booking.service,
              room: booking.room,
              keys: keysFor(booking, keysIn),
            }
          : {
              hidden: true,
              name: null,
              host: guestHostIn(booking.person),
              service: null,
              room: null,
              keys: [],
            }),
      })),
      visits: visits.map((visit) => visitView(visit, names.get(nameKey(visit)), caller, now)),
      guests: receives(caller)
        ? await guestsToday(table, { office, date, expected: expected.map(({ booking }) => booking), visits })
        : [],
      callAgain: visits.filter((visit) => isUnanswered(visit, now)).map(({ number }) => number),
    };
  },
});

/** To a meeting for a group its guests come; whoever leads it is here. */
function isExpected(booking: Booking): boolean {
  const service = serviceOf(booking.service);
  if (service !== undefined && leadsGroup(booking, service)) return false;
  return booking.status === "confirmed" || booking.status === "unsettled";
}

/** Keys to premises that nobody has. Where there are none no question is asked. */
async function keysThatAreIn(table: string, { id, items }: Place): Promise<Place["items"]> {
  const keys = items.filter(({ room }) => room !== undefined);
  if (keys.length === 0) return [];
  const out = new Set((await loansOut(table, id)).map(({ item }) => item));
  return keys.filter((key) => !out.has(key.id));
}

function keysFor({ room, status }: Booking, keys: Place["items"]) {
  if (room === null || status !== "confirmed") return [];
  return keys
    .filter((key) => key.room === room)
    .map(({ id, name, number = null }) => ({ item: id, name, number }));
}

/** Who may know of a booking's visitor, as when they have come. */
function knownOf(place: Place, booking: Booking): Known {
  const floor = floorOf(place, booking.unit);
  const secret = floor?.secret === true || isSecretService(booking.service);
  return {
    office: booking.office,
    floor: floor?.number ?? null,
    secret,
    unit: ownerOf(booking),
    host: booking.person,
  };
}
