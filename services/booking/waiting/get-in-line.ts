import { municipality } from "#shared/config.ts";
import { writeLetter } from "#shared/letter.ts";
import { isRefused, type Refused, refuse } from "#shared/refusal.ts";
import type { BookingService } from "../book/offer.ts";
import { type Entry, hasRoom } from "../ledger/ledger.ts";
import { type LedgerOf, putLedger, readLedgers } from "../ledger/ledger-table.ts";
import { letterTo, startedEvent } from "./letter.ts";
import { startWaiting, type Waiting, type WaitingAsked } from "./waiting.ts";
import {
  type Contact,
  clientOf,
  contactRows,
  countOpen,
  findWaiting,
  findWaitingClient,
  saved,
  waitingRows,
} from "./waiting-table.ts";

type Stores = { BOOKING_TABLE: string; LETTERS_BUCKET: string };

/** So many may get in line from one network in a day: a library has one for all its visitors. */
const mostADay = 10;
/** Where in a client's ledger it is counted: beside the holds. */
const counted = { start: 1, end: 2, before: 0, after: 0, seats: 1 };
const tries = 10;

export type LineRefusal = "date-passed" | "too-many-days" | "too-many-waiting" | "other-wish" | "busy";

/**
 * Puts somebody in line, and tells them so by mail. Asked again with the same id it is the same place in line. `network`: the ledger of
 * a client of the public, in which it is counted what they have asked for today.
 */
export async function getInLine(
  { BOOKING_TABLE, LETTERS_BUCKET }: Stores,
  asked: Omit<WaitingAsked, "unit" | "service">,
  about: { service: BookingService; contact: Contact; network?: LedgerOf },
  now: Date,
): Promise<Waiting | Refused<LineRefusal>> {
  const { service, contact, network } = about;
  const next = startWaiting({ ...asked, service: service.id, unit: service.unit }, now);
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const before = await findWaiting(BOOKING_TABLE, asked.waitingId);
    if (before !== undefined) return before.asked === asked.asked ? before : refuse("other-wish");
    if (isRefused(next)) return next;
    const [open, ledgers] = await Promise.all([
      findWaitingClient(BOOKING_TABLE, clientOf(contact)),
      network === undefined ? [] : readLedgers(BOOKING_TABLE, [network]),
    ]);
    const look = { now: now.getTime(), internal: false };
    const full = ledgers.some(({ entries }) => !hasRoom(Object.entries(entries), counted, mostADay, look));
    if (full || countOpen(open, now) >= municipality().booking.waitingPerClient)
      return refuse("too-many-waiting");
    const letter = letterTo(contact.email, next, service, undefined);
    await writeLetter(LETTERS_BUCKET, letter);
    const entry: Entry = { ...counted, kind: "hold", until: now.getTime() + 24 * 3_600_000 };
    const rows = [
      ...waitingRows(BOOKING_TABLE, { next, seen: 0, events: [startedEvent(next, letter, now)] }),
      ...contactRows(BOOKING_TABLE, next, { contact, client: open }),
      ...ledgers.map((ledger) =>
        putLedger(
          BOOKING_TABLE,
          { ledger, put: { [`w-${next.waitingId}`]: entry }, remove: [] },
          now.getTime(),
        ),
      ),
    ];
    if (await saved(rows)) return next;
  }
  return refuse("busy");
}
