import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as booking from "#services/booking/events.ts";
import * as cases from "#services/cases/events.ts";
import { municipality } from "#shared/config.ts";
import { deliveriesOf, recount, someEvents } from "../../test/counted-events.ts";
import {
  type CountedEvent,
  countedEventSchema,
  eachOnce,
  factOf,
  hidesCases,
  sumOf,
  transactionsOf,
} from "./figures.ts";

const at = new Date("2026-11-24T08:00:00Z");
const about = { subject: "c1", version: 3, at };
const ofCase = { caseId: "c1", caseVersion: 3, caseNumber: "BJO-2026-000001", channel: "email" as const };
const sentAt = "2026-11-20T08:00:00.000Z";
const letter = { key: `cases/${"0".repeat(32)}/${"0".repeat(64)}.json`, sha256: "0".repeat(64) };

const opened = (arrivedAt: string) =>
  cases.caseOpened.make(about, {
    ...ofCase,
    owner: "servicecenter",
    access: "intake",
    kind: "question",
    held: false,
    nature: "ordinary",
    openedAt: "2026-11-24T08:00:00.000Z",
    nextDate: "2026-11-26",
    mailId: "m1",
    arrivedAt,
    addressee: "official",
    trust: "verified",
    readable: true,
    writer: "person",
    letter,
  });
const received = (channel: "email" | "phone", reopened: boolean) =>
  cases.messageReceived.make(about, {
    ...ofCase,
    channel,
    messageId: "m1",
    arrivedAt: sentAt,
    reopened,
    readable: true,
  });
const answer = (first: boolean, workingDaysToAnswer: number, withinPromise = true, minutesToAnswer = 90) => ({
  first,
  arrivedAt: sentAt,
  minutesToAnswer,
  workingDaysToAnswer,
  withinPromise,
});
const answered = (answering: ReturnType<typeof answer>, unit?: string) =>
  cases.answerGiven.make(about, {
    ...ofCase,
    ...answering,
    messageId: "m1",
    letter,
    linkVersion: 1,
    ...(unit === undefined ? {} : { unit }),
  });
const told = (answering: ReturnType<typeof answer>) =>
  cases.citizenTold.make(about, { ...ofCase, ...answering, how: "phone" });
const assigned = { ...ofCase, assignmentId: "a1", unit: "avfall", sentAt };
const sent = (laps: number) =>
  cases.assignmentSent.make(about, { ...assigned, letter, dueDate: "2026-11-26", laps });
const unitAnswered = (inTime: boolean) =>
  cases.assignmentAnswered.make(about, { ...assigned, to: "service-centre", workingDaysToAnswer: 2, inTime });
const closed = cases.caseClosed.make(about, {
  ...ofCase,
  reason: "answered",
  openedAt: sentAt,
  solvedBy: "with-units",
});

const meeting = {
  bookingId: "b1",
  bookingVersion: 3,
  service: "bygglov-radgivning",
  unit: "bygglov",
  office: "kommunhuset",
  startsAt: sentAt,
  endsAt: "2026-11-20T08:45:00.000Z",
  audience: "public" as const,
};
const booked = { ...meeting, linkVersion: 1 };

describe("what an event adds to", () => {
  const firstAnswer = { answers: 1, "first-answers": 1, "first-answer-minutes": 90 };
  test.each<[string, CountedEvent, Record<string, number>]>([
    [
      "a case that is opened",
      opened(sentAt),
      { "contacts/email": 1, "contact-outcome/opened-case": 1, opened: 1 },
    ],
    [
      "a message in an open case",
      received("phone", false),
      { "contacts/phone": 1, "contact-outcome/joined-case": 1 },
    ],
    [
      "a message in a case that had ended",
      received("email", true),
      { "contacts/email": 1, "contact-outcome/joined-case": 1, reopened: 1 },
    ],
    [
      "a first answer on the day",
      answered(answer(true, 0)),
      { ...firstAnswer, "first-answers-within-promise": 1, "first-answers/same-day": 1 },
    ],
    [
      "a first answer a day after, by a unit",
      answered(answer(true, 1), "gata"),
      {
        ...firstAnswer,
        "first-answers-within-promise": 1,
        "first-answers/next-day": 1,
        "unit-answers/gata": 1,
      },
    ],
    [
      "a first answer by phone, two days after and too late",
      told(answer(true, 2, false)),
      { ...firstAnswer, "first-answers/two-days": 1 },
    ],
    [
      "a first answer long after",
      answered(answer(true, 9, false)),
      { ...firstAnswer, "first-answers/later": 1 },
    ],
    [
      "a first answer within the minute",
      answered(answer(true, 0, false, 0)),
      { answers: 1, "first-answers": 1, "first-answers/same-day": 1 },
    ],
    ["a later answer", answered(answer(false, 1)), { answers: 1 }],
    ["a later answer by phone", told(answer(false, 1)), { answers: 1 }],
    ["an assignment", sent(0), { "assignments-sent/avfall": 1 }],
    ["an assignment that two units have sent on", sent(2), { "assignments-sent/avfall": 1, "extra-laps": 1 }],
    [
      "a unit's answer in time",
      unitAnswered(true),
      { "assignments-answered/avfall": 1, "assignments-answered-in-time/avfall": 1 },
    ],
    ["a unit's answer too late", unitAnswered(false), { "assignments-answered/avfall": 1 }],
    [
      "an assignment that comes back",
      cases.assignmentReturned.make(about, { ...assigned, rightAddress: "gata", sentOn: false }),
      { "assignments-returned/avfall": 1 },
    ],
    [
      "a transfer",
      cases.caseTransferred.make(about, {
        ...ofCase,
        transferId: "t1",
        unit: "bygglov",
        authority: "bygg-och-miljonamnden",
        letter,
        sentAt,
      }),
      { "transfers/bygg-och-miljonamnden": 1 },
    ],
    ["an end", closed, { closed: 1, "closed/answered": 1, "solved/with-units": 1 }],
    [
      "a booking by a citizen",
      booking.bookingMade.make(about, { ...booked, sequence: 0 }),
      { "bookings/public": 1, "bookings-with/bygglov": 1 },
    ],
    [
      "a time that is asked for",
      booking.bookingRequested.make(about, { ...booked, sequence: 0 }),
      { "bookings/public": 1, "bookings-with/bygglov": 1 },
    ],
    [
      "a request that is moved",
      booking.bookingRequested.make(about, { ...booked, sequence: 1 }),
      { "bookings-moved": 1 },
    ],
    [
      "a booking that is moved",
      booking.bookingMoved.make(about, { ...booked, sequence: 1, movedFrom: sentAt }),
      { "bookings-moved": 1 },
    ],
    [
      "a booking that is given back",
      booking.bookingCancelled.make(about, { ...booked, sequence: 1, by: "citizen" }),
      { "bookings-cancelled/citizen": 1 },
    ],
    [
      "a no",
      booking.bookingDeclined.make(about, { ...booked, sequence: 0, cause: "no-answer" }),
      { "bookings-declined/no-answer": 1 },
    ],
    [
      "a meeting that loses its room",
      booking.bookingUnsettled.make(about, { ...meeting, cause: "room" }),
      { "bookings-unsettled/room": 1 },
    ],
    ["a meeting to which nobody came", booking.bookingMissed.make(about, meeting), { "bookings-missed": 1 }],
    ["a new beginning", cases.caseReopened.make(about, { ...ofCase, cause: "by-hand" }), { reopened: 1 }],
  ])("%s", (_what, event, figures) => {
    expect(factOf(event).figures).toEqual(figures);
  });

  test.each([
    ["in the last minute of a day", "2026-11-23T22:59:00.000Z", "2026-11-23"],
    ["after midnight in Sweden", "2026-11-23T23:00:00.000Z", "2026-11-24"],
    ["after midnight in summer", "2026-06-23T22:00:00.000Z", "2026-06-24"],
  ])("a contact %s belongs to its own day, whenever it was registered", (_what, arrivedAt, date) => {
    expect(factOf(opened(arrivedAt))).toMatchObject({ date, at: arrivedAt });
  });

  test("an answer belongs to the day on which it was given", () => {
    expect(factOf(answered(answer(true, 2)))).toMatchObject({ date: "2026-11-24", at: at.toISOString() });
  });

  test("a meeting to which nobody came belongs to its own day, and is known by itself, its service and its time", () => {
    const { factId, ...fact } = factOf(booking.bookingMissed.make(about, meeting));
    expect(factId).toMatch(/^[0-9a-f]{32}$/);
    expect(fact).toEqual({
      eventId: "BookingMissed-c1-3",
      date: "2026-11-20",
      at: sentAt,
      subject: { bookingId: "b1", service: "bygglov-radgivning", startsAt: sentAt },
      figures: { "bookings-missed": 1 },
    });
  });

  test("names the case, and nobody", () => {
    const { factId, ...fact } = factOf(closed);
    expect(factId).toMatch(/^[0-9a-f]{32}$/);
    expect(fact).toEqual({
      eventId: "CaseClosed-c1-3",
      date: "2026-11-24",
      at: "2026-11-24T08:00:00.000Z",
      subject: { caseId: "c1", caseNumber: "BJO-2026-000001" },
      figures: { closed: 1, "closed/answered": 1, "solved/with-units": 1 },
    });
  });

  test("is nothing for the events that count nothing", () => {
    const note = cases.noteAdded.make(about, { ...ofCase, noteId: "n1" });
    expect(countedEventSchema.safeParse(note).success).toBe(false);
  });
});

/** A projector in memory: takes what comes in batches of ten, and keeps what the table keeps. */
function project(deliveries: readonly CountedEvent[]) {
  const known = new Set<string>();
  const kept: ReturnType<typeof factOf>[] = [];
  for (let from = 0; from < deliveries.length; from += 10) {
    const batch = eachOnce(deliveries.slice(from, from + 10).map(factOf));
    for (const fact of transactionsOf(batch).flat()) {
      if (!known.has(fact.factId)) kept.push(fact);
      known.add(fact.factId);
    }
  }
  const { days, open } = sumOf(kept);
  return { days: Object.fromEntries(days), open };
}

describe("figures", () => {
  test("are the same as counted from the raw events, whatever these are", () => {
    fc.assert(
      fc.property(someEvents(60), (events) => {
        expect(project(events)).toEqual(recount(events));
      }),
      { numRuns: 50 },
    );
  });

  test("of 200 events are equal, 500 times shuffled and repeated", { timeout: 60_000 }, () => {
    const events = fc.sample(someEvents(200), { numRuns: 1, seed: 12 }).flat();
    const counted = recount(events);
    fc.assert(
      fc.property(deliveriesOf(events), (deliveries) => {
        expect(project(deliveries)).toEqual(counted);
      }),
      { numRuns: 500 },
    );
  });
});

test("facts are cut into transactions without loss, in order, within what one takes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }).chain(someEvents), (events) => {
      const facts = events.map(factOf);
      const transactions = transactionsOf(facts);
      expect(transactions.flat()).toEqual(facts);
      for (const together of transactions) {
        const cells = [...sumOf(together).days.values()].flatMap((day) => Object.keys(day));
        expect(together.length).toBeLessThanOrEqual(25);
        expect(cells.length + 1).toBeLessThanOrEqual(70);
      }
    }),
    { numRuns: 100 },
  );
  const alike = Array.from({ length: 26 }, () => factOf(closed));
  expect(transactionsOf(alike).map(({ length }) => length)).toEqual([25, 1]);
});

describe("the cases behind a figure", () => {
  test.each([
    "contacts/email",
    "first-answers",
    "closed/transferred",
    "assignments-sent/avfall",
    "unit-answers/skolskjuts",
    "transfers/bygg-och-miljonamnden",
    "bookings/public",
    "bookings-with/bygglov",
  ])("of %s are shown", (figure) => {
    expect(hidesCases(figure, municipality())).toBe(false);
  });

  test.each([
    "assignments-sent/ifo-mottagning",
    "assignments-answered/ifo-mottagning",
    "assignments-answered-in-time/lss",
    "assignments-returned/bistand-aldre",
    "unit-answers/lss",
    "transfers/socialnamnden",
    "unit-answers/closed-down",
    "transfers/dissolved",
    "assignments-sent",
    "bookings-with/ifo-mottagning",
  ])("of %s are hidden", (figure) => {
    expect(hidesCases(figure, municipality())).toBe(true);
  });
});
