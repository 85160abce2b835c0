import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { isRefused } from "#shared/refusal.ts";
import { table } from "#shared/table.ts";
import { putBooking, someArrival, someBooking } from "../../../test/reception.ts";
import { freshTable } from "../../../test/tables.ts";
import { findBooking } from "../book/booking-table.ts";
import { bookedVisitorArrived } from "../events.ts";
import { latestIncidents, saveIncident } from "./incident-table.ts";
import { arrive, call, fetchVisitor, goAway, leave, type Visit, type VisitChange } from "./visit.ts";
import {
  type Along,
  findCheckIn,
  findVisit,
  insideNow,
  namesOf,
  nextTicket,
  platesOfDay,
  saveArrival,
  saveVisit,
  visitsOfDay,
} from "./visit-table.ts";

let booking: string;
beforeEach(async () => {
  booking = await freshTable("BookingTable");
});

const now = new Date("2026-11-24T09:50:00Z");
const who = { by: "reception", now };
const office = "kommunhuset";
const date = "2026-11-24";
const alone: Along = { name: undefined, plate: undefined, booking: undefined };
const fifty = Array.from({ length: 50 }, (_, n) => n + 1);
const rounds = Array.from({ length: 50 }, (_, round) => round);

async function came(
  number: number,
  more: Parameters<typeof someArrival>[1] = {},
  along = alone,
): Promise<Visit> {
  const change = arrive(someArrival(number, more), now);
  expect(await saveArrival(booking, change, along)).toBe("saved");
  return change.next;
}

function done(change: VisitChange | { refused: string }): VisitChange {
  if (isRefused(change)) throw new Error(change.refused);
  return change as VisitChange;
}

async function rowsOf(prefix: string) {
  const { Items = [] } = await table.send(new ScanCommand({ TableName: booking, ConsistentRead: true }));
  return Items.filter((item) => String(item["sk"]).startsWith(prefix));
}

const forBooking = (seen: ReturnType<typeof someBooking>): Along => {
  const { bookingId, version, service, unit, startsAt, endsAt, audience } = seen;
  const data = { bookingId, bookingVersion: version + 1, service, unit, office, startsAt, endsAt, audience };
  const place = { subject: bookingId, version: version + 1, at: now };
  return {
    ...alone,
    booking: { seen, event: bookedVisitorArrived.make(place, { ...data, arrivedAt: now.toISOString() }) },
  };
};

test("a visitor's name and plate are disposed of some time after the visit, and that somebody came is not", async () => {
  await came(1, {}, { ...alone, name: "Kim", plate: "ABC12D" });
  const [visitor, plate, visit] = await Promise.all(["VISITOR#", "PLATE#", "VISIT#"].map(rowsOf));
  const daysLater = (days: number) => now.getTime() / 1000 + days * 86_400;
  expect(visitor).toMatchObject([{ name: "Kim", ttl: daysLater(30) }]);
  expect(plate).toMatchObject([{ plate: "ABC12D", ttl: daysLater(7) }]);
  expect(visit?.map(({ ttl }) => ttl)).toContain(undefined);
});

describe("numbers", () => {
  test("are as many as those who take one at once, in fifty rounds", async () => {
    for (const round of rounds) {
      const day = `2027-01-${String((round % 28) + 1).padStart(2, "0")}-${round}`;
      const numbers = await Promise.all(fifty.map(() => nextTicket(booking, office, day)));
      expect(numbers.toSorted((a, b) => a - b)).toEqual(fifty);
    }
  });

  test("begin with one each day, and at each office", async () => {
    expect(await nextTicket(booking, office, date)).toBe(1);
    expect(await nextTicket(booking, office, date)).toBe(2);
    expect(await nextTicket(booking, office, "2026-11-25")).toBe(1);
    expect(await nextTicket(booking, "masten", date)).toBe(1);
  });
});

describe("badges", () => {
  test("of those who get badge 17 at once one has it, in fifty rounds, fifty of them in five; the others are nowhere", async () => {
    for (const round of rounds) {
      const contenders = round % 10 === 0 ? fifty : fifty.slice(0, 10);
      const changes = contenders.map((n) => arrive(someArrival(round * 100 + n, { badge: 17 }), now));
      const outcomes = await Promise.all(changes.map((change) => saveArrival(booking, change, alone)));
      expect(outcomes.filter((outcome) => outcome === "saved")).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === "badge-taken")).toHaveLength(contenders.length - 1);
      const [inside, ...others] = await insideNow(booking, office);
      expect([inside?.badge, others]).toEqual([17, []]);
      const visit = (await findVisit(booking, office, date, inside?.number ?? 0)) as Visit;
      expect(await saveVisit(booking, done(goAway(visit, who)), undefined)).toBe("saved");
    }
  });

  test("are of one office, and free again when their visitor has left", async () => {
    const visit = await came(1, { badge: 17 });
    await came(2, { badge: 17, office: "masten" });
    await saveVisit(booking, done(goAway(visit, who)), undefined);
    await came(3, { badge: 17 });
    expect((await insideNow(booking, office)).map(({ number }) => number)).toEqual([3]);
  });
});

describe("an arrival", () => {
  test("is saved once for its key", async () => {
    const first = await came(1);
    const again = arrive(someArrival(2, { visitId: first.visitId }), now);
    expect(await saveArrival(booking, again, alone)).toBe("there-already");
    expect(await findCheckIn(booking, office, first.visitId)).toEqual({ date, number: 1, asked: "x" });
    expect((await visitsOfDay(booking, office, date)).map(({ number }) => number)).toEqual([1]);
  });

  test("keeps name and plate apart from the visit", async () => {
    const visit = await came(1, {}, { ...alone, name: "Kim", plate: "ABC12D" });
    await came(2, { office: "masten" }, { ...alone, plate: "XYZ999" });
    await came(3, {}, { ...alone, plate: "AAA111" });
    expect(JSON.stringify(await visitsOfDay(booking, office, date))).not.toMatch(/Kim|ABC12D/);
    expect(JSON.stringify(await rowsOf("EVENT#"))).not.toMatch(/Kim|ABC12D/);
    expect(await namesOf(booking, [visit, { office, date, number: 2 }])).toEqual(
      new Map([[`${date} 1`, "Kim"]]),
    );
    expect(await platesOfDay(booking, office, date)).toEqual(["AAA111", "ABC12D"]);
    expect(await platesOfDay(booking, office, "2026-11-25")).toEqual([]);
  });

  test("makes the booking arrived, once: the second visitor of the same is told that it changed", async () => {
    const seen = await putBooking(booking, someBooking("b".repeat(32)));
    await came(1, { booking: seen, badge: 5 }, forBooking(seen));
    expect(await findBooking(booking, seen.bookingId)).toMatchObject({ status: "arrived", version: 2 });
    const second = arrive(someArrival(2, { booking: seen, badge: 6 }), now);
    expect(await saveArrival(booking, second, forBooking(seen))).toBe("changed");
    expect((await insideNow(booking, office)).map(({ number }) => number)).toEqual([1]);
    expect(await rowsOf("BADGE#")).toHaveLength(1);
  });

  test("with a changed booking and a taken badge is told of the booking", async () => {
    const seen = await putBooking(booking, someBooking("b".repeat(32)));
    await came(1, { booking: seen, badge: 5 }, forBooking(seen));
    const second = arrive(someArrival(2, { booking: seen, badge: 5 }), now);
    expect(await saveArrival(booking, second, forBooking(seen))).toBe("changed");
  });

  test("of one booking by twenty at once is one's", async () => {
    for (const round of rounds.slice(0, 10)) {
      const seen = await putBooking(booking, someBooking(round.toString(16).padStart(32, "0")));
      const outcomes = await Promise.all(
        fifty.slice(0, 20).map((n) => {
          const change = arrive(someArrival(round * 100 + n, { booking: seen }), now);
          return saveArrival(booking, change, forBooking(seen));
        }),
      );
      expect(outcomes.filter((outcome) => outcome === "saved")).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === "changed")).toHaveLength(19);
    }
  });
});

describe("a visit", () => {
  test("changes under the version that was seen, with its event", async () => {
    const visit = await came(1);
    const called = done(call(visit, who));
    expect(await saveVisit(booking, called, undefined)).toBe("saved");
    expect(await saveVisit(booking, done(goAway(visit, who)), undefined)).toBe("changed");
    expect(await findVisit(booking, office, date, 1)).toEqual(called.next);
    expect((await rowsOf("EVENT#")).map(({ event }) => event["type"])).toEqual([
      "VisitorArrived",
      "VisitorCalled",
    ]);
  });

  test("that ends gives back the badge, leaves the house and makes the booking done", async () => {
    const seen = await putBooking(booking, someBooking("b".repeat(32)));
    let visit = await came(1, { booking: seen, badge: 5 }, forBooking(seen));
    for (const decide of [call, fetchVisitor]) {
      const change = done(decide(visit, who));
      await saveVisit(booking, change, undefined);
      visit = change.next;
    }
    expect((await insideNow(booking, office)).map(({ badge }) => badge)).toEqual([5]);
    const arrivedBooking = await findBooking(booking, seen.bookingId);
    expect(await saveVisit(booking, done(leave(visit, who)), arrivedBooking)).toBe("saved");
    expect(await findBooking(booking, seen.bookingId)).toMatchObject({ status: "done", version: 3 });
    expect([await insideNow(booking, office), await rowsOf("BADGE#")]).toEqual([[], []]);
  });

  test("does not end over a booking that was changed in between", async () => {
    const seen = await putBooking(booking, someBooking("b".repeat(32)));
    const visit = await came(1, { booking: seen, badge: 5 }, forBooking(seen));
    expect(await saveVisit(booking, done(goAway(visit, who)), seen)).toBe("changed");
    expect((await insideNow(booking, office)).map(({ number }) => number)).toEqual([1]);
  });

  test("is called by one of twenty who call at once", async () => {
    for (const round of rounds.slice(0, 10)) {
      const visit = await came(round + 1);
      const outcomes = await Promise.all(
        fifty.slice(0, 20).map(() => saveVisit(booking, done(call(visit, who)), undefined)),
      );
      expect(outcomes.filter((outcome) => outcome === "saved")).toHaveLength(1);
    }
  });
});

test("an incident is kept with its text, and the event has none", async () => {
  const incident = { incidentId: "i1", at: now.toISOString(), by: "reception", text: "Slog i glaset" };
  await saveIncident(booking, office, incident);
  const later = { ...incident, incidentId: "i2", at: "2026-11-24T10:00:00.000Z", text: null };
  await saveIncident(booking, office, later);
  expect(await latestIncidents(booking, office)).toEqual([later, incident]);
  expect(await latestIncidents(booking, "masten")).toEqual([]);
  const events = (await rowsOf("EVENT#")).map(({ event }) => event["data"]);
  expect(events).toEqual(
    expect.arrayContaining([
      { incidentId: "i1", office },
      { incidentId: "i2", office },
    ]),
  );
  await expect(saveIncident(booking, office, incident)).rejects.toThrow("i1 is there already");
});
