import { municipality } from "#shared/config.ts";
import { localDate } from "#shared/time/working-time.ts";
import { findBookings } from "../book/booking-table.ts";
import { uidOf, whereOf } from "../book/calendar-file.ts";
import { pagesEnv } from "../env.ts";
import { feed } from "../invitation/ics.ts";
import { readLedgers } from "../ledger/ledger-table.ts";
import { personOfFeed } from "../people/feed-table.ts";
import { calendarFeed, type HttpResult, notFound } from "./answer.tsx";
import type { PageRequest } from "./request.ts";

/** How many days of meetings a feed shows: those of a week ago and those of a quarter to come, today among them. */
const daysBack = 7;
const daysAhead = 92;
const dayMs = 86_400_000;

/**
 * `/b/kalender/<token>.ics`: one person's meetings, also those in which they interpret, as their calendar fetches them. By their
 * ledgers and not by an index: what was given back a moment ago is not in it.
 */
export async function feedPages({ posted, path }: PageRequest, now: Date): Promise<HttpResult> {
  const [, file = "", ...more] = path;
  if (posted || more.length > 0 || !file.endsWith(".ics")) return notFound();
  const { BOOKING_TABLE } = pagesEnv();
  const person = await personOfFeed(BOOKING_TABLE, file.slice(0, -".ics".length));
  if (person === undefined) return notFound();
  const noon = Date.parse(`${localDate(now)}T12:00:00Z`);
  const dates = Array.from({ length: daysBack + daysAhead + 1 }, (_, n) =>
    localDate(new Date(noon + (n - daysBack) * dayMs)),
  );
  const ledgers = await readLedgers(
    BOOKING_TABLE,
    dates.map((date) => ({ resource: `person:${person}`, date })),
  );
  const ids = ledgers.flatMap(({ entries }) =>
    Object.entries(entries).flatMap(([bookingId, { kind }]) => (kind === "meeting" ? [bookingId] : [])),
  );
  const bookings = await findBookings(BOOKING_TABLE, ids);
  const meetings = [...bookings.values()]
    .filter(({ status }) => status !== "cancelled" && status !== "held")
    .toSorted((one, other) => one.startsAt.localeCompare(other.startsAt))
    .map((booking) => ({
      uid: uidOf(booking),
      sequence: booking.sequence,
      start: new Date(booking.startsAt),
      end: new Date(booking.endsAt),
      place: whereOf(booking),
      tentative: booking.status === "requested",
    }));
  return calendarFeed(feed({ address: municipality().mail.official }, meetings, now));
}
