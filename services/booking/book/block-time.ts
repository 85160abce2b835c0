import { type TransactItem, transactOnce } from "#shared/table.ts";
import { localDate } from "#shared/time/working-time.ts";
import { datesOf } from "../hours/local-dates.ts";
import type { Entry, Ledger, Resource } from "../ledger/ledger.ts";
import { type LedgerOf, putLedger, readLedgers } from "../ledger/ledger-table.ts";
import type { Booking } from "./booking.ts";
import { bookingRows } from "./booking-table.ts";
import { minuteOf } from "./offer.ts";
import { unsettledEvent } from "./tell.ts";
import { leaving, unsettleBookings } from "./unsettle-bookings.ts";

const tries = 10;

/** A stretch in which somebody or a room cannot be had, as instants. `id`: by what its entries go in the ledgers. */
export type Block = { resource: Resource; id: string; from: string; to: string };

/**
 * Blocks a stretch, a local date at a time: the ledger gets an entry, and each meeting that it meets is unsettled in the same transaction.
 * None is removed. Repeated with the same id it changes nothing more, so one that was broken off is simply entered again. `row`: what is
 * kept of why, written with each date. Returns the bookings that need somebody's care.
 */
export async function blockTime(
  bookingTable: string,
  block: Block,
  { cause, row, now }: { cause: "absence" | "room"; row: TransactItem; now: Date },
): Promise<readonly Booking[]> {
  const unsettled: Booking[] = [];
  for (const date of datesIn(block))
    unsettled.push(...(await blockDate(bookingTable, block, date, { cause, row, now })));
  return unsettled;
}

function datesIn({ from, to }: Block): readonly string[] {
  return datesOf(localDate(new Date(from)), localDate(new Date(Date.parse(to) - 1)));
}

async function blockDate(
  bookingTable: string,
  block: Block,
  date: string,
  { cause, row, now }: { cause: "absence" | "room"; row: TransactItem; now: Date },
): Promise<readonly Booking[]> {
  const { resource } = block;
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const ledger = await readOne(bookingTable, { resource, date });
    const hit = idsWithin(ledger, block, "meeting");
    const { changes, ledgers } = await unsettleBookings(bookingTable, resource, hit, [ledger]);
    const items: TransactItem[] = [
      ...leaving(ledgers, changes).map((change) =>
        putLedger(
          bookingTable,
          change.ledger === ledger
            ? {
                ledger,
                put: { [block.id]: entryOf(block) },
                // A hold goes too: whoever has it is told so when they confirm.
                remove: [...change.remove, ...idsWithin(ledger, block, "hold")],
              }
            : change,
          now.getTime(),
        ),
      ),
      row,
      ...changes.flatMap((change) =>
        bookingRows(
          bookingTable,
          { ...change, ledgers: [] },
          { events: [unsettledEvent(change, cause, now)], now },
        ),
      ),
    ];
    const outcome = await transactOnce(items);
    if (outcome !== "conflict" && outcome.done) return changes.map(({ next }) => next);
  }
  throw new Error(`the ledger changed in ${tries} rounds`);
}

async function readOne(bookingTable: string, of: LedgerOf): Promise<Ledger> {
  const [ledger] = await readLedgers(bookingTable, [of]);
  if (ledger === undefined) throw new Error("a ledger is always read, also one without a row");
  return ledger;
}

function idsWithin(ledger: Ledger, block: Block, kind: Entry["kind"]): readonly string[] {
  const { start, end } = entryOf(block);
  return Object.entries(ledger.entries).flatMap(([id, entry]) =>
    entry.kind === kind && entry.start < end && start < entry.end ? [id] : [],
  );
}

function entryOf({ from, to }: Block): Entry {
  const minutes = { start: minuteOf(new Date(from)), end: minuteOf(new Date(to)) };
  return { kind: "block", ...minutes, before: 0, after: 0, seats: 1 };
}

/** It can be had after all: the entries go. Meetings that were moved meanwhile stay where they are. */
export async function unblockTime(bookingTable: string, block: Block, now: Date): Promise<void> {
  for (const date of datesIn(block)) {
    for (let attempt = 1; ; attempt += 1) {
      const ledger = await readOne(bookingTable, { resource: block.resource, date });
      if (ledger.entries[block.id] === undefined) break;
      const outcome = await transactOnce([
        putLedger(bookingTable, { ledger, put: {}, remove: [block.id] }, now.getTime()),
      ]);
      if (outcome !== "conflict" && outcome.done) break;
      if (attempt === tries) throw new Error(`the ledger changed in ${tries} rounds`);
    }
  }
}
