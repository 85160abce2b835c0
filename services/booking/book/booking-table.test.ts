import { PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { isRefused } from "#shared/refusal.ts";
import { table } from "#shared/table.ts";
import { freshTable } from "../../../test/tables.ts";
import { ledgerKey, officeDayKey } from "../keys.ts";
import type { Resource } from "../ledger/ledger.ts";
import { readLedgers } from "../ledger/ledger-table.ts";
import { savePerson } from "../people/people-table.ts";
import { type Asked, type Booking, cancel, confirm, move, take } from "./booking.ts";
import { bookingsOfDay, bookingsOfPerson, findBooking } from "./booking-table.ts";
import type { Wish } from "./offer.ts";
import { decideAndSave, ledgersOf, otherTimes, serviceOf, timesBetween, worldAt } from "./take-time.ts";

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
      manager: null,
      office,
      standIn: null,
      calendarUrl: null,
    });
  await publish(["anna"]);
});

async function publish(people: readonly string[], stretch = open) {
  await table.send(
    new PutCommand({
      TableName: bookings,
      Item: {
        ...officeDayKey(office, date),
        office,
        date,
        bookable: [stretch],
        people: people.map((person) => ({ person, ...stretch })),
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
    async () => confirm(booking, service, await ledgersOf(bookings, booking.ledgers), at),
    silent,
  );
const ledgerOf = async (resource: Resource) => (await readLedgers(bookings, [{ resource, date }]))[0];
const refusals = (outcomes: readonly unknown[]) => outcomes.filter(isRefused).map(({ refused }) => refused);
const winners = (outcomes: readonly unknown[]) => outcomes.filter((one) => !isRefused(one));

/** The day as new, but for the ledgers' versions: those only rise. */
async function emptyLedgers(): Promise<void> {
  const { Items = [] } = await table.send(new ScanCommand({ TableName: bookings, ConsistentRead: true }));
  for (const row of Items.filter(({ pk }) => String(pk).includes("#LEDGER#")))
    await table.send(new PutCommand({ TableName: bookings, Item: { ...row, entries: {} } }));
}

/** No two entries of a ledger meet, margins included. */
async function overlaps(): Promise<string[]> {
  const found: string[] = [];
  const { Items = [] } = await table.send(new ScanCommand({ TableName: bookings, ConsistentRead: true }));
  for (const row of Items.filter(({ pk }) => String(pk).includes("#LEDGER#"))) {
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

  test("when a hold runs out: its holder or a rival has it, and never both, in fifty rounds", async () => {
    for (let round = 0; round < 50; round += 1) {
      await emptyLedgers();
      const held = await booked(newAsked({ holdMinutes: 10 }));
      const end = Date.parse(held.heldUntil ?? "");
      // Their clocks differ: the holder's is late, or the rival's early.
      const [holder, rival] = await Promise.all([
        confirmed(held, new Date(end)),
        book(newAsked(), new Date(end + 1)),
      ]);
      expect(winners([holder, rival])).toHaveLength(1);
      expect(Object.keys((await ledgerOf("person:anna"))?.entries ?? {})).toHaveLength(1);
    }
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
});
