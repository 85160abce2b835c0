import { municipality } from "#shared/config.ts";
import type { LocalDate } from "#shared/time/working-time.ts";
import type { BookingChange } from "../book/booking.ts";
import { bookingRows } from "../book/booking-table.ts";
import { unsettledEvent } from "../book/tell.ts";
import { leaving, unsettleBookings } from "../book/unsettle-bookings.ts";
import type { Absence } from "../hours/coverage.ts";
import { type GuestSession, sessionHours } from "../hours/guest-session.ts";
import { datesOf } from "../hours/local-dates.ts";
import { type OfficeDay, officeDay } from "../hours/office-day.ts";
import { type OpeningException, openOn } from "../hours/opening-hours.ts";
import type { Rota } from "../hours/rota.ts";
import { within, without } from "../hours/stretches.ts";
import type { Ledger, Resource } from "../ledger/ledger.ts";
import { readLedgers } from "../ledger/ledger-table.ts";
import { listAbsences } from "../people/absence-table.ts";
import { guestHostOf } from "../people/guest-hosts.ts";
import { listPeople, type Person } from "../people/people-table.ts";
import { findOfficeDay, saveOfficeDay } from "./day-table.ts";
import { listExceptions, listGuestSessions, listRotas } from "./plan-table.ts";

/** The promise of evenings is of these hours (local time). */
export const evening = { from: "16:00", to: "18:00" } as const;

type Place = ReturnType<typeof placeOf>;

/** An office that receives visitors and has hours; undefined for any other. */
export function placeOf(office: string) {
  const place = municipality().places.find(({ id, enabled }) => enabled && id === office);
  const calendar = place?.calendar === undefined ? undefined : municipality().calendars[place.calendar];
  return place === undefined || calendar === undefined ? undefined : { ...place, calendar };
}

/** All that an office's days are made of. */
export type Plan = {
  place: NonNullable<Place>;
  rotas: readonly Rota[];
  exceptions: readonly OpeningException[];
  absences: readonly Absence[];
  people: readonly Person[];
  guestSessions: readonly GuestSession[];
};

export async function loadPlan(
  bookingTable: string,
  place: NonNullable<Place>,
  period: { from: LocalDate; to: LocalDate },
): Promise<Plan> {
  const [rotas, exceptions, people, guestSessions] = await Promise.all([
    listRotas(bookingTable, place.id),
    listExceptions(bookingTable, place.id),
    listPeople(bookingTable),
    listGuestSessions(bookingTable, place.id, period),
  ]);
  const published = rotas.flatMap(({ inForce }) => inForce ?? []);
  const rostered = new Set(published.flatMap(({ shifts }) => shifts.map(({ person }) => person)));
  const there = people.filter(({ person, office }) => rostered.has(person) || office === place.id);
  const absences = await Promise.all(there.map(({ person }) => listAbsences(bookingTable, person, period)));
  return { place, rotas: published, exceptions, absences: absences.flat(), people, guestSessions };
}

/**
 * An office's day as its plan has it. Those who have their desk there are there by their unit's hours, whatever the rota says of
 * others, and guest hosts at theirs; neither count as staff.
 */
export function plannedDay(plan: Plan, date: LocalDate, rev: number): OfficeDay {
  const { place, rotas, exceptions, absences, people, guestSessions } = plan;
  const { redDays, calendars, units } = municipality();
  const day = officeDay({
    date,
    office: {
      id: place.id,
      minimumStaff: place.minimumStaff,
      evening,
      rooms: place.rooms.map(({ id }) => id),
    },
    calendar: place.calendar,
    exceptions,
    redDays,
    rotas,
    absences,
    rev,
  });
  const open = day.open.map(({ from, to }) => ({ from: new Date(from), to: new Date(to) }));
  const atDesks = people
    .filter(({ office }) => office === place.id)
    .flatMap(({ person, unit }) => {
      const hours = calendars[units.find(({ id }) => id === unit)?.calendar ?? ""];
      if (hours === undefined) return [];
      const away = absences.filter((absence) => absence.person === person);
      const there = within(without(openOn(date, hours, [], redDays).open, away), open);
      return there.map(({ from, to }) => ({ person, from: from.toISOString(), to: to.toISOString() }));
    });
  const visiting = guestSessions
    .filter((session) => session.date === date && session.visitors !== "drop-in")
    .flatMap((session) =>
      sessionHours(session, open).map(({ from, to }) => ({
        person: guestHostOf(session.service),
        from: from.toISOString(),
        to: to.toISOString(),
      })),
    );
  return { ...day, people: [...day.people, ...atDesks, ...visiting] };
}

const tries = 10;
/** Days published at the same time. */
const atOnce = 4;

/**
 * Publishes an office's days, as its plan stands now. Each day for itself, and one that is as it was is left alone: repeated, it goes on
 * where it was broken off. Returns how many days were changed; throws when a day is changed by others all the time.
 */
export async function publishDays(
  bookingTable: string,
  office: string,
  period: { from: LocalDate; to: LocalDate },
  now: Date,
): Promise<number> {
  const place = placeOf(office);
  if (place === undefined) return 0;
  const plan = await loadPlan(bookingTable, place, period);
  const left = [...datesOf(period.from, period.to)];
  let published = 0;
  const work = async (): Promise<void> => {
    for (let date = left.shift(); date !== undefined; date = left.shift())
      if (await publishDay(bookingTable, plan, date, now)) published += 1;
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return published;
}

async function publishDay(bookingTable: string, plan: Plan, date: LocalDate, now: Date): Promise<boolean> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const before = await findOfficeDay(bookingTable, plan.place.id, date);
    const day = plannedDay(plan, date, (before?.rev ?? 0) + 1);
    if (before !== undefined && same(before, day)) return false;
    const ledgers = await readLedgers(bookingTable, concerned(before, day, plan.place));
    const { changes, all } = await displacedBy(bookingTable, day, ledgers);
    const save = {
      ledgers: leaving(all, changes),
      rows: changes.flatMap((change) =>
        bookingRows(
          bookingTable,
          { ...change, ledgers: [] },
          { events: [unsettledEvent(change, "rota", now)], now },
        ),
      ),
    };
    if (await saveOfficeDay(bookingTable, day, save, now)) return true;
  }
  throw new Error(`the day ${date} changed in ${tries} rounds`);
}

/** Meetings at the office whose person is not there any more, or for whom it is closed. What was agreed outside the hours stays. */
async function displacedBy(
  bookingTable: string,
  day: OfficeDay,
  ledgers: readonly Ledger[],
): Promise<{ changes: readonly BookingChange[]; all: readonly Ledger[] }> {
  let all = ledgers;
  const changes: BookingChange[] = [];
  for (const { resource, entries } of ledgers.filter((one) => one.resource.startsWith("person:"))) {
    const there = day.people.filter(({ person }) => `person:${person}` === resource);
    const outside = Object.entries(entries).flatMap(([bookingId, { kind, start, end }]) =>
      kind === "meeting" && !there.some((stretch) => holds(stretch, start, end)) ? [bookingId] : [],
    );
    const found = await unsettleBookings(
      bookingTable,
      resource,
      outside,
      all,
      ({ office, agreed }) => office === day.office && agreed === null,
    );
    all = found.ledgers;
    changes.push(...found.changes);
  }
  return { changes, all };
}

const holds = ({ from, to }: { from: string; to: string }, start: number, end: number) =>
  Date.parse(from) <= start * 60_000 && end * 60_000 <= Date.parse(to);

function same(a: OfficeDay, b: OfficeDay): boolean {
  return JSON.stringify({ ...a, rev: 0 }) === JSON.stringify({ ...b, rev: 0 });
}

/** Whose ledgers a day is about: everybody who was there or will be, and the rooms. */
function concerned(before: OfficeDay | undefined, day: OfficeDay, { rooms }: NonNullable<Place>) {
  const people = new Set([...(before?.people ?? []), ...day.people].map(({ person }) => person));
  const resources: Resource[] = [
    ...[...people].map((person): Resource => `person:${person}`),
    ...rooms.map(({ id }): Resource => `room:${id}`),
  ];
  return resources.map((resource) => ({ resource, date: day.date }));
}
