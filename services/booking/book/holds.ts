import { type Refused, refuse } from "#shared/refusal.ts";
import { type Entry, hasRoom, type Ledger } from "../ledger/ledger.ts";
import type { BookingChange } from "./booking.ts";

/** Where in a client's ledger a hold lies: all at the same minute, so that they are counted together. */
const counted = { start: 0, end: 1, before: 0, after: 0, seats: 1 };

/**
 * The same hold, counted among those of its client, in one transaction with it: nobody holds more times at once than `most`. A hold
 * whose time is out does not count, whether or not anything has removed it.
 */
export function countHold(
  change: BookingChange,
  client: Ledger,
  { most, now }: { most: number; now: Date },
): BookingChange | Refused<"too-many-holds"> {
  const look = { now: now.getTime(), internal: false };
  if (!hasRoom(Object.entries(client.entries), counted, most, look)) return refuse("too-many-holds");
  const { next } = change;
  const until = next.heldUntil === null ? undefined : Date.parse(next.heldUntil);
  const entry: Entry = { ...counted, kind: "hold", until };
  const { resource, date } = client;
  return {
    ...change,
    next: { ...next, ledgers: [...next.ledgers, { resource, date }] },
    ledgers: [...change.ledgers, { ledger: client, put: { [next.bookingId]: entry }, remove: [] }],
  };
}
