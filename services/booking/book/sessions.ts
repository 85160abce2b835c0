import { transactOnce } from "#shared/table.ts";
import { putLedger, readLedgers } from "../ledger/ledger-table.ts";
import { type Booking, seatsLeft, sessionLedger } from "./booking.ts";
import { bookingRows, pendingBookings } from "./booking-table.ts";
import { ledgerName, minuteOf } from "./offer.ts";
import { ledgersOf, type Where } from "./take-time.ts";
import { unsettledEvent } from "./tell.ts";
import { leaving, unsettleBookings } from "./unsettle-bookings.ts";

const tries = 10;
/** Guests unsettled in one transaction: each is a booking and an event and perhaps two lists, of a hundred rows. */
const guestsAtOnce = 24;

/**
 * A meeting for a group is called off: no seat can be taken any more, and its guests need another time. So many at a time; broken off, it goes
 * on when it is asked again.
 */
export async function closeSession(bookingTable: string, host: Booking, now: Date): Promise<void> {
  const of = sessionLedger(host);
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const [ledger] = await readLedgers(bookingTable, [of]);
    if (ledger === undefined) throw new Error("a ledger is always read, also one without a row");
    const guests = Object.entries(ledger.entries).flatMap(([id, { kind }]) =>
      kind === "meeting" ? [id] : [],
    );
    const { changes } = await unsettleBookings(bookingTable, of.resource, guests.slice(0, guestsAtOnce), [
      ledger,
    ]);
    const [left] = leaving([ledger], changes);
    const times = { start: minuteOf(new Date(host.startsAt)), end: minuteOf(new Date(host.endsAt)) };
    const closed = { kind: "block", ...times, before: 0, after: 0, seats: 1 } as const;
    const outcome = await transactOnce([
      putLedger(bookingTable, { ledger, put: { closed }, remove: left?.remove ?? [] }, now.getTime()),
      ...changes.flatMap((change) =>
        bookingRows(
          bookingTable,
          { ...change, ledgers: [] },
          { events: [unsettledEvent(change, "absence", now)], now },
        ),
      ),
    ]);
    if (outcome === "conflict" || !outcome.done) continue;
    if (guests.length <= guestsAtOnce) return;
    attempt = 0;
  }
  throw new Error(`the session changed in ${tries} rounds`);
}

/** A meeting for a group to which one can still come, and how many seats are left, to somebody here. */
export type Session = { host: Booking; seatsLeft: number };

/** A service's meetings for groups at an office that begin within a time, in order. */
export async function sessionsBetween(
  bookingTable: string,
  { service, office }: Where,
  { from, to, now }: { from: Date; to: Date; now: Date },
): Promise<readonly Session[]> {
  const all = await pendingBookings(bookingTable, `guests ${service.id}`);
  const hosts = all.filter(
    (one) => one.office === office && one.startsAt >= from.toISOString() && one.startsAt <= to.toISOString(),
  );
  const ledgers = await ledgersOf(bookingTable, hosts.map(sessionLedger));
  return hosts.map((host) => {
    const ledger = ledgers.get(ledgerName(sessionLedger(host)));
    return { host, seatsLeft: ledger === undefined ? 0 : seatsLeft(ledger, service.seats, now) };
  });
}

/** Whether anybody has seats. */
export async function hasGuests(bookingTable: string, host: Booking): Promise<boolean> {
  const [ledger] = await readLedgers(bookingTable, [sessionLedger(host)]);
  return (
    ledger !== undefined &&
    Object.values(ledger.entries).some(({ kind }) => kind === "meeting" || kind === "hold")
  );
}
