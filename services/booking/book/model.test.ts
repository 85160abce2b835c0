import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRefused } from "#shared/refusal.ts";
import { instantOrNext } from "../hours/local-time.ts";
import { changed, hasRoom, type Ledger, type LedgerChange } from "../ledger/ledger.ts";
import {
  type Asked,
  type Booking,
  type BookingChange,
  cancel,
  confirm,
  move,
  take,
  unsettle,
} from "./booking.ts";
import { type BookingService, datesOf, ledgerName, resourcesFor, type World } from "./offer.ts";
import { approve, decline } from "./request.ts";

/**
 * Everything that can be done with bookings, in any order and at any time, against a model that knows only one thing: who has which
 * minute of whom. Days include both changes of the clock.
 */
const dates = ["2027-03-27", "2027-03-28", "2027-03-29", "2027-10-30", "2027-10-31"] as const;
const people = [
  { person: "anna", services: ["mote"], interprets: [] },
  { person: "bo", services: ["mote"], interprets: ["ar"] },
  { person: "cilla", services: [], interprets: ["ar"] },
].map((one) => ({ ...one, unit: "bygglov", languages: ["sv"] }));
const rooms = ["r1", "r2"].map((id) => ({
  id,
  name: id,
  seats: 4,
  equipment: [],
  kind: "meeting" as const,
}));

const service = (
  minutes: number,
  before: number,
  after: number,
  more: Partial<BookingService> = {},
): BookingService => ({
  id: "mote",
  name: "Möte",
  unit: "bygglov",
  minutes,
  before,
  after,
  places: ["kontoret"],
  needs: { person: true, room: "meeting", interpreter: false },
  seats: 1,
  noticeHours: 0,
  horizonDays: 400,
  visibility: "open",
  releaseMinutes: 15,
  keptForStaff: 0,
  approval: "none",
  prepare: [],
  ...more,
});
const services = [
  service(20, 0, 0),
  service(45, 0, 15),
  service(90, 10, 5),
  service(30, 0, 0, { keptForStaff: 1, approval: "others" }),
];

/** A house that is kept in memory as the table keeps it: rows, and versions that only rise. */
class House {
  readonly ledgers = new Map<string, Ledger>();
  readonly bookings = new Map<string, { booking: Booking; service: BookingService }>();
  readonly hours = new Map<string, { from: string; to: string }[]>();
  now = Date.parse("2027-03-01T08:00:00Z");
  next = 1;

  world(of: BookingService, date: string, also: Booking["ledgers"] = [], interpreter?: string): World {
    const bookable = this.hours.get(date) ?? [
      { from: instantOrNext(date, "00:00").toISOString(), to: instantOrNext(date, "12:00").toISOString() },
    ];
    const wish = { equipment: [], seats: 1, interpreter };
    const start = instantOrNext(date, "00:00");
    const touched = datesOf(of, start, new Date(start.getTime() + 86_400_000));
    const wanted = [
      ...also,
      ...resourcesFor({ service: of, people, rooms }, wish).flatMap((resource) =>
        [date, ...touched].map((on) => ({ resource, date: on })),
      ),
    ];
    return {
      service: of,
      day: {
        office: "kontoret",
        date,
        bookable,
        people: people.flatMap(({ person }) => bookable.map((stretch) => ({ person, ...stretch }))),
      },
      people,
      rooms,
      ledgers: new Map(wanted.map((one) => [ledgerName(one), this.ledger(one)])),
    };
  }

  ledger({ resource, date }: Booking["ledgers"][number]): Ledger {
    return this.ledgers.get(ledgerName({ resource, date })) ?? { resource, date, version: 0, entries: {} };
  }

  /** As the transaction does: all of it, over the versions that were seen. */
  save(change: BookingChange, of: BookingService): void {
    for (const one of change.ledgers) {
      expect(this.ledger(one.ledger).version).toBe(one.ledger.version);
      this.put(one);
    }
    this.bookings.set(change.next.bookingId, { booking: change.next, service: of });
  }

  put(one: LedgerChange): void {
    this.ledgers.set(ledgerName(one.ledger), changed(one, this.now));
  }
}

const step = fc.oneof(
  fc.record({
    do: fc.constant("take" as const),
    service: fc.nat(3),
    interpreter: fc.constantFrom(undefined, undefined, "ar"),
    date: fc.constantFrom(...dates),
    quarter: fc.nat(47),
    hold: fc.boolean(),
    internal: fc.boolean(),
  }),
  fc.record({ do: fc.constant("confirm" as const), which: fc.nat(20) }),
  fc.record({
    do: fc.constant("move" as const),
    which: fc.nat(20),
    date: fc.constantFrom(...dates),
    quarter: fc.nat(47),
  }),
  fc.record({ do: fc.constant("cancel" as const), which: fc.nat(20), citizen: fc.boolean() }),
  fc.record({ do: fc.constant("decide" as const), which: fc.nat(20), yes: fc.boolean() }),
  fc.record({ do: fc.constant("absence" as const), person: fc.nat(2), date: fc.constantFrom(...dates) }),
  fc.record({
    do: fc.constant("hours" as const),
    date: fc.constantFrom(...dates),
    to: fc.integer({ min: 2, max: 20 }),
  }),
  fc.record({ do: fc.constant("wait" as const), minutes: fc.integer({ min: 1, max: 20 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function asked(house: House, at: Extract<Step, { do: "take" }>): Asked {
  const midnight = instantOrNext(at.date, "00:00").getTime();
  const id = (house.next++).toString(16).padStart(8, "0");
  return {
    bookingId: id.repeat(4),
    office: "kontoret",
    start: new Date(midnight + at.quarter * 15 * 60_000),
    wish: { equipment: [], seats: 1, interpreter: at.interpreter },
    audience: at.internal ? "internal" : "public",
    byUnit: false,
    holdMinutes: at.hold ? 10 : null,
    agreed: null,
    caseId: null,
    asked: "",
  };
}

function run(house: House, one: Step): void {
  const now = new Date(house.now);
  const known = [...house.bookings.values()];
  const chosen = "which" in one ? known[one.which % Math.max(1, known.length)] : undefined;
  switch (one.do) {
    case "take": {
      const of = services[one.service] ?? service(20, 0, 0);
      const world = house.world(of, one.date, [], one.interpreter);
      const change = take(asked(house, one), world, now);
      if (isRefused(change)) return;
      house.save(change, of);
      // Somebody else could have had it: that is what is kept for staff.
      if (!one.internal && of.keptForStaff > 0) {
        const after = house.world(of, one.date);
        const look = { now: house.now, internal: true };
        const left = people.filter(
          ({ person, services: able }) =>
            able.includes(of.id) &&
            after.day.people.some((there) => there.person === person) &&
            datesOf(of, new Date(change.next.startsAt), new Date(change.next.endsAt)).every((date) =>
              hasRoom(
                Object.entries(house.ledger({ resource: `person:${person}`, date }).entries),
                {
                  start: Date.parse(change.next.startsAt) / 60_000,
                  end: Date.parse(change.next.endsAt) / 60_000,
                  before: of.before,
                  after: of.after,
                  seats: 1,
                },
                1,
                look,
              ),
            ),
        );
        expect(left.length).toBeGreaterThanOrEqual(of.keptForStaff);
      }
      return;
    }
    case "confirm": {
      if (chosen === undefined) return;
      const ledgers = house.world(chosen.service, "2027-03-27", chosen.booking.ledgers).ledgers;
      const change = confirm(chosen.booking, chosen.service, ledgers, { byUnit: false, now });
      if (!isRefused(change)) house.save(change, chosen.service);
      else if (chosen.booking.status === "held" && Date.parse(chosen.booking.heldUntil ?? "") >= house.now)
        // Only an absence takes a hold from its holder.
        expect(change).toEqual({ refused: "hold-expired" });
      return;
    }
    case "move": {
      if (chosen === undefined) return;
      const start = new Date(instantOrNext(one.date, "00:00").getTime() + one.quarter * 15 * 60_000);
      const to = {
        office: "kontoret",
        start,
        wish: { equipment: [], seats: 1 },
        agreed: null,
        audience: "internal",
        byUnit: false,
      } as const;
      const change = move(
        chosen.booking,
        to,
        house.world(chosen.service, one.date, chosen.booking.ledgers, chosen.booking.interpreter?.language),
        now,
      );
      if (!isRefused(change)) house.save(change, chosen.service);
      return;
    }
    case "cancel": {
      if (chosen === undefined) return;
      const ledgers = house.world(chosen.service, "2027-03-27", chosen.booking.ledgers).ledgers;
      const by = one.citizen ? "citizen" : "staff";
      const change = cancel(chosen.booking, chosen.service, ledgers, { by, now });
      if (!isRefused(change)) house.save(change, chosen.service);
      return;
    }
    case "decide": {
      if (chosen === undefined) return;
      const ledgers = house.world(chosen.service, "2027-03-27", chosen.booking.ledgers).ledgers;
      const change = one.yes
        ? approve(chosen.booking, { by: "Eva", now })
        : decline(chosen.booking, chosen.service, ledgers, { by: "Eva", reason: "Fullt", now });
      if (!isRefused(change)) house.save(change, chosen.service);
      return;
    }
    case "absence": {
      const resource = `person:${people[one.person]?.person ?? "anna"}` as const;
      const date = one.date;
      const ledger = house.ledger({ resource, date });
      const removed = new Map<string, string[]>([[ledgerName(ledger), []]]);
      const all = new Map([[ledgerName(ledger), ledger]]);
      for (const [id, entry] of Object.entries(ledger.entries)) {
        if (entry.kind === "hold") removed.get(ledgerName(ledger))?.push(id);
        const hit = house.bookings.get(id);
        for (const of of hit?.booking.ledgers ?? [])
          if (of.resource === resource && !all.has(ledgerName(of))) all.set(ledgerName(of), house.ledger(of));
        const change = hit === undefined ? undefined : unsettle(hit.booking, resource, all);
        if (change === undefined || hit === undefined) continue;
        for (const left of change.ledgers)
          removed.set(ledgerName(left.ledger), [...(removed.get(ledgerName(left.ledger)) ?? []), id]);
        house.bookings.set(id, { ...hit, booking: change.next });
      }
      const minutes = instantOrNext(date, "00:00").getTime() / 60_000;
      const block = {
        kind: "block" as const,
        start: minutes,
        end: minutes + 25 * 60,
        before: 0,
        after: 0,
        seats: 1,
      };
      for (const [name, remove] of removed) {
        const of = all.get(name);
        if (of !== undefined)
          house.put({ ledger: of, put: of === ledger ? { [`a-${house.next++}`]: block } : {}, remove });
      }
      return;
    }
    case "hours":
      house.hours.set(one.date, [
        {
          from: instantOrNext(one.date, "01:00").toISOString(),
          to: instantOrNext(one.date, `${String(one.to).padStart(2, "0")}:00`).toISOString(),
        },
      ]);
      return;
    case "wait":
      house.now += one.minutes * 60_000;
  }
}

/** What must be true of a house, whatever has been done in it. */
function violations(house: House): string[] {
  const found: string[] = [];
  for (const { resource, date, entries } of house.ledgers.values()) {
    const alive = Object.entries(entries)
      .filter(
        ([, { kind, until }]) => (kind === "meeting" || kind === "hold") && (until ?? house.now) >= house.now,
      )
      .toSorted(([, a], [, b]) => a.start - b.start);
    for (const [n, [id, one]] of alive.entries()) {
      const next = alive[n + 1];
      if (next !== undefined && next[1].start < one.end + Math.max(one.after, next[1].before))
        found.push(`${resource} ${date}: ${id} meets ${next[0]}`);
      const booking = house.bookings.get(id)?.booking;
      const names = booking?.ledgers.some((of) => of.resource === resource && of.date === date);
      if (booking === undefined || !names) found.push(`${resource} ${date}: ${id} is no booking of it`);
    }
  }
  for (const { booking } of house.bookings.values()) {
    const has = booking.ledgers.filter((of) => house.ledger(of).entries[booking.bookingId] !== undefined);
    if (booking.status === "confirmed" && has.length !== booking.ledgers.length)
      found.push(`${booking.bookingId} is confirmed and not in all its ledgers`);
    if (booking.status === "cancelled" && has.length > 0)
      found.push(`${booking.bookingId} is cancelled and still there`);
    if (booking.status === "requested" && has.length !== booking.ledgers.length)
      found.push(`${booking.bookingId} is requested and not in all its ledgers`);
    const interprets = booking.interpreter?.person;
    if (booking.status === "confirmed" && interprets != null) {
      if (interprets === booking.person) found.push(`${booking.bookingId} is interpreted by its host`);
      if (!booking.ledgers.some((of) => of.resource === `person:${interprets}`))
        found.push(`${booking.bookingId} does not have its interpreter`);
    }
    if (booking.status === "confirmed" && booking.ledgers.length < 2)
      found.push(`${booking.bookingId} has no person or no room`);
  }
  return found;
}

describe("book, hold, confirm, answer, move, cancel, absence, other hours, over both changes of the clock", () => {
  test("10 000 runs: nobody and no room is had twice, and nothing is lost between booking and ledger", () => {
    let taken = 0;
    let unsettled = 0;
    let decided = 0;
    let interpreted = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), (steps) => {
        const house = new House();
        for (const one of steps) run(house, one);
        expect(violations(house)).toEqual([]);
        for (const { booking } of house.bookings.values()) {
          taken += 1;
          if (booking.status === "unsettled") unsettled += 1;
          if (booking.decision !== undefined) decided += 1;
          if (booking.interpreter?.person != null) interpreted += 1;
        }
      }),
      { numRuns: 10_000 },
    );
    // That it says something: the runs do take times, and absences do meet meetings.
    expect(taken).toBeGreaterThan(10_000);
    expect(unsettled).toBeGreaterThan(100);
    expect(decided).toBeGreaterThan(100);
    expect(interpreted).toBeGreaterThan(1_000);
  }, 120_000);
});
