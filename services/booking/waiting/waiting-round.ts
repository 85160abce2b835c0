import { writeLetter } from "#shared/letter.ts";
import { localDate } from "#shared/time/working-time.ts";
import { isOpen } from "../book/booking.ts";
import { findBookings } from "../book/booking-table.ts";
import type { BookingService, Slot } from "../book/offer.ts";
import { serviceOf, timesBetween } from "../book/take-time.ts";
import { placeOf } from "../offices/publish.ts";
import { letterTo, timeFreeEvent } from "./letter.ts";
import { isOver, mayBeTold, type Telling, tellings, toldOf, type Waiting } from "./waiting.ts";
import { findContacts, finishWaiting, openWaiting, saved, waitingRows } from "./waiting-table.ts";
import { wishOfWaiting } from "./wish.ts";

type Stores = { BOOKING_TABLE: string; LETTERS_BUCKET: string };

/**
 * Tells those who wait of times that are free, service by service and office by office; who has nothing left to wait for is taken out of
 * line. Each telling is saved over what was read: of two rounds one tells.
 */
export async function waitingRound(stores: Stores, now: Date): Promise<{ told: number; over: number }> {
  const { BOOKING_TABLE } = stores;
  const all = await openWaiting(BOOKING_TABLE);
  const earlier = await findBookings(
    BOOKING_TABLE,
    all.flatMap(({ bookingId }) => bookingId ?? []),
  );
  /** When the booking begins that they would be rid of; `null`: it is gone, or has been. */
  const beforeOf = ({ bookingId }: Waiting): string | null | undefined => {
    if (bookingId === null) return undefined;
    const booking = earlier.get(bookingId);
    return booking !== undefined && isOpen(booking) && booking.startsAt > now.toISOString()
      ? booking.startsAt
      : null;
  };
  let over = 0;
  let told = 0;
  for (const group of Map.groupBy(all, ({ service, office }) => `${service} ${office}`).values()) {
    const [first] = group;
    const service = first === undefined ? undefined : serviceOf(first.service);
    const there =
      first !== undefined && placeOf(first.office) !== undefined && service?.places.includes(first.office);
    const ended = group.filter((one) => there !== true || isOver(one, now) || beforeOf(one) === null);
    for (const { waitingId } of ended)
      if (await finishWaiting(BOOKING_TABLE, waitingId, "over", now)) over += 1;
    const line = group
      .filter((one) => !ended.includes(one))
      .map((waiting) => ({ waiting, before: beforeOf(waiting) ?? undefined }));
    if (service === undefined || line.length === 0 || !mayBeTold(now)) continue;
    const waiting = line.map((one) => one.waiting);
    const free = await freeTimesOf(BOOKING_TABLE, service, waiting, now);
    const due = tellings(
      line.map((one) => ({ ...one, free: free.get(wishName(one.waiting)) ?? [] })),
      { noticeHours: service.noticeHours, now },
    );
    told += await tellAll(stores, service, due, now);
  }
  return { told, over };
}

const wishName = (waiting: Waiting): string => JSON.stringify(wishOfWaiting(waiting));

/** What the public may have, for each wish that somebody in line has. */
async function freeTimesOf(
  bookingTable: string,
  service: BookingService,
  line: readonly Waiting[],
  now: Date,
): Promise<ReadonlyMap<string, readonly Slot[]>> {
  const times = new Map<string, readonly Slot[]>();
  const today = localDate(now);
  for (const [name, those] of Map.groupBy(line, wishName)) {
    const [first] = those;
    if (first === undefined) continue;
    const from = those.map((one) => one.from).toSorted()[0] ?? today;
    const to =
      those
        .map((one) => one.to)
        .toSorted()
        .at(-1) ?? today;
    const asked = { from: from < today ? today : from, to, wish: wishOfWaiting(first), internal: false, now };
    times.set(name, await timesBetween(bookingTable, { service, office: first.office }, asked));
  }
  return times;
}

async function tellAll(
  { BOOKING_TABLE, LETTERS_BUCKET }: Stores,
  service: BookingService,
  due: readonly Telling<Slot>[],
  now: Date,
): Promise<number> {
  const contacts = await findContacts(
    BOOKING_TABLE,
    due.map(({ waiting }) => waiting.waitingId),
  );
  let told = 0;
  for (const { waiting, time } of due) {
    const contact = contacts.get(waiting.waitingId);
    if (contact === undefined) continue;
    const next = toldOf(waiting, time, now);
    const letter = letterTo(contact.email, next, service, time);
    await writeLetter(LETTERS_BUCKET, letter);
    const events = [timeFreeEvent(next, time, letter, now)];
    if (await saved(waitingRows(BOOKING_TABLE, { next, seen: waiting.version, events }))) told += 1;
  }
  return told;
}
