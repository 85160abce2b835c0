import { municipality } from "#shared/config.ts";
import { shortHash } from "#shared/ids.ts";
import { macBytes, macOf } from "#shared/link-token.ts";
import { isRefused, type Refused, refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import {
  type Asked,
  type Booking,
  type BookingChange,
  confirm,
  join,
  sessionLedger,
  type TakeRefusal,
  take,
} from "../book/booking.ts";
import { findBooking, type Party } from "../book/booking-table.ts";
import { countHold } from "../book/holds.ts";
import type { BookingService, Wish } from "../book/offer.ts";
import { decideAndSave, ledgersOf, type Where, worldAt } from "../book/take-time.ts";
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

type Held<Code extends string> = Promise<Booking | Refused<Code | "too-many-holds" | "busy">>;

/** Holds a time for a citizen while they say who comes. */
export async function holdTime(
  { service, office, start, wish, key, client, waitingId }: HoldAsked,
  now: Date,
): Held<TakeRefusal> {
  const { BOOKING_TABLE } = pagesEnv();
  const asked = shortHash(JSON.stringify({ service: service.id, office, start, wish, waitingId }));
  return await held({ key, asked, client }, now, async (asking) => {
    if (start.getTime() % (municipality().booking.gridMinutes * 60_000) !== 0) return refuse("outside-hours");
    const world = await worldAt(BOOKING_TABLE, { service, office }, { start, wish });
    const change = take({ ...asking, office, start, wish }, world, now);
    return isRefused(change) ? change : { ...change, next: { ...change.next, waitingId } };
  });
}

/** Holds seats in a meeting for a group. `not-found`: it is not there, or of something else. */
export async function holdSeats(
  {
    where: { service, office },
    session,
    seats,
    ...form
  }: { where: Where; session: string; seats: number; key: string; client: string },
  now: Date,
): Held<"taken" | "too-soon" | "too-far-away" | "wrong-status" | "not-found"> {
  const { BOOKING_TABLE } = pagesEnv();
  const asked = shortHash(JSON.stringify({ session, seats }));
  return await held({ ...form, asked }, now, async (asking) => {
    const host = await findBooking(BOOKING_TABLE, session);
    if (host?.service !== service.id || host.office !== office) return refuse("not-found");
    const start = new Date(host.startsAt);
    const ledgers = await ledgersOf(BOOKING_TABLE, [sessionLedger(host)]);
    const wish = { equipment: [], seats };
    return join({ ...asking, office, start, wish }, host, service, ledgers, now);
  });
}

type Asking = Omit<Asked, "office" | "start" | "wish">;

/** A hold, counted among its client's; the one that this form has made, if it has. */
async function held<Code extends string>(
  { key, asked, client }: { key: string; asked: string; client: string },
  now: Date,
  decide: (asking: Asking) => Promise<BookingChange | Refused<Code>>,
): Held<Code> {
  const { BOOKING_TABLE } = pagesEnv();
  const { organisation, booking } = municipality();
  const { holdMinutes, holdsPerClient } = booking;
  const bookingId = shortHash(["booking", organisation.id, "public", key, asked].join("|"));
  const before = await findBooking(BOOKING_TABLE, bookingId);
  if (before !== undefined) return before;
  const holds = await clientLedger(client, now);
  const outcome = await decideAndSave<Code | "too-many-holds">(
    BOOKING_TABLE,
    now,
    async () => {
      const [change, [ledger]] = await Promise.all([
        decide({
          bookingId,
          asked,
          holdMinutes,
          audience: "public",
          byUnit: false,
          agreed: null,
          caseId: null,
        }),
        readLedgers(BOOKING_TABLE, [holds]),
      ]);
      if (isRefused(change)) return change;
      if (ledger === undefined) throw new Error("the client's ledger was not read");
      return countHold(change, ledger, { most: holdsPerClient, now });
    },
    { events: () => Promise.resolve([]) },
  );
  if (!isRefused(outcome)) return outcome;
  // It may be this very form that has the time, a moment ago.
  const there = await findBooking(BOOKING_TABLE, bookingId);
  return there ?? (outcome as Refused<Exclude<typeof outcome.refused, "there-already">>);
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
