import { beforeEach, describe, expect, test } from "vitest";
import { isRefused } from "#shared/refusal.ts";
import { freshTable } from "../../../test/tables.ts";
import { type Asked, type Booking, move, take } from "../book/booking.ts";
import { findBooking, unsettledBookings } from "../book/booking-table.ts";
import { decideAndSave, serviceOf, worldAt } from "../book/take-time.ts";
import type { Rota } from "../hours/rota.ts";
import { readLedgers } from "../ledger/ledger-table.ts";
import { enterAbsence, liftAbsence } from "../people/absence.ts";
import { removeAbsence } from "../people/absence-table.ts";
import { savePerson } from "../people/people-table.ts";
import { findOfficeDay } from "./day-table.ts";
import { saveException, saveGuestSession, saveRota } from "./plan-table.ts";
import { publishDays } from "./publish.ts";

const office = "kommunhuset";
const date = "2027-03-01";
const now = new Date("2027-02-22T08:00:00Z");
const guidance = serviceOf("vagledning");
if (guidance === undefined) throw new Error("the demo has no such service");
const service = guidance;

let bookings: string;
beforeEach(async () => {
  bookings = await freshTable("BookingTable");
  for (const person of ["amina", "jonas", "ritva"])
    await savePerson(bookings, {
      person,
      name: person,
      unit: "servicecenter",
      services: [service.id],
      languages: ["sv"],
      interprets: [],
      manager: "chef",
      office: null,
      standIn: null,
      calendarUrl: null,
    });
  await putRota(rota(["amina", "jonas", "ritva"]), 1);
  await publish();
});

function rota(people: readonly string[], from = "08:00", to = "18:00"): Rota {
  return {
    office,
    validFrom: "2027-02-01",
    validTo: "2027-04-30",
    anchorMonday: "2027-02-01",
    cycleWeeks: 1,
    shifts: people.map((person) => ({ weekIndex: 0, weekday: "mon", from, to, person })),
    approvals: [],
  };
}
const putRota = async (kept: Rota, version: number) =>
  await saveRota(
    bookings,
    { rotaId: "var", version, status: "published", publishedTo: null, inForce: kept, rota: kept },
    version - 1,
  );
const publish = async () => await publishDays(bookings, office, { from: date, to: date }, now);

let made = 0;
function asked(at: string, person?: string): Asked {
  made += 1;
  return {
    bookingId: made.toString(16).padStart(8, "0").repeat(4),
    office,
    start: new Date(`${date}T${at}:00.000Z`),
    wish: { equipment: [], seats: 1, person },
    audience: "internal",
    byUnit: false,
    holdMinutes: null,
    agreed: null,
    caseId: null,
    asked: "",
  };
}
const book = async (wanted: Asked): Promise<Booking> => {
  const outcome = await decideAndSave(
    bookings,
    now,
    async () => take(wanted, await worldAt(bookings, { service, office }, wanted), now),
    { events: async () => [] },
  );
  if (isRefused(outcome)) throw new Error(outcome.refused);
  return outcome;
};
const morning = {
  absenceId: "a".repeat(32),
  person: "amina",
  from: "2027-03-01T08:00:00.000Z",
  to: "2027-03-01T11:00:00.000Z",
  enteredBy: "Karin",
};
const entriesOf = async (person: string) =>
  Object.keys((await readLedgers(bookings, [{ resource: `person:${person}`, date }]))[0]?.entries ?? {});

describe("an office's day", () => {
  test("is made of its rota and its hours, and made again only when it changes", async () => {
    expect(await findOfficeDay(bookings, office, date)).toMatchObject({
      rev: 1,
      kind: "ordinary",
      bookable: [{ from: "2027-03-01T07:00:00.000Z", to: "2027-03-01T17:00:00.000Z" }],
    });
    expect(await publish()).toBe(0);
    expect((await findOfficeDay(bookings, office, date))?.rev).toBe(1);
  });

  test("offers nothing where fewer than the minimum work", async () => {
    await putRota(rota(["amina"]), 2);
    await publish();
    expect(await findOfficeDay(bookings, office, date)).toMatchObject({ rev: 2, bookable: [] });
    await expect(book(asked("08:00"))).rejects.toThrow("outside-hours");
  });

  test("that is closed for a reason unsettles its meetings", async () => {
    const booking = await book(asked("08:00"));
    await saveException(bookings, office, { date, open: [], reason: "Vattenläcka" });
    await publish();
    expect((await findBooking(bookings, booking.bookingId))?.status).toBe("unsettled");
  });

  test("has a guest host at the hours that were entered, whose meetings need another time once they are not", async () => {
    const guests = serviceOf("energiradgivning");
    if (guests === undefined) throw new Error("the demo has no such service");
    const session = { date, service: guests.id, hours: [{ from: "09:00", to: "10:00" }] };
    await saveGuestSession(bookings, office, { ...session, visitors: "both" });
    await publish();
    const wanted = asked("08:15");
    const outcome = await decideAndSave(
      bookings,
      now,
      async () => take(wanted, await worldAt(bookings, { service: guests, office }, wanted), now),
      { events: async () => [] },
    );
    expect(outcome).toMatchObject({ status: "confirmed", person: "guest-energiradgivning" });
    const later = asked("09:00");
    const world = await worldAt(bookings, { service: guests, office }, later);
    expect(take(later, world, now)).toMatchObject({ refused: "taken" });
    await saveGuestSession(bookings, office, { ...session, visitors: "drop-in" });
    await publish();
    expect((await findBooking(bookings, wanted.bookingId))?.status).toBe("unsettled");
  });

  test("with new hours makes a booking that was decided on the old ones decide anew", async () => {
    const wanted = asked("08:00", "amina");
    const world = await worldAt(bookings, { service, office }, wanted);
    await putRota(rota(["jonas", "ritva"]), 2);
    await publish();
    let tries = 0;
    const outcome = await decideAndSave(
      bookings,
      now,
      async () => {
        tries += 1;
        return take(wanted, tries === 1 ? world : await worldAt(bookings, { service, office }, wanted), now);
      },
      { events: async () => [] },
    );
    expect([outcome, tries]).toEqual([{ refused: "taken" }, 2]);
  });

  test("from which a person is taken unsettles the meetings that nobody agreed on beside the hours", async () => {
    const within = await book(asked("08:00", "amina"));
    const beside = await book({
      ...asked("17:30", "amina"),
      agreed: { reason: "Efter jobbet", by: "Amina" },
    });
    await putRota(rota(["jonas", "ritva"]), 2);
    await publish();
    expect((await findBooking(bookings, within.bookingId))?.status).toBe("unsettled");
    expect((await findBooking(bookings, beside.bookingId))?.status).toBe("confirmed");
    expect(await entriesOf("amina")).toEqual([beside.bookingId]);
  });
});

describe("an absence", () => {
  test("removes no meeting: each is unsettled once, stands in the list, and can be moved to somebody else", async () => {
    const hit = [
      await book(asked("08:00", "amina")),
      await book(asked("09:00", "amina")),
      await book(asked("10:30", "amina")),
    ];
    const spared = await book(asked("12:00", "amina"));
    expect(await enterAbsence(bookings, morning, now)).toHaveLength(3);
    expect(await enterAbsence(bookings, morning, now)).toEqual([]);
    expect((await unsettledBookings(bookings, now)).map(({ bookingId }) => bookingId)).toEqual(
      hit.map(({ bookingId }) => bookingId),
    );
    expect((await findBooking(bookings, spared.bookingId))?.status).toBe("confirmed");
    expect(new Set(await entriesOf("amina"))).toEqual(new Set([`a-${morning.absenceId}`, spared.bookingId]));

    const [first] = await unsettledBookings(bookings, now);
    if (first === undefined) throw new Error("nothing is unsettled");
    const to = {
      office,
      start: new Date(first.startsAt),
      wish: { equipment: [], seats: 1 },
      agreed: null,
      audience: "internal",
      byUnit: false,
    } as const;
    const moved = await decideAndSave(
      bookings,
      now,
      async () =>
        move(first, to, await worldAt(bookings, { service, office }, { ...to, also: first.ledgers }), now),
      { events: async () => [] },
    );
    expect(moved).toMatchObject({ status: "confirmed", startsAt: first.startsAt, sequence: 1 });
    expect(isRefused(moved) ? null : moved.person).not.toBe("amina");
    expect(await unsettledBookings(bookings, now)).toHaveLength(2);
  });

  test("until midnight takes a meeting across it from both days", async () => {
    const late = await book({ ...asked("22:45", "amina"), agreed: { reason: "Kvällsmöte", by: "Amina" } });
    expect(late.ledgers.map((of) => of.date)).toEqual([date, "2027-03-02"]);
    const evening = { ...morning, from: "2027-03-01T20:00:00.000Z", to: "2027-03-01T23:00:00.000Z" };
    expect(await enterAbsence(bookings, evening, now)).toHaveLength(1);
    const next = await readLedgers(bookings, [{ resource: "person:amina", date: "2027-03-02" }]);
    expect(next[0]?.entries).toEqual({});
  });

  test("takes the day's people and hours with it, and gives them back when it is lifted", async () => {
    await enterAbsence(bookings, morning, now);
    await publish();
    const day = await findOfficeDay(bookings, office, date);
    expect(day?.people.filter(({ person }) => person === "amina")).toEqual([
      { person: "amina", from: "2027-03-01T07:00:00.000Z", to: morning.from },
      { person: "amina", from: morning.to, to: "2027-03-01T17:00:00.000Z" },
    ]);
    await expect(book(asked("08:00", "amina"))).rejects.toThrow("taken");
    await liftAbsence(bookings, morning, now);
    await removeAbsence(bookings, morning);
    await publish();
    expect((await book(asked("08:00", "amina"))).person).toBe("amina");
  });

  test("entered while the time is being booked: the meeting is refused or unsettled, never left as if nothing were", async () => {
    for (let round = 0; round < 20; round += 1) {
      const wanted = asked("08:00", "amina");
      const [outcome] = await Promise.allSettled([
        book(wanted),
        enterAbsence(bookings, { ...morning, absenceId: round.toString(16).padStart(32, "0") }, now),
      ]);
      const standing = await findBooking(bookings, wanted.bookingId);
      if (outcome.status === "rejected") expect(standing).toBeUndefined();
      else expect(standing?.status).toBe("unsettled");
      await liftAbsence(bookings, { ...morning, absenceId: round.toString(16).padStart(32, "0") }, now);
    }
  });
});
