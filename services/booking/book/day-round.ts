import { municipality } from "#shared/config.ts";
import { writeLetter } from "#shared/letter.ts";
import { log } from "#shared/logging.ts";
import { isRefused } from "#shared/refusal.ts";
import { transactOnce } from "#shared/table.ts";
import { now } from "#shared/time/clock.ts";
import { localDate } from "#shared/time/working-time.ts";
import { dayRoundEnv } from "../env.ts";
import { daysLater } from "../hours/local-dates.ts";
import { tellOverdue } from "../lending/tell-overdue.ts";
import { checkStaffing, isWatched } from "../offices/check-staffing.ts";
import { listPeople, type Person } from "../people/people-table.ts";
import { waitingRound } from "../waiting/waiting-round.ts";
import { type Booking, type BookingChange, leadsGroup, miss, remindsOn } from "./booking.ts";
import { bookingRows, bookingsOfDay, findParty, reminderRows } from "./booking-table.ts";
import { channelOf } from "./channel.ts";
import { decline, lapses } from "./request.ts";
import { ledgersOf, serviceOf, serviceOfBooking } from "./take-time.ts";
import { declinedEvent, letterOf, missedEvent, reminderEvent } from "./tell.ts";

/**
 * Goes through the offices' days twice an hour: whoever comes tomorrow is reminded, once for each time they have had; a request that nobody
 * has answered lapses; a meeting that is over and to which nobody came is missed. What was lent and has not come back is told of, and whoever
 * waits for a time of one that is free; an office that is short of people today raises it. What somebody changes
 * meanwhile is left for the next round.
 */
export async function handler(): Promise<void> {
  const at = now();
  const today = localDate(at);
  const people = await listPeople(dayRoundEnv().BOOKING_TABLE);
  let reminded = 0;
  let missed = 0;
  let lapsed = 0;
  let overdue = 0;
  for (const { id: office } of municipality().places) {
    for (const booking of await daysOf(office, today, 1))
      if (remindsOn(booking, at) && (await remind(booking, people, at))) reminded += 1;
    for (const date of [-1, 0, 1])
      for (const booking of await daysOf(office, today, date))
        if (lapses(booking, at) && (await lapse(booking, people, at))) lapsed += 1;
    for (const date of [-1, 0])
      for (const booking of await daysOf(office, today, date)) if (await close(booking, at)) missed += 1;
    overdue += await tellOverdue(dayRoundEnv(), office, at);
  }
  let short = 0;
  if (isWatched(at))
    for (const { id: office } of municipality().places)
      short += await checkStaffing(dayRoundEnv().BOOKING_TABLE, office, at);
  const { told, over } = await waitingRound(dayRoundEnv(), at);
  log("DAY_ROUND_DONE", { reminded, missed, lapsed, overdue, told, over, short });
}

async function daysOf(office: string, today: string, later: number): Promise<readonly Booking[]> {
  return await bookingsOfDay(dayRoundEnv().BOOKING_TABLE, office, daysLater(today, later));
}

async function remind(booking: Booking, people: readonly Person[], at: Date): Promise<boolean> {
  const { BOOKING_TABLE, LETTERS_BUCKET } = dayRoundEnv();
  const service = serviceOf(booking.service);
  const party = service === undefined ? undefined : await findParty(BOOKING_TABLE, booking.bookingId);
  if (service === undefined || party === undefined || channelOf(party) === undefined) return false;
  const host = people.find(({ person }) => person === booking.person)?.name;
  const letter = letterOf(booking, service, party, { host, at });
  if (letter === undefined) return false;
  await writeLetter(LETTERS_BUCKET, letter);
  const outcome = await transactOnce(
    reminderRows(BOOKING_TABLE, booking, reminderEvent(booking, letter, at)),
  );
  return outcome !== "conflict" && outcome.done;
}

/** Nobody of its unit has answered: the time is given back, and whoever asked is told while it still helps. */
async function lapse(booking: Booking, people: readonly Person[], at: Date): Promise<boolean> {
  const { BOOKING_TABLE, LETTERS_BUCKET } = dayRoundEnv();
  const service = serviceOfBooking(booking);
  if (service === undefined) return false;
  const ledgers = await ledgersOf(BOOKING_TABLE, booking.ledgers);
  const change = decline(booking, service, ledgers, { by: null, reason: null, now: at });
  if (isRefused(change)) return false;
  const host = people.find(({ person }) => person === booking.person)?.name;
  const party = await findParty(BOOKING_TABLE, booking.bookingId);
  const letter = letterOf(change.next, service, party, { host, at });
  if (letter !== undefined) await writeLetter(LETTERS_BUCKET, letter);
  const events = [declinedEvent(change, "no-answer", letter, at)];
  const outcome = await transactOnce(bookingRows(BOOKING_TABLE, change, { events, now: at }));
  return outcome !== "conflict" && outcome.done;
}

async function close(booking: Booking, at: Date): Promise<boolean> {
  const missed = miss(booking, at);
  if (missed === undefined) return false;
  const service = serviceOf(booking.service);
  // To a meeting for a group it is its guests who come or do not.
  const group = service !== undefined && leadsGroup(booking, service);
  const change: BookingChange = group ? { ...missed, next: { ...missed.next, status: "done" } } : missed;
  const events = group ? [] : [missedEvent(change, at)];
  const rows = bookingRows(dayRoundEnv().BOOKING_TABLE, change, { events, now: at });
  const outcome = await transactOnce(rows);
  return outcome !== "conflict" && outcome.done;
}
