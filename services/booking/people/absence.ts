import { newId } from "#shared/ids.ts";
import { type TransactItem, transactOnce } from "#shared/table.ts";
import { localDate } from "#shared/time/working-time.ts";
import type { Booking } from "../book/booking.ts";
import { bookingRows } from "../book/booking-table.ts";
import { minuteOf } from "../book/offer.ts";
import { unsettledEvent } from "../book/tell.ts";
import { leaving, unsettleBookings } from "../book/unsettle-bookings.ts";
import { datesOf } from "../hours/local-dates.ts";
import { absenceKey } from "../keys.ts";
import type { Entry, Ledger, Resource } from "../ledger/ledger.ts";
import { putLedger, readLedgers } from "../ledger/ledger-table.ts";
import type { KeptAbsence } from "./absence-table.ts";

const tries = 10;

/**
 * Enters that a person is away, a local date at a time: the ledger gets a block, and each meeting that it meets is unsettled in the same
 * transaction. None is removed. Repeated with the same id it changes nothing more, so one that was broken off is simply entered again.
 * Returns the bookings that need somebody's care.
 */
export async function enterAbsence(
  bookingTable: string,
  absence: KeptAbsence,
  now: Date,
): Promise<readonly Booking[]> {
  const resource: Resource = `person:${absence.person}`;
  const end = new Date(Date.parse(absence.to) - 1);
  const dates = datesOf(localDate(new Date(absence.from)), localDate(end));
  const unsettled: Booking[] = [];
  for (const date of dates)
    unsettled.push(...(await blockDate(bookingTable, absence, { resource, date }, now)));
  return unsettled;
}

export const newAbsenceId = newId;

async function blockDate(
  bookingTable: string,
  absence: KeptAbsence,
  of: { resource: Resource; date: string },
  now: Date,
): Promise<readonly Booking[]> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const [ledger] = await readLedgers(bookingTable, [of]);
    if (ledger === undefined) throw new Error("a ledger is always read, also one without a row");
    const hit = idsWithin(ledger, absence, "meeting");
    const { changes, ledgers } = await unsettleBookings(bookingTable, of.resource, hit, [ledger]);
    const items: TransactItem[] = [
      ...leaving(ledgers, changes).map((change) =>
        putLedger(
          bookingTable,
          change.ledger === ledger
            ? {
                ledger,
                put: { [`a-${absence.absenceId}`]: block(absence) },
                // A hold goes too: whoever has it is told so when they confirm.
                remove: [...change.remove, ...idsWithin(ledger, absence, "hold")],
              }
            : change,
          now.getTime(),
        ),
      ),
      {
        Put: {
          TableName: bookingTable,
          Item: { ...absenceKey(absence.person, absence.from, absence.absenceId), ...absence },
        },
      },
      ...changes.flatMap((change) =>
        bookingRows(
          bookingTable,
          { ...change, ledgers: [] },
          { events: [unsettledEvent(change, "absence", now)], now },
        ),
      ),
    ];
    const outcome = await transactOnce(items);
    if (outcome !== "conflict" && outcome.done) return changes.map(({ next }) => next);
  }
  throw new Error(`the ledger changed in ${tries} rounds`);
}

function idsWithin(ledger: Ledger, absence: KeptAbsence, kind: Entry["kind"]): readonly string[] {
  const { start, end } = block(absence);
  return Object.entries(ledger.entries).flatMap(([id, entry]) =>
    entry.kind === kind && entry.start < end && start < entry.end ? [id] : [],
  );
}

function block({ from, to }: KeptAbsence): Entry {
  const minutes = { start: minuteOf(new Date(from)), end: minuteOf(new Date(to)) };
  return { kind: "block", ...minutes, before: 0, after: 0, seats: 1 };
}

/** The person is back after all: the block goes. Meetings that were moved meanwhile stay where they are. */
export async function liftAbsence(bookingTable: string, absence: KeptAbsence, now: Date): Promise<void> {
  const resource: Resource = `person:${absence.person}`;
  const last = localDate(new Date(Date.parse(absence.to) - 1));
  for (const date of datesOf(localDate(new Date(absence.from)), last)) {
    for (let attempt = 1; ; attempt += 1) {
      const [ledger] = await readLedgers(bookingTable, [{ resource, date }]);
      const id = `a-${absence.absenceId}`;
      if (ledger?.entries[id] === undefined) break;
      const outcome = await transactOnce([
        putLedger(bookingTable, { ledger, put: {}, remove: [id] }, now.getTime()),
      ]);
      if (outcome !== "conflict" && outcome.done) break;
      if (attempt === tries) throw new Error(`the ledger changed in ${tries} rounds`);
    }
  }
}
