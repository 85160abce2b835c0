import fc from "fast-check";
import { expect, test } from "vitest";
import { bookingStatuses } from "../book/booking.ts";
import { type Expected, figuresOfDay } from "./day-figures.ts";
import { arrive, type Visit, visitStates } from "./visit.ts";

const now = new Date("2026-11-24T17:00:00Z");

function visit(number: number, floor: number | null, more: Partial<Visit> = {}): Visit {
  const arrived = arrive(
    {
      visitId: String(number),
      office: "kommunhuset",
      number,
      purpose: "floor",
      floor,
      reception: "host",
      secret: false,
      badge: null,
      asked: "",
      unit: null,
      service: null,
      host: null,
      booking: undefined,
    },
    new Date("2026-11-24T09:00:00Z"),
  );
  return { ...arrived.next, ...more };
}
const fetched = (time: string) => ({
  steps: [{ step: "fetch" as const, at: `2026-11-24T${time}Z`, by: "x" }],
});
const booked = (bookingId: string) => ({ kind: "booked" as const, bookingId });

test("visits, no-shows and waiting, floor by floor", () => {
  const expected: Expected[] = [
    { bookingId: "came", status: "arrived", endsAt: "2026-11-24T10:00:00.000Z", floor: 4 },
    { bookingId: "missed", status: "missed", endsAt: "2026-11-24T10:00:00.000Z", floor: 4 },
    { bookingId: "over", status: "confirmed", endsAt: "2026-11-24T10:00:00.000Z", floor: null },
    { bookingId: "to-come", status: "confirmed", endsAt: "2026-11-24T18:00:00.000Z", floor: 4 },
    { bookingId: "held", status: "held", endsAt: "2026-11-24T10:00:00.000Z", floor: 4 },
    { bookingId: "cancelled", status: "cancelled", endsAt: "2026-11-24T10:00:00.000Z", floor: 4 },
  ];
  const visits = [
    visit(1, 4, { ...booked("came"), ...fetched("09:02:00") }),
    visit(2, 4, fetched("09:10:00")),
    visit(3, 4, { state: "turned-away" }),
    visit(4, 2, { state: "handed-in" }),
    visit(5, 2, { state: "went-away" }),
    visit(6, 4, fetched("09:01:00")),
  ];
  const none = {
    booked: 0,
    dropIn: 0,
    noShow: 0,
    handedIn: 0,
    turnedAway: 0,
    wentAway: 0,
    medianWaitingSeconds: null,
  };
  expect(figuresOfDay(visits, expected, now)).toEqual({
    floors: [
      { ...none, floor: null, noShow: 1, total: 1 },
      { ...none, floor: 2, dropIn: 2, total: 2, handedIn: 1, wentAway: 1 },
      {
        ...none,
        floor: 4,
        booked: 1,
        dropIn: 3,
        noShow: 1,
        total: 5,
        turnedAway: 1,
        medianWaitingSeconds: 120,
      },
    ],
    all: {
      booked: 1,
      dropIn: 5,
      noShow: 2,
      total: 8,
      handedIn: 1,
      turnedAway: 1,
      wentAway: 1,
      medianWaitingSeconds: 120,
    },
  });
});

test("a booking that the list of days shows as confirmed still, though its visitor has come, is counted once", () => {
  const late: Expected = {
    bookingId: "came",
    status: "confirmed",
    endsAt: "2026-11-24T10:00:00.000Z",
    floor: 4,
  };
  expect(figuresOfDay([visit(1, 4, booked("came"))], [late], now).all).toMatchObject({
    booked: 1,
    noShow: 0,
    total: 1,
  });
});

test("of an even number the median is the lower of the two in the middle", () => {
  const waits = ["09:01:00", "09:02:00", "09:03:00", "09:04:00"].map((time, n) => visit(n, 4, fetched(time)));
  expect(figuresOfDay(waits, [], now).all.medianWaitingSeconds).toBe(120);
});

test("whatever a day held: booked, drop-in and no-show are the total, and the floors are the whole", () => {
  const floor = fc.constantFrom(null, 2, 3, 4);
  const came = fc.record({ floor, booked: fc.boolean(), state: fc.constantFrom(...visitStates) });
  const missing = fc.record({ floor, status: fc.constantFrom(...bookingStatuses) });
  fc.assert(
    fc.property(fc.array(came), fc.array(missing), (visits, bookings) => {
      const { floors, all } = figuresOfDay(
        visits.map((one, n) =>
          visit(n, one.floor, { state: one.state, ...(one.booked ? booked(`v${n}`) : {}) }),
        ),
        bookings.map((one, n) => ({ ...one, bookingId: `b${n}`, endsAt: "2026-11-24T10:00:00.000Z" })),
        now,
      );
      for (const row of [...floors, all]) expect(row.booked + row.dropIn + row.noShow).toBe(row.total);
      for (const what of [
        "booked",
        "dropIn",
        "noShow",
        "total",
        "handedIn",
        "turnedAway",
        "wentAway",
      ] as const)
        expect(floors.reduce((sum, row) => sum + row[what], 0)).toBe(all[what]);
      // Who was checked in by mistake never came.
      expect(all.booked + all.dropIn).toBe(visits.filter(({ state }) => state !== "mistaken").length);
    }),
  );
  expect.hasAssertions();
});
