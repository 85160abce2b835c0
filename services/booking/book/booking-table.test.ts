import { PutCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { isRefused } from "#shared/refusal.ts";
import { table } from "#shared/table.ts";
import { seeded } from "../../../provbank/case.ts";
import { freshTable } from "../../../test/tables.ts";
import { ledgerKey, officeDayKey } from "../keys.ts";
import type { Resource } from "../ledger/ledger.ts";
import { readLedgers } from "../ledger/ledger-table.ts";
import { findKeptBusy, saveKeptBusy } from "../people/busy-table.ts";
import { listPeople, savePerson } from "../people/people-table.ts";
import { handler as pollCalendars } from "../people/poll-calendars.ts";
import {
  type Asked,
  type Booking,
  cancel,
  confirm,
  join,
  move,
  seatsLeft,
  sessionLedger,
  take,
} from "./booking.ts";
import {
  bookingsOfDay,
  bookingsOfPerson,
  findBooking,
  pendingBookings,
  saveBooking,
} from "./booking-table.ts";
import { ledgerName, type Wish } from "./offer.ts";
import { approve, decline } from "./request.ts";
import { closeSession } from "./sessions.ts";
import {
  decideAndSave,
  ledgersOf,
  otherTimes,
  serviceOf,
  timesAndCalendars,
  timesBetween,
  worldAt,
} from "./take-time.ts";

const office = "kommunhuset";
const date = "2027-03-01";
// 09:00 to 12:00 in Sweden.
const open = { from: "2027-03-01T08:00:00.000Z", to: "2027-03-01T11:00:00.000Z" };
const now = new Date("2027-02-22T08:00:00Z");
const silent = { events: async () => [] };
const anyone: Wish = { equipment: [], seats: 1 };

const service = (() => {
  const found = serviceOf("bygglov-radgivning");
  if (found === undefined) throw new Error("the demo has no such service");
  return found;
})();

let bookings: string;
beforeEach(async () => {
  bookings = await freshTable("BookingTable");
  for (const person of ["anna", "bo"])
    await savePerson(bookings, {
      person,
      name: person,
      unit: "bygglov",
      services: [service.id],
      languages: ["sv"],
      interprets: [],
      manager: null,
      office,
      standIn: null,
      calendarUrl: null,
    });
  await publish(["anna"]);
});

const publish = (people: readonly string[], stretch = open) => publishOn(date, people, stretch);

async function publishOn(day: string, people: readonly string[], stretch = open) {
  const on = { from: `${day}${stretch.from.slice(10)}`, to: `${day}${stretch.to.slice(10)}` };
  await table.send(
    new PutCommand({
      TableName: bookings,
      Item: {
        ...officeDayKey(office, day),
        office,
        date: day,
        bookable: [on],
        people: people.map((person) => ({ person, ...on })),
      },
    }),
  );
}

let made = 0;
function newAsked(more: Partial<Asked> & { at?: string } = {}): Asked {
  made += 1;
  const { at = "08:00", ...rest } = more;
  return {
    bookingId: made.toString(16).padStart(8, "0").repeat(4),
    office,
    start: new Date(`${date}T${at}:00.000Z`),
    wish: anyone,
    audience: "internal",
    byUnit: false,
    holdMinutes: null,
    agreed: null,
    caseId: null,
    asked: "",
    ...rest,
  };
}

const book = (asked: Asked, at = now) =>
  decideAndSave(
    bookings,
    at,
    async () => take(asked, await worldAt(bookings, { service, office }, asked), at),
    silent,
  );
async function booked(asked: Asked, at = now): Promise<Booking> {
  const outcome = await book(asked, at);
  if (isRefused(outcome)) throw new Error(outcome.refused);
  return outcome;
}
const confirmed = (booking: Booking, at: Date) =>
  decideAndSave(
    bookings,
    at,
    async () =>
      confirm(booking, service, await ledgersOf(bookings, booking.ledgers), { byUnit: false, now: at }),
    silent,
  );
const ledgerOf = async (resource: Resource) => (await readLedgers(bookings, [{ resource, date }]))[0];
const refusals = (outcomes: readonly unknown[]) => outcomes.filter(isRefused).map(({ refused }) => refused);
const winners = (outcomes: readonly unknown[]) => outcomes.filter((one) => !isRefused(one));

/** The day as new, but for the ledgers' versions: those only rise. */
async function emptyLedgers(): Promise<void> {
  const { Items = [] } = await table.send(
    new ScanCommand({ ...ledgerRows(), ProjectionExpression: "pk, sk" }),
  );
  const entries = { UpdateExpression: "SET entries = :none", ExpressionAttributeValues: { ":none": {} } };
  for (const { pk, sk } of Items)
    await table.send(new UpdateCommand({ TableName: bookings, Key: { pk, sk }, ...entries }));
}

const ledgerRows = () => ({
  TableName: bookings,
  ConsistentRead: true,
  FilterExpression: "contains(pk, :ledger)",
  ExpressionAttributeValues: { ":ledger": "#LEDGER#" },
});

/** No two entries of a ledger meet, margins included. */
async function overlaps(): Promise<string[]> {
  const found: string[] = [];
  const { Items = [] } = await table.send(new ScanCommand(ledgerRows()));
  for (const row of Items) {
    const entries = Object.entries(
      row["entries"] as Record<string, { s: number; e: number; b?: number; a?: number }>,
    ).toSorted(([, a], [, b]) => a.s - b.s);
    for (const [n, [id, one]] of entries.entries()) {
      const next = entries[n + 1];
      if (next !== undefined && next[1].s < one.e + Math.max(one.a ?? 0, next[1].b ?? 0))
        found.push(`${row["pk"]}: ${id} and ${next[0]}`);
    }
  }
  return found;
}

describe("many at once", () => {
  test("of 200 who want the last time for a person and a room one gets it; the others get times that can be had", async () => {
    await publish(["anna"], { from: "2027-03-01T08:00:00.000Z", to: "2027-03-01T08:45:00.000Z" });
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => book(newAsked())));
    expect(winners(outcomes)).toHaveLength(1);
    expect(refusals(outcomes)).toEqual(Array.from({ length: 199 }, () => "taken"));
    expect(Object.keys((await ledgerOf("person:anna"))?.entries ?? {})).toHaveLength(1);
    expect(Object.keys((await ledgerOf("room:kommunhuset-12"))?.entries ?? {})).toHaveLength(1);
    expect(await bookingsOfDay(bookings, office, date)).toHaveLength(1);

    await publish(["anna"], { ...open });
    const asked = newAsked();
    const others = await otherTimes(
      bookings,
      { service, office },
      { start: asked.start, wish: anyone, internal: true, now },
    );
    expect(others).toHaveLength(3);
    for (const { start } of others.slice(0, 1))
      expect(isRefused(await book({ ...newAsked(), start }))).toBe(false);
  });

  test("at any time and for anybody: nothing overlaps, and nobody is refused a time that is free afterwards", async () => {
    await publish(["anna", "bo"]);
    const starts = Array.from({ length: 10 }, (_, n) => new Date(Date.parse(open.from) + n * 15 * 60_000));
    for (let round = 0; round < 5; round += 1) {
      const outcomes = await Promise.all(
        starts
          .flatMap((start) => [newAsked({ start }), newAsked({ start })])
          .map(async (asked) => ({
            asked,
            outcome: await book(asked),
          })),
      );
      expect(await overlaps()).toEqual([]);
      expect(refusals(outcomes.map(({ outcome }) => outcome)).filter((why) => why !== "taken")).toEqual([]);
      // Two of the same time may keep each other from the one room that is left: what stands decides, so it is asked again.
      for (const { asked, outcome } of outcomes)
        if (isRefused(outcome) && round === 4)
          expect(await book({ ...newAsked(), start: asked.start })).toEqual({ refused: "taken" });
    }
  });

  test("200 of random lengths at random times: nothing overlaps, and nobody is refused what is free afterwards", async () => {
    await publish(["anna", "bo"], { from: "2027-03-01T07:00:00.000Z", to: "2027-03-01T17:00:00.000Z" });
    const random = seeded(57);
    const wanted = Array.from({ length: 200 }, () => ({
      minutes: 15 * (1 + Math.floor(random() * 12)),
      start: new Date(Date.parse(`${date}T07:00:00.000Z`) + 15 * 60_000 * Math.floor(random() * 40)),
    }));
    const bookOf = async ({ minutes, start }: (typeof wanted)[number]) => {
      const asked = newAsked({ start });
      const as = { ...service, minutes };
      for (;;) {
        const outcome = await decideAndSave(
          bookings,
          now,
          async () => take(asked, await worldAt(bookings, { service: as, office }, asked), now),
          silent,
        );
        // What the API answers 503 to, with when to ask again.
        if (!isRefused(outcome) || outcome.refused !== "busy") return outcome;
      }
    };
    const outcomes = await Promise.all(wanted.map(bookOf));
    expect(await overlaps()).toEqual([]);
    const got = winners(outcomes).length;
    expect(got).toBeGreaterThan(4);
    expect(refusals(outcomes).filter((why) => why !== "taken" && why !== "outside-hours")).toEqual([]);
    for (const [n, outcome] of outcomes.entries()) {
      const one = wanted[n];
      if (one !== undefined && isRefused(outcome)) expect(await bookOf(one)).toEqual(outcome);
    }
    expect(await bookingsOfDay(bookings, office, date)).toHaveLength(got);
  });

  test("of two who are free one is kept for staff, whoever of the public asks at once: 50 of 50", async () => {
    await publish(["anna", "bo"]);
    const kept = { ...service, keptForStaff: 1 };
    const bookOf = (asked: Asked) =>
      decideAndSave(
        bookings,
        now,
        async () => take(asked, await worldAt(bookings, { service: kept, office }, asked), now),
        silent,
      );
    for (let round = 0; round < 50; round += 1) {
      await emptyLedgers();
      const outcomes = await Promise.all(
        Array.from({ length: 4 }, () => bookOf(newAsked({ audience: "public" }))),
      );
      expect(winners(outcomes)).toHaveLength(1);
      expect(refusals(outcomes)).toEqual(["taken", "taken", "taken"]);
      expect(isRefused(await bookOf(newAsked()))).toBe(false);
      expect(await bookOf(newAsked())).toEqual({ refused: "taken" });
    }
    expect(await overlaps()).toEqual([]);
  });

  test("when a hold runs out its holder or a rival has it, and never both: 300 of 300, six at a time", async () => {
    const days = ["2027-03-01", "2027-03-02", "2027-03-03", "2027-03-04", "2027-03-08", "2027-03-09"];
    for (const day of days) await publishOn(day, ["anna"]);
    let owners = 0;
    for (let round = 0; round < 50; round += 1) {
      await emptyLedgers();
      const races = days.map(async (day) => {
        const start = new Date(`${day}T08:00:00.000Z`);
        const held = await booked(newAsked({ holdMinutes: 10, start }));
        const end = Date.parse(held.heldUntil ?? "");
        // Their clocks differ: the holder's is late, or the rival's early.
        const both = await Promise.all([
          confirmed(held, new Date(end)),
          book(newAsked({ start }), new Date(end + 1)),
        ]);
        const [ledger] = await readLedgers(bookings, [{ resource: "person:anna", date: day }]);
        return winners(both).length === 1 && Object.keys(ledger?.entries ?? {}).length === 1;
      });
      owners += (await Promise.all(races)).filter(Boolean).length;
    }
    expect(owners).toBe(300);
  });
});

describe("a time", () => {
  test("that is held is nobody else's, and is anybody's when the hold has run out, though its row still says so", async () => {
    const held = await booked(newAsked({ holdMinutes: 10 }));
    expect(await book(newAsked())).toEqual({ refused: "taken" });
    const later = new Date(Date.parse(held.heldUntil ?? "") + 1);
    expect(isRefused(await book(newAsked(), later))).toBe(false);
    expect(await confirmed(held, later)).toEqual({ refused: "hold-expired" });
    expect((await findBooking(bookings, held.bookingId))?.status).toBe("held");
  });

  test("of a person who is free and rooms that are not leaves the person's ledger as it was, byte for byte", async () => {
    for (const room of ["kommunhuset-12", "kommunhuset-14"])
      await table.send(
        new PutCommand({
          TableName: bookings,
          Item: {
            ...ledgerKey(`room:${room}`, date),
            v: 1,
            entries: { other: { k: "b", s: 30_012_480 - 10_000_000, e: 40_000_000 } },
          },
        }),
      );
    const before = JSON.stringify(await ledgerOf("person:anna"));
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => book(newAsked())));
    expect(refusals(outcomes)).toEqual(Array.from({ length: 100 }, () => "taken"));
    expect(JSON.stringify(await ledgerOf("person:anna"))).toBe(before);
  });

  test("with the same key is one booking, also when all ask at once and long after", async () => {
    const asked = newAsked();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => book(asked)));
    expect(winners(outcomes)).toHaveLength(1);
    expect(refusals(outcomes).every((why) => why === "there-already" || why === "taken")).toBe(true);
    expect(await bookingsOfDay(bookings, office, date)).toHaveLength(1);
  });

  test("outside the hours is refused as such, and had by agreement, with the reason kept", async () => {
    expect(await book(newAsked({ at: "17:30" }))).toEqual({ refused: "outside-hours" });
    const agreed = { reason: "Kan bara på kvällen", by: "Eva" };
    const evening = await booked(newAsked({ at: "17:30", agreed, wish: { ...anyone, person: "anna" } }));
    expect(evening.agreed).toEqual(agreed);
    expect(await book(newAsked({ at: "17:30", agreed, wish: { ...anyone, person: "anna" } }))).toEqual({
      refused: "taken",
    });
  });

  test("moves with its booking: the old one is free, the new one taken, and the person's list follows", async () => {
    await publish(["anna", "bo"]);
    const first = await booked(newAsked({ wish: { ...anyone, person: "anna" } }));
    const to = {
      office,
      start: new Date(`${date}T09:00:00Z`),
      wish: { ...anyone, person: "bo" },
      agreed: null,
      audience: "internal",
      byUnit: false,
    } as const;
    const moved = await decideAndSave(
      bookings,
      now,
      async () =>
        move(first, to, await worldAt(bookings, { service, office }, { ...to, also: first.ledgers }), now),
      silent,
    );
    expect(moved).toMatchObject({ person: "bo", sequence: 1, version: 2 });
    expect((await ledgerOf("person:anna"))?.entries).toEqual({});
    expect(isRefused(await book(newAsked({ wish: { ...anyone, person: "anna" } })))).toBe(false);
    const span = { from: new Date(open.from), to: new Date(open.to) };
    expect((await bookingsOfPerson(bookings, "bo", span)).map(({ bookingId }) => bookingId)).toEqual([
      first.bookingId,
    ]);
    expect(await bookingsOfPerson(bookings, "anna", span)).toHaveLength(1);
  });

  test("that was given back is free at once to staff, and to the public when it has rested", async () => {
    const first = await booked(newAsked());
    await decideAndSave(
      bookings,
      now,
      async () => cancel(first, service, await ledgersOf(bookings, first.ledgers), { by: "citizen", now }),
      silent,
    );
    const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
    const times = async (minutes: number, internal: boolean) =>
      (
        await timesBetween(
          bookings,
          { service, office },
          { from: date, to: date, wish: anyone, internal, now: after(minutes) },
        )
      ).some(({ start }) => start.toISOString() === open.from);
    expect([await times(1, true), await times(14, false), await times(16, false)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(await bookingsOfDay(bookings, office, date)).toEqual([]);
  });

  test("across midnight is in both days' ledgers", async () => {
    const agreed = { reason: "Kvällsmöte", by: "Eva" };
    const wish = { ...anyone, person: "anna" };
    const late = await booked(newAsked({ at: "22:30", agreed, wish }));
    expect(late.ledgers.map((of) => of.date)).toEqual([date, "2027-03-02", date, "2027-03-02"]);
    const next = newAsked({ agreed, wish, start: new Date(`${date}T23:15:00Z`) });
    expect(await book(next)).toEqual({ refused: "taken" });
  });

  test("in which a person's own calendar says busy is not offered and not had, as far as the calendar reaches", async () => {
    const people = await listPeople(bookings);
    for (const one of people)
      await savePerson(bookings, { ...one, calendarUrl: `https://kalender.example.se/${one.person}.ics` });
    const busy = [{ from: new Date(open.from), to: new Date("2027-03-01T08:30:30Z") }];
    const kept = { addressHash: "a", etag: null, checkedAt: now, from: now, to: new Date(open.to), busy };
    await saveKeptBusy(bookings, "anna", kept);
    expect(await findKeptBusy(bookings, "anna")).toEqual({
      ...kept,
      busy: [{ from: new Date(open.from), to: new Date("2027-03-01T08:31:00Z") }],
    });
    expect(await book(newAsked())).toEqual({ refused: "taken" });
    const { times, calendars } = await timesAndCalendars(
      bookings,
      { service, office },
      { from: date, to: date, wish: anyone, internal: true, now },
    );
    expect(times[0]?.start.toISOString()).toBe("2027-03-01T08:45:00.000Z");
    expect([...calendars].map(([person, { checkedAt }]) => [person, checkedAt])).toEqual([
      ["anna", now.toISOString()],
    ]);
  });

  test("is offered by a calendar's last word when its host may not be asked", async () => {
    const [one] = await listPeople(bookings);
    if (one === undefined) throw new Error("nobody is there");
    await savePerson(bookings, { ...one, calendarUrl: "https://elsewhere.example.org/a.ics" });
    vi.stubEnv("BOOKING_TABLE", bookings);
    await pollCalendars();
    expect(await findKeptBusy(bookings, one.person)).toBeUndefined();
  });
});

test("of a yes and a no at once one is done, and the other sees it: 20 of 20", async () => {
  const asks = { ...service, approval: "others" } as const;
  for (let round = 0; round < 20; round += 1) {
    await emptyLedgers();
    const asked = newAsked();
    const request = await decideAndSave(
      bookings,
      now,
      async () => take(asked, await worldAt(bookings, { service: asks, office }, asked), now),
      silent,
    );
    if (isRefused(request)) throw new Error(request.refused);
    expect(request.status).toBe("requested");
    const seen = async () => (await findBooking(bookings, request.bookingId)) ?? request;
    const decided = (
      decide: (current: Booking) => ReturnType<typeof approve> | Promise<ReturnType<typeof approve>>,
    ) => decideAndSave(bookings, now, async () => await decide(await seen()), silent);
    const ledgersNow = (current: Booking) => ledgersOf(bookings, current.ledgers);
    const outcomes = await Promise.all([
      decided((current) => approve(current, { by: "Eva", now })),
      decided(async (current) =>
        decline(current, asks, await ledgersNow(current), { by: "Eva", reason: "Fullt", now }),
      ),
    ]);
    expect(winners(outcomes)).toHaveLength(1);
    expect(refusals(outcomes)).toEqual(["wrong-status"]);
    const { status } = await seen();
    const kept = Object.keys((await ledgerOf("person:anna"))?.entries ?? {}).includes(request.bookingId);
    expect(kept).toBe(status === "confirmed");
    expect(await pendingBookings(bookings, "answer")).toEqual([]);
  }
});

test("a request that somebody else moves is a request still, and the unit's own move is its yes", async () => {
  const asks = { ...service, approval: "public" } as const;
  const asked = newAsked({ audience: "public", start: new Date(`${date}T08:00:00.000Z`) });
  const request = take(asked, await worldAt(bookings, { service: asks, office }, asked), now);
  if (isRefused(request)) throw new Error(request.refused);
  await saveBooking(bookings, request, { events: [], now });
  const to = { office, start: new Date(`${date}T09:30:00.000Z`), wish: anyone, agreed: null };
  const world = await worldAt(bookings, { service: asks, office }, { ...to, also: request.next.ledgers });
  const statusOf = (byUnit: boolean) => {
    const moved = move(request.next, { ...to, audience: "internal", byUnit }, world, now);
    return isRefused(moved) ? moved.refused : moved.next.status;
  };
  expect([statusOf(false), statusOf(true)]).toEqual(["requested", "confirmed"]);
});

describe("a meeting for a group", () => {
  const group = serviceOf("ny-i-kommunen");
  if (group === undefined) throw new Error("the demo has no meeting for a group");
  const sessions = group;

  async function arranged(): Promise<Booking> {
    const [one] = await listPeople(bookings);
    if (one === undefined) throw new Error("nobody is there");
    await savePerson(bookings, { ...one, services: [sessions.id] });
    const asked = newAsked({ wish: { ...anyone, person: one.person } });
    const host = await decideAndSave(
      bookings,
      now,
      async () => take(asked, await worldAt(bookings, { service: sessions, office }, asked), now),
      silent,
    );
    if (isRefused(host)) throw new Error(host.refused);
    return host;
  }
  const seats = (host: Booking, howMany: number) =>
    decideAndSave(
      bookings,
      now,
      async () =>
        join(
          newAsked({ wish: { ...anyone, seats: howMany } }),
          host,
          sessions,
          await ledgersOf(bookings, [sessionLedger(host)]),
          now,
        ),
      silent,
    );
  const left = async (host: Booking) => {
    const ledger = (await ledgersOf(bookings, [sessionLedger(host)])).get(ledgerName(sessionLedger(host)));
    return ledger === undefined ? Number.NaN : seatsLeft(ledger, sessions.seats, now);
  };

  test("of twelve has no more than twelve, of 60 parties of one to three; and nobody who would still fit is refused", async () => {
    const host = await arranged();
    const parties = Array.from({ length: 60 }, (_, n) => (n % 3) + 1);
    const outcomes = await Promise.all(
      parties.map(async (howMany) => ({ howMany, outcome: await seats(host, howMany) })),
    );
    // Whoever met others ten times may ask again: busy is no refusal of the seat.
    const final = await Promise.all(
      outcomes.map(async ({ howMany, outcome }) => {
        let last = outcome;
        while (isRefused(last) && last.refused === "busy") last = await seats(host, howMany);
        return { howMany, outcome: last };
      }),
    );
    const came = final
      .filter(({ outcome }) => !isRefused(outcome))
      .reduce((sum, { howMany }) => sum + howMany, 0);
    const free = await left(host);
    expect(came + free).toBe(12);
    const refused = final.filter(({ outcome }) => isRefused(outcome));
    expect(refused.every(({ howMany }) => howMany > free)).toBe(true);
    expect(refusals(refused.map(({ outcome }) => outcome)).every((why) => why === "taken")).toBe(true);
  });

  test("that is called off has no seats any more, and its guests need another time", async () => {
    const host = await arranged();
    const guests = await Promise.all([1, 2, 3].map(async (howMany) => await seats(host, howMany)));
    await closeSession(bookings, host, now);
    await closeSession(bookings, host, now);
    for (const guest of guests)
      expect((await findBooking(bookings, isRefused(guest) ? "" : guest.bookingId))?.status).toBe(
        "unsettled",
      );
    expect(await seats(host, 1)).toEqual({ refused: "taken" });
    expect(await left(host)).toBe(0);
  });

  test("has no seats in a seat: a guest is no meeting to join", async () => {
    const guest = await seats(await arranged(), 1);
    if (isRefused(guest)) throw new Error(guest.refused);
    expect(await seats(guest, 1)).toEqual({ refused: "wrong-status" });
  });
});
