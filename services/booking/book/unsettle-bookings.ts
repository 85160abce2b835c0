import type { Ledger, LedgerChange, Resource } from "../ledger/ledger.ts";
import { type LedgerOf, readLedgers } from "../ledger/ledger-table.ts";
import { type Booking, type BookingChange, unsettle } from "./booking.ts";
import { findBooking } from "./booking-table.ts";
import { ledgerName } from "./offer.ts";

/**
 * Unsettles meetings of one person, or in one room: the changes, and all ledgers that they are about, those that were known already
 * included. A meeting across midnight leaves both days.
 */
export async function unsettleBookings(
  bookingTable: string,
  resource: Resource,
  bookingIds: readonly string[],
  known: readonly Ledger[],
  which: (booking: Booking) => boolean = () => true,
): Promise<{ changes: readonly BookingChange[]; ledgers: readonly Ledger[] }> {
  const found = await Promise.all(bookingIds.map((bookingId) => findBooking(bookingTable, bookingId)));
  const bookings = found.filter((booking) => booking !== undefined).filter(which);
  const there = new Map(known.map((ledger) => [ledgerName(ledger), ledger]));
  const others = new Map<string, LedgerOf>();
  for (const { ledgers } of bookings)
    for (const of of ledgers)
      if (of.resource === resource && !there.has(ledgerName(of))) others.set(ledgerName(of), of);
  for (const ledger of await readLedgers(bookingTable, [...others.values()]))
    there.set(ledgerName(ledger), ledger);
  const changes = bookings.flatMap((booking) => unsettle(booking, resource, there) ?? []);
  return { changes, ledgers: [...there.values()] };
}

/** One change for each ledger, with all that leaves it: a transaction names a row once. */
export function leaving(
  ledgers: readonly Ledger[],
  changes: readonly BookingChange[],
): readonly LedgerChange[] {
  return ledgers.map((ledger) => ({
    ledger,
    put: {},
    remove: changes.flatMap((change) =>
      change.ledgers.filter((one) => one.ledger === ledger).flatMap(({ remove }) => remove),
    ),
  }));
}
