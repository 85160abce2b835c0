import { expect, test } from "vitest";
import { isRefused } from "#shared/refusal.ts";
import { changed, type Ledger } from "../ledger/ledger.ts";
import { type BookingChange, cancel, confirm, take } from "./booking.ts";
import { countHold } from "./holds.ts";
import { ledgerName, type World } from "./offer.ts";

const at = (time: string) => new Date(`2026-11-24T${time}:00.000Z`);
const now = at("08:00");
const day = "2026-11-25";

const anna: Ledger = { resource: "person:anna", date: day, version: 0, entries: {} };
const client: Ledger = { resource: "client:c1", date: "2026-11-24", version: 0, entries: {} };
const world: World = {
  service: {
    id: "vagledning",
    name: "Vägledning",
    unit: "servicecenter",
    minutes: 30,
    before: 0,
    after: 0,
    places: ["kommunhuset"],
    needs: { person: true, interpreter: false },
    seats: 1,
    noticeHours: 2,
    horizonDays: 30,
    visibility: "open",
    releaseMinutes: 0,
    keptForStaff: 0,
    approval: "none",
    prepare: [],
  },
  day: {
    office: "kommunhuset",
    date: day,
    bookable: [{ from: `${day}T07:00:00.000Z`, to: `${day}T16:00:00.000Z` }],
    people: [{ person: "anna", from: `${day}T07:00:00.000Z`, to: `${day}T16:00:00.000Z` }],
  },
  people: [
    { person: "anna", unit: "servicecenter", services: ["vagledning"], languages: ["sv"], interprets: [] },
  ],
  rooms: [],
  ledgers: new Map([[ledgerName(anna), anna]]),
};

/** A hold of ten minutes, at a quarter of an hour of its own. */
function hold(place: number): BookingChange {
  const taken = take(
    {
      bookingId: String(place).padStart(32, "0"),
      office: "kommunhuset",
      start: new Date(Date.parse(`${day}T08:00:00.000Z`) + place * 1_800_000),
      wish: { equipment: [], seats: 1 },
      audience: "public",
      byUnit: false,
      holdMinutes: 10,
      agreed: null,
      caseId: null,
      asked: "",
    },
    world,
    now,
  );
  if (isRefused(taken)) throw new Error(taken.refused);
  return taken;
}

/** The client's ledger after so many holds, and the last change. */
function holding(howMany: number): { ledger: Ledger; last: BookingChange } {
  let ledger = client;
  let last = hold(0);
  for (let place = 0; place < howMany; place += 1) {
    const counted = countHold(hold(place), ledger, { most: 3, now });
    if (isRefused(counted)) throw new Error(counted.refused);
    ledger = ledgerAfter(counted, ledger);
    last = counted;
  }
  return { ledger, last };
}

function ledgerAfter(change: BookingChange, before: Ledger): Ledger {
  const own = change.ledgers.find(({ ledger }) => ledger.resource === before.resource);
  if (own === undefined) throw new Error("the client's ledger is not changed");
  return changed(own, now.getTime());
}

test("a client holds so many times at once and no more", () => {
  const { ledger } = holding(3);
  expect(countHold(hold(3), ledger, { most: 3, now })).toEqual({ refused: "too-many-holds" });
});

test("a hold whose time is out is not counted, though it is still there", () => {
  const { ledger } = holding(3);
  expect(isRefused(countHold(hold(3), ledger, { most: 3, now: at("08:10") }))).toBe(true);
  expect(isRefused(countHold(hold(3), ledger, { most: 3, now: at("08:11") }))).toBe(false);
});

test("what is confirmed is the person's, and no longer counted among the client's holds", () => {
  const { ledger, last } = holding(1);
  const ledgers = new Map([
    [ledgerName(anna), { ...anna, version: 1, entries: { [last.next.bookingId]: entryOf(last) } }],
    [ledgerName(ledger), ledger],
  ]);
  const confirmed = confirm(last.next, world.service, ledgers, { byUnit: false, now: at("08:05") });
  if (isRefused(confirmed)) throw new Error(confirmed.refused);
  expect(confirmed.next.ledgers).toEqual([{ resource: "person:anna", date: day }]);
  expect(ledgerAfter(confirmed, ledger).entries).toEqual({});
});

test("what is let go is nobody's", () => {
  const { ledger, last } = holding(1);
  const ledgers = new Map([
    [ledgerName(anna), { ...anna, version: 1, entries: { [last.next.bookingId]: entryOf(last) } }],
    [ledgerName(ledger), ledger],
  ]);
  const gone = cancel(last.next, world.service, ledgers, { by: "citizen", now });
  if (isRefused(gone)) throw new Error(gone.refused);
  expect(gone.ledgers.map((change) => changed(change, now.getTime()).entries)).toEqual([{}, {}]);
});

function entryOf({ ledgers, next }: BookingChange) {
  const entry = ledgers.find(({ ledger }) => ledger.resource === "person:anna")?.put[next.bookingId];
  if (entry === undefined) throw new Error("anna is not held");
  return entry;
}
