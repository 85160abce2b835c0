import { municipality } from "#shared/config.ts";
import { shortHash } from "#shared/ids.ts";
import { macBytes, macOf } from "#shared/link-token.ts";
import { isRefused, type Refused, refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { type Booking, confirm, type TakeRefusal, take } from "../book/booking.ts";
import { findBooking, type Party } from "../book/booking-table.ts";
import { countHold } from "../book/holds.ts";
import type { BookingService, Wish } from "../book/offer.ts";
import { decideAndSave, ledgersOf, worldAt } from "../book/take-time.ts";
import { madeEvent } from "../book/tell.ts";
import { telling } from "../book/telling.ts";
import { pagesEnv } from "../env.ts";
import { readLedgers } from "../ledger/ledger-table.ts";
import { endingWith } from "../waiting/waiting-table.ts";

export type HoldAsked = {
  service: BookingService;
  office: string;
  start: Date;
  wish: Wish;
  /** The form's. Sent twice with the same time it is one hold. */
  key: string;
  client: string;
  /** By whose place in line it is taken. */
  waitingId?: string | undefined;
};

/** Holds a time for a citizen while they say who comes. */
export async function holdTime(
  { service, office, start, wish, key, client, waitingId }: HoldAsked,
  now: Date,
): Promise<Booking | Refused<TakeRefusal | "too-many-holds" | "busy">> {
  const { BOOKING_TABLE } = pagesEnv();
  const { organisation, booking } = municipality();
  const asked = shortHash(JSON.stringify({ service: service.id, office, start, wish, waitingId }));
  const bookingId = shortHash(["booking", organisation.id, "public", key, asked].join("|"));
  const before = await findBooking(BOOKING_TABLE, bookingId);
  if (before !== undefined) return before;
  if (start.getTime() % (booking.gridMinutes * 60_000) !== 0) return refuse("outside-hours");
  const holds = await clientLedger(client, now);
  const held = await decideAndSave(
    BOOKING_TABLE,
    now,
    async () => {
      const [world, [ledger]] = await Promise.all([
        worldAt(BOOKING_TABLE, { service, office }, { start, wish }),
        readLedgers(BOOKING_TABLE, [holds]),
      ]);
      const { holdMinutes, holdsPerClient } = booking;
      const asking = { office, start, wish, audience: "public", byUnit: false, holdMinutes } as const;
      const change = take({ ...asking, bookingId, agreed: null, caseId: null, asked }, world, now);
      if (isRefused(change)) return change;
      if (ledger === undefined) throw new Error("the client's ledger was not read");
      const byPlace = { ...change, next: { ...change.next, waitingId } };
      return countHold(byPlace, ledger, { most: holdsPerClient, now });
    },
    { events: () => Promise.resolve([]) },
  );
  if (!isRefused(held)) return held;
  // It may be this very form that has the time, a moment ago.
  const there = await findBooking(BOOKING_TABLE, bookingId);
  return there ?? (held as Refused<Exclude<typeof held.refused, "there-already">>);
}

/** A client's ledger of a day. By a MAC of the address: from the row nobody finds out whose it is, nor that two days' are one's. */
export async function clientLedger(client: string, now: Date) {
  const date = localDate(now);
  const mac = await macOf(pagesEnv().LINK_KEY, [municipality().organisation.id, "client", date, client]);
  const name = Buffer.from(mac.subarray(0, macBytes)).toString("hex");
  return { resource: `client:${name}` as const, date };
}

/** Makes a hold a booking, and ends the wait for it once it is theirs. What is confirmed already stays as it is, and who comes with it. */
export async function confirmHold(
  booking: Booking,
  { service, party }: { service: BookingService; party: Party },
  now: Date,
) {
  const stores = pagesEnv();
  const { waitingId } = booking;
  const told = await telling(stores, { service, party, now }, (change, letter) => [
    madeEvent(change, letter, now),
  ]);
  return await decideAndSave(
    stores.BOOKING_TABLE,
    now,
    async () => {
      // The ledgers first: a hold that is confirmed between the reads is then a booking, and not one that ran out.
      const ledgers = await ledgersOf(stores.BOOKING_TABLE, booking.ledgers);
      const current = (await findBooking(stores.BOOKING_TABLE, booking.bookingId)) ?? booking;
      return confirm(current, service, ledgers, { byUnit: false, now });
    },
    { ...told, rows: ({ next }) => endingWith(stores.BOOKING_TABLE, next, waitingId, now) },
  );
}
