import { municipality } from "#shared/config.ts";
import type { Event } from "#shared/event.ts";
import { isRefused, type Refused, refuse } from "#shared/refusal.ts";
import type { TransactItem } from "#shared/table.ts";
import { localDate } from "#shared/time/working-time.ts";
import type { Ledger, Resource } from "../ledger/ledger.ts";
import { type LedgerOf, readLedgers } from "../ledger/ledger-table.ts";
import { findOfferedDay, offeredDays } from "../offices/day-table.ts";
import { type OwnCalendar, ownCalendars } from "../people/busy-table.ts";
import { listPeople, type Person } from "../people/people-table.ts";
import type { Booking, BookingChange } from "./booking.ts";
import { findBooking, type Party, saveBooking } from "./booking-table.ts";
import {
  type BookingService,
  datesOf,
  freeTimes,
  ledgerName,
  nearest,
  type OfferedDay,
  resourcesFor,
  type Slot,
  type Wish,
  type World,
} from "./offer.ts";

const tries = 10;
const firstPauseMs = 10;
const longestPauseMs = 400;

/** What goes with a booking that is saved. Made from what was decided, so that a try that decides anew says anew. */
export type Along = {
  party?: Party | undefined;
  events: (change: BookingChange) => Promise<readonly Event[]>;
  /** What else is saved with it, read anew for each try. */
  rows?: ((change: BookingChange) => Promise<readonly TransactItem[]>) | undefined;
};

/**
 * Reads, decides, saves; and reads again when somebody else was at the same time. A refusal is always of what stands: whoever
 * loses a race is refused because the time is taken and not because of the race. `busy` only when ten tries met somebody each time.
 */
export async function decideAndSave<Code extends string>(
  bookingTable: string,
  now: Date,
  decide: () => Promise<BookingChange | Refused<Code>>,
  along: Along,
): Promise<Booking | Refused<Code | "busy" | "there-already">> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (attempt > 0) await aWhile(attempt);
    const change = await decide();
    if (isRefused(change)) return change;
    const saved = await saveBooking(bookingTable, change, {
      party: along.party,
      events: await along.events(change),
      rows: await along.rows?.(change),
      now,
    });
    if (saved === "saved") return change.next;
    if (saved === "there-already") return refuse("there-already");
  }
  return refuse("busy");
}

/** Of random length, so that those who met do not meet again; longer each time. */
function aWhile(attempt: number): Promise<void> {
  const most = Math.min(longestPauseMs, firstPauseMs * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * most));
}

export type Where = { service: BookingService; office: string };

export function serviceOf(id: string): BookingService | undefined {
  return municipality().booking.services.find((one) => one.id === id);
}

/** A booking's own service: as long as the booking is, whatever the config says now, since that is what was agreed. */
export function serviceOfBooking({ service: id, startsAt, endsAt }: Booking): BookingService | undefined {
  const service = serviceOf(id);
  if (service === undefined) return undefined;
  return { ...service, minutes: (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000 };
}

export function roomsOf(office: string) {
  return municipality().places.find(({ id, enabled }) => enabled && id === office)?.rooms ?? [];
}

/** All that decides whether a time is free, as it stands now; with the ledgers in `also`, which the booking leaves. */
export async function worldAt(
  bookingTable: string,
  { service, office }: Where,
  { start, wish, also = [] }: { start: Date; wish: Wish; also?: readonly LedgerOf[] },
): Promise<World> {
  const date = localDate(start);
  const end = new Date(start.getTime() + service.minutes * 60_000);
  const [day, people] = await Promise.all([
    findOfferedDay(bookingTable, office, date),
    asksPeople(service, wish) ? listPeople(bookingTable) : [],
  ]);
  const rooms = roomsOf(office);
  const resources = resourcesFor({ service, people, rooms }, wish);
  const busy = await ownCalendars(bookingTable, withCalendar(people, resources));
  const dates = datesOf(service, start, end);
  const wanted = [...also, ...dates.flatMap((on) => resources.map((resource) => ({ resource, date: on })))];
  return {
    service,
    day: day ?? { office, date, bookable: [], people: [] },
    people,
    rooms,
    ledgers: await ledgersOf(bookingTable, wanted),
    agencyLanguages: agencyLanguages(),
    busy,
  };
}

const asksPeople = ({ needs }: BookingService, { interpreter }: Wish) =>
  needs.person || interpreter !== undefined;

/** Languages in which an interpreter can be ordered from outside. */
export const agencyLanguages = () => municipality().booking.interpreterAgency?.languages ?? [];

/** Of the people who may be asked for, those who have shown their own calendar. */
function withCalendar(people: readonly Person[], resources: readonly Resource[]): readonly string[] {
  return people
    .filter(({ person, calendarUrl }) => calendarUrl !== null && resources.includes(`person:${person}`))
    .map(({ person }) => person);
}

export async function ledgersOf(
  bookingTable: string,
  wanted: readonly LedgerOf[],
): Promise<ReadonlyMap<string, Ledger>> {
  const each = [...new Map(wanted.map((of) => [ledgerName(of), of])).values()];
  const ledgers = await readLedgers(bookingTable, each);
  return new Map(ledgers.map((ledger) => [ledgerName(ledger), ledger]));
}

/** The free times of an office from one date to another, both included: days, people and ledgers in three reads. */
export async function timesBetween(
  bookingTable: string,
  { service, office }: Where,
  asked: { from: string; to: string; wish: Wish; internal: boolean; now: Date },
): Promise<readonly Slot[]> {
  return (await timesAndCalendars(bookingTable, { service, office }, asked)).times;
}

/** The same, and when the people's own calendars were last seen. */
export async function timesAndCalendars(
  bookingTable: string,
  { service, office }: Where,
  asked: { from: string; to: string; wish: Wish; internal: boolean; now: Date },
): Promise<{ times: readonly Slot[]; calendars: ReadonlyMap<string, OwnCalendar> }> {
  const [days, people] = await Promise.all([
    offeredDays(bookingTable, office, asked),
    asksPeople(service, asked.wish) ? listPeople(bookingTable) : [],
  ]);
  const rooms = roomsOf(office);
  const resources = resourcesFor({ service, people, rooms }, asked.wish);
  const [ledgers, calendars] = await Promise.all([
    ledgersOf(
      bookingTable,
      days.flatMap((day) => resourcesOn(day, resources).map((resource) => ({ resource, date: day.date }))),
    ),
    ownCalendars(bookingTable, withCalendar(people, resources)),
  ]);
  const look = { now: asked.now.getTime(), internal: asked.internal };
  const { gridMinutes } = municipality().booking;
  const times = days.flatMap((day) =>
    freeTimes(
      { service, day, people, rooms, ledgers, busy: calendars, agencyLanguages: agencyLanguages() },
      asked.wish,
      look,
      gridMinutes,
    ),
  );
  return { times, calendars };
}

/** Of the people, those who are there that day; of the rooms all. */
function resourcesOn(day: OfferedDay, resources: readonly Resource[]): readonly Resource[] {
  const there = new Set(day.people.map(({ person }) => `person:${person}`));
  return resources.filter((one) => !one.startsWith("person:") || there.has(one));
}

const daysAround = 14;
const alternatives = 3;

/** Three free times as near as possible to one that was not. */
export async function otherTimes(
  bookingTable: string,
  where: Where,
  asked: { start: Date; wish: Wish; internal: boolean; now: Date },
): Promise<readonly Slot[]> {
  const from = localDate(asked.start);
  const sameDay = await timesBetween(bookingTable, where, { ...asked, from, to: from });
  if (sameDay.length >= alternatives) return nearest(sameDay, asked.start, alternatives);
  const to = localDate(new Date(asked.start.getTime() + daysAround * 86_400_000));
  return nearest(await timesBetween(bookingTable, where, { ...asked, from, to }), asked.start, alternatives);
}

/** The booking that a key has made before, if what was asked is the same. */
export async function madeBefore(
  bookingTable: string,
  bookingId: string,
  asked: string,
): Promise<Booking | undefined | Refused<"other-wish">> {
  const before = await findBooking(bookingTable, bookingId);
  if (before === undefined || before.asked === asked) return before;
  return refuse("other-wish");
}
