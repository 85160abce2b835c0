import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { municipality } from "#shared/config.ts";
import { daysLater } from "../hours/local-dates.ts";
import { type OpeningException, openOn } from "../hours/opening-hours.ts";
import {
  byDue,
  disposedFrom,
  dueAfter,
  dueOn,
  extend,
  giveBack,
  isDisposed,
  isOverdue,
  type Loan,
  lateSeconds,
  lend,
  undoGivingBack,
} from "./loan.ts";

const hour = 3_600_000;

/** So many of a calendar's days from a date. */
function daysOf(name: string, from: string, count = 60, exceptions: readonly OpeningException[] = []) {
  const { calendars, redDays } = municipality();
  const calendar = calendars[name];
  if (calendar === undefined) throw new Error(`no calendar ${name}`);
  return Array.from({ length: count }, (_, day) =>
    openOn(daysLater(from, day), calendar, exceptions, redDays),
  );
}
function dueOf(calendar: string, end: string, hours = 2, exceptions: readonly OpeningException[] = []) {
  const due = dueAfter(new Date(end), daysOf(calendar, end.slice(0, 10), 60, exceptions), hours);
  return due instanceof Date ? due.toISOString() : due;
}

describe("a key is due two opening hours after the office opens again", () => {
  test.each([
    ["Friday evening: on Monday at ten", "servicecenter", "2026-12-04T21:00:00Z", "2026-12-07T09:00:00.000Z"],
    [
      "a weekday evening: the next morning",
      "servicecenter",
      "2026-12-01T20:00:00Z",
      "2026-12-02T09:00:00.000Z",
    ],
    // Good Friday and Easter Monday are red, and Maundy Thursday closes early.
    ["over Easter: on Tuesday", "servicecenter", "2027-03-25T19:00:00Z", "2027-03-30T08:00:00.000Z"],
    ["the night the clocks go forward", "servicecenter", "2027-03-27T23:30:00Z", "2027-03-30T08:00:00.000Z"],
    [
      "while it is open: after it has opened again",
      "servicecenter",
      "2026-12-02T11:00:00Z",
      "2026-12-03T09:00:00.000Z",
    ],
    ["just as it opens: the same day", "servicecenter", "2026-12-02T07:00:00Z", "2026-12-02T09:00:00.000Z"],
    ["before lunch: after it", "unit", "2026-12-02T10:30:00Z", "2026-12-02T14:00:00.000Z"],
    // Open on Tuesday mornings, and on the evening of the first and the third Thursday.
    [
      "at Granhult on a Wednesday: in the evening",
      "granhult",
      "2026-12-02T21:00:00Z",
      "2026-12-03T17:00:00.000Z",
    ],
    [
      "at Granhult on a Friday: on Tuesday morning",
      "granhult",
      "2026-12-04T21:00:00Z",
      "2026-12-08T10:00:00.000Z",
    ],
  ])("a hire that ends %s", (_what, calendar, end, due) => {
    expect(dueOf(calendar, end)).toBe(due);
  });

  test("where it is open for less than that, the rest is of when it opens next", () => {
    // Two hours of Thursday evening, and one of Tuesday morning.
    expect(dueOf("granhult", "2026-12-02T21:00:00Z", 3)).toBe("2026-12-08T09:00:00.000Z");
  });

  test("a day that is closed by an exception is none", () => {
    const closed = { date: "2026-12-07", open: [], reason: "Inventering" };
    expect(dueOf("servicecenter", "2026-12-04T21:00:00Z", 2, [closed])).toBe("2026-12-08T09:00:00.000Z");
  });

  test("where it does not open, none is said", () => {
    expect(dueAfter(new Date("2026-12-04T21:00:00Z"), daysOf("servicecenter", "2026-12-05", 2), 2)).toEqual({
      refused: "not-open",
    });
  });

  test("whenever it ends: the office has been open for just so long by then, and is open a moment before", () => {
    const from = "2026-12-01";
    const fromMs = Date.parse(`${from}T00:00:00Z`);
    fc.assert(
      fc.property(
        fc.constantFrom("servicecenter", "unit", "granhult"),
        fc.integer({ min: 0, max: 500 * 24 * 12 }),
        fc.integer({ min: 1, max: 12 }),
        (calendar, fives, hours) => {
          const end = new Date(fromMs + fives * 300_000);
          const days = daysOf(calendar, end.toISOString().slice(0, 10));
          const due = dueAfter(end, days, hours);
          if (!(due instanceof Date)) throw new Error("sixty days without an opening");
          const since = days.flatMap(({ open }) => open).filter((stretch) => stretch.from >= end);
          const openMs = since.reduce(
            (sum, { from: opens, to }) =>
              sum + Math.max(0, Math.min(to.getTime(), due.getTime()) - opens.getTime()),
            0,
          );
          expect(openMs).toBe(hours * hour);
          expect(since.some(({ from: opens, to }) => opens < due && due <= to)).toBe(true);
          expect(due > end).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe("what is lent until a date", () => {
  const days = daysOf("servicecenter", "2026-12-04", 4);
  test("is due when the office closes", () => {
    expect(dueOn("2026-12-04", days)).toEqual(new Date("2026-12-04T16:00:00Z"));
    expect(dueOn("2026-12-07", days)).toEqual(new Date("2026-12-07T17:00:00Z"));
  });
  test.each(["2026-12-05", "2026-12-24"])("%s: not where it is closed", (date) => {
    expect(dueOn(date, days)).toEqual({ refused: "not-open" });
  });
});

const lentAt = new Date("2026-12-04T15:50:00Z");
const due = new Date("2026-12-07T09:00:00Z");
const asked = {
  loanId: "1".repeat(32),
  office: "kommunhuset",
  item: "nyckel-ekbacken-1",
  bookingId: "b".repeat(32),
  asked: "x",
};
const who = (at: string) => ({ by: "petra", now: new Date(at) });

function out(more: Partial<Loan> = {}): Loan {
  const change = lend({ ...asked, dueAt: due }, { by: "petra", now: lentAt });
  if ("refused" in change) throw new Error(change.refused);
  return { ...change.next, ...more };
}
function back(at: string): Loan {
  const change = giveBack(out(), who(at));
  if ("refused" in change) throw new Error(change.refused);
  return change.next;
}

describe("a loan", () => {
  test("is out until it is due, and says so without a name", () => {
    const change = lend({ ...asked, dueAt: due }, { by: "petra", now: lentAt });
    expect(change).toMatchObject({
      seen: 0,
      next: { status: "out", version: 1, lentBy: "petra", dueAt: due.toISOString(), returnedAt: null },
      event: { type: "ItemLent", data: { item: asked.item, bookingId: asked.bookingId } },
    });
  });

  test("without a hire says nothing of one", () => {
    const change = lend({ ...asked, bookingId: null, dueAt: due }, { by: "petra", now: lentAt });
    expect("event" in change && Object.keys(change.event?.data ?? {})).toEqual([
      "loanId",
      "loanVersion",
      "office",
      "item",
      "dueAt",
    ]);
  });

  test("is refused where it would be due already, or in more than 400 days", () => {
    expect(lend({ ...asked, dueAt: lentAt }, { by: "petra", now: lentAt })).toEqual({
      refused: "due-passed",
    });
    expect(lend({ ...asked, dueAt: new Date("2028-01-10T09:00:00Z") }, { by: "petra", now: lentAt })).toEqual(
      { refused: "too-far-away" },
    );
  });

  test("is overdue a moment after it was due, and not when it is back", () => {
    expect(isOverdue(out(), due)).toBe(false);
    expect(isOverdue(out(), new Date(due.getTime() + 1))).toBe(true);
    expect(isOverdue(back("2026-12-07T14:00:00Z"), new Date("2026-12-08T09:00:00Z"))).toBe(false);
  });

  test("that comes back late says by how much, and one in time that it is not", () => {
    expect(giveBack(out(), who("2026-12-07T14:30:15.900Z"))).toMatchObject({
      seen: 1,
      next: { status: "returned", version: 2, returnedBy: "petra", returnedAt: "2026-12-07T14:30:15.900Z" },
      event: { type: "ItemReturned", data: { lateSeconds: 5.5 * 3600 + 15, loanVersion: 2 } },
    });
    expect(giveBack(out(), who("2026-12-07T08:00:00Z"))).toMatchObject({
      event: { data: { lateSeconds: 0 } },
    });
    expect(lateSeconds(out(), new Date("2026-12-07T09:01:00Z"))).toBe(60);
    expect(lateSeconds(back("2026-12-07T09:01:00Z"), new Date("2027-01-01T00:00:00Z"))).toBe(60);
  });

  test("comes back once", () => {
    expect(giveBack(back("2026-12-07T08:00:00Z"), who("2026-12-07T08:00:01Z"))).toEqual({
      refused: "wrong-status",
    });
  });

  test("is extended to what is later and not past, also when it is overdue, and not when it is back", () => {
    const later = new Date("2026-12-08T17:00:00Z");
    expect(extend(out(), later, { now: new Date("2026-12-07T10:00:00Z") })).toMatchObject({
      seen: 1,
      next: { version: 2, dueAt: later.toISOString(), status: "out" },
      event: undefined,
    });
    const now = new Date("2026-12-09T10:00:00Z");
    expect(extend(out(), later, { now })).toEqual({ refused: "due-passed" });
    expect(extend(out(), due, { now: lentAt })).toEqual({ refused: "not-later" });
    expect(extend(out(), new Date("2029-01-01T00:00:00Z"), { now })).toEqual({ refused: "too-far-away" });
    expect(extend(back("2026-12-07T08:00:00Z"), later, { now: lentAt })).toEqual({ refused: "wrong-status" });
  });

  test("that came back by mistake is out again as it was, for ten minutes and not a millisecond longer", () => {
    const returned = back("2026-12-07T08:00:00.000Z");
    expect(undoGivingBack(returned, { now: new Date("2026-12-07T08:10:00.000Z") })).toMatchObject({
      seen: 2,
      next: { ...out(), version: 3 },
      event: { type: "ItemReturnUndone" },
    });
    expect(undoGivingBack(returned, { now: new Date("2026-12-07T08:10:00.001Z") })).toEqual({
      refused: "too-late",
    });
    expect(undoGivingBack(out(), { now: lentAt })).toEqual({ refused: "wrong-status" });
  });

  test("tells nobody who had it ninety days after it came back, and never forgets who has it", () => {
    const returned = back("2026-12-07T08:00:00.000Z");
    const from = disposedFrom("2026-12-07T08:00:00.000Z");
    expect(from).toEqual(new Date("2027-03-07T08:00:00.000Z"));
    expect(isDisposed(returned, new Date(from.getTime() - 1))).toBe(false);
    expect(isDisposed(returned, from)).toBe(true);
    expect(isDisposed(out(), new Date("2030-01-01T00:00:00Z"))).toBe(false);
  });
});

test("of what is out, that is first which is overdue longest", () => {
  const loans = [
    out({ item: "c", dueAt: "2026-12-09T09:00:00.000Z" }),
    out({ item: "b", dueAt: "2026-12-07T09:00:00.000Z" }),
    out({ item: "a", dueAt: "2026-12-07T09:00:00.000Z" }),
  ];
  expect(byDue(loans).map(({ item }) => item)).toEqual(["a", "b", "c"]);
});
