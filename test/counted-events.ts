import fc from "fast-check";
import * as booking from "#services/booking/events.ts";
import * as cases from "#services/cases/events.ts";
import { channelCodes, closeReasonCodes } from "#services/cases/events.ts";
import type { CountedEvent } from "#services/stats/figures.ts";

// Events of the cases and the booking service, as a year may bring them. The dates lie close around a change of day and of clock.

const units = ["avfall", "gata", "ifo-mottagning", "skolskjuts"] as const;
const someId = fc.integer({ min: 0, max: 40 }).map((n) => `c${n}`);
const instant = fc
  .date({ min: new Date("2026-10-23T20:00:00Z"), max: new Date("2026-10-27T04:00:00Z"), noInvalidDate: true })
  .map((at) => at.toISOString());

const about = fc.record({
  caseId: someId,
  caseVersion: fc.integer({ min: 1, max: 99 }),
  channel: fc.constantFrom(...channelCodes),
});
const numbered = about.map((of) => ({ ...of, caseNumber: `BJO-2026-${of.caseId.slice(1)}` }));
const unit = fc.constantFrom(...units);
const letter = { key: `cases/${"0".repeat(32)}/${"0".repeat(64)}.json`, sha256: "0".repeat(64) };

const answering = fc.record({
  first: fc.boolean(),
  arrivedAt: instant,
  minutesToAnswer: fc.nat(10_000),
  workingDaysToAnswer: fc.nat(5),
  withinPromise: fc.boolean(),
});

const meeting = fc.record({
  bookingId: someId,
  bookingVersion: fc.integer({ min: 1, max: 99 }),
  service: fc.constantFrom("vagledning", "ekonomiskt-bistand"),
  unit,
  office: fc.constant("kommunhuset"),
  startsAt: instant,
  endsAt: instant,
  audience: fc.constantFrom(...booking.audienceCodes),
});
const booked = fc.tuple(meeting, fc.nat(3)).map(([of, sequence]) => ({ ...of, sequence, linkVersion: 1 }));

/** The envelope is put around by whoever numbers the events. */
type Draft = (at: Date, n: number) => CountedEvent;

function draft<Data extends object>(
  make: (about: { subject: string; version: number; at: Date }, data: Data) => CountedEvent,
  data: fc.Arbitrary<Data>,
): fc.Arbitrary<Draft> {
  return data.map((given) => (at, n) => make({ subject: "any", version: n, at }, given));
}

const drafts: fc.Arbitrary<Draft> = fc.oneof(
  draft(
    cases.caseOpened.make,
    fc.tuple(numbered, instant).map(([of, arrivedAt]) => ({
      ...of,
      owner: "servicecenter",
      access: "intake" as const,
      kind: "question" as const,
      held: false,
      nature: "ordinary" as const,
      openedAt: arrivedAt,
      nextDate: "2026-11-01",
      mailId: "m1",
      arrivedAt,
      addressee: "official" as const,
      trust: "verified" as const,
      readable: true,
      writer: "person" as const,
      letter,
    })),
  ),
  draft(
    cases.messageReceived.make,
    fc.tuple(numbered, instant, fc.boolean()).map(([of, arrivedAt, reopened]) => ({
      ...of,
      messageId: "m1",
      arrivedAt,
      reopened,
      readable: true,
    })),
  ),
  draft(
    cases.answerGiven.make,
    fc.tuple(numbered, answering, fc.option(unit, { nil: undefined })).map(([of, answer, by]) => ({
      ...of,
      ...answer,
      messageId: "m1",
      letter,
      linkVersion: 1,
      ...(by === undefined ? {} : { unit: by }),
    })),
  ),
  draft(
    cases.citizenTold.make,
    fc.tuple(numbered, answering).map(([of, answer]) => ({ ...of, ...answer, how: "phone" as const })),
  ),
  draft(
    cases.assignmentSent.make,
    fc.tuple(numbered, unit, instant, fc.nat(3)).map(([of, to, sentAt, laps]) => ({
      ...of,
      assignmentId: "a1",
      unit: to,
      letter,
      sentAt,
      dueDate: "2026-11-01",
      laps,
    })),
  ),
  draft(
    cases.assignmentAnswered.make,
    fc.tuple(numbered, unit, instant, fc.boolean()).map(([of, by, sentAt, inTime]) => ({
      ...of,
      assignmentId: "a1",
      unit: by,
      sentAt,
      to: "service-centre" as const,
      workingDaysToAnswer: 1,
      inTime,
    })),
  ),
  draft(
    cases.assignmentReturned.make,
    fc.tuple(numbered, unit, instant).map(([of, by, sentAt]) => ({
      ...of,
      assignmentId: "a1",
      unit: by,
      sentAt,
      rightAddress: "gata",
      sentOn: true,
    })),
  ),
  draft(
    cases.caseTransferred.make,
    fc
      .tuple(numbered, instant, fc.constantFrom("socialnamnden", "bygg-och-miljonamnden"))
      .map(([of, sentAt, authority]) => ({
        ...of,
        transferId: "t1",
        unit: "bygglov",
        authority,
        letter,
        sentAt,
      })),
  ),
  draft(
    cases.caseClosed.make,
    fc
      .tuple(
        numbered,
        instant,
        fc.constantFrom(...closeReasonCodes),
        fc.constantFrom("service-centre" as const, "with-units" as const, "transferred" as const),
      )
      .map(([of, openedAt, reason, solvedBy]) => ({ ...of, openedAt, reason, solvedBy })),
  ),
  draft(
    cases.caseReopened.make,
    numbered.map((of) => ({ ...of, cause: "by-hand" as const })),
  ),
  draft(booking.bookingMade.make, booked),
  draft(booking.bookingRequested.make, booked),
  draft(
    booking.bookingMoved.make,
    fc.tuple(booked, instant).map(([of, movedFrom]) => ({ ...of, movedFrom })),
  ),
  draft(
    booking.bookingCancelled.make,
    fc
      .tuple(booked, fc.constantFrom("citizen" as const, "staff" as const))
      .map(([of, by]) => ({ ...of, by })),
  ),
  draft(
    booking.bookingDeclined.make,
    fc
      .tuple(booked, fc.constantFrom("unit" as const, "no-answer" as const))
      .map(([of, cause]) => ({ ...of, cause })),
  ),
  draft(
    booking.bookingUnsettled.make,
    fc
      .tuple(meeting, fc.constantFrom("absence" as const, "rota" as const, "room" as const))
      .map(([of, cause]) => ({ ...of, cause })),
  ),
  draft(booking.bookingMissed.make, meeting),
);

/** So many different events of every kind that is counted. */
export function someEvents(howMany: number): fc.Arbitrary<readonly CountedEvent[]> {
  return fc
    .array(fc.tuple(drafts, instant), { minLength: howMany, maxLength: howMany })
    .map((all) => all.map(([make, at], n) => make(new Date(at), n)));
}

/** All of them, each at least once and many more than once, in any order. */
export function deliveriesOf<T>(events: readonly T[]): fc.Arbitrary<readonly T[]> {
  return fc.array(fc.nat(events.length - 1), { maxLength: 2 * events.length }).chain((again) => {
    const all = [...events, ...again.flatMap((n) => events.slice(n, n + 1))];
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  });
}

type Of<Type extends CountedEvent["type"]> = Extract<CountedEvent, { type: Type }>;
type AnyAnswer = Of<"AnswerGiven"> | Of<"CitizenTold">;

/**
 * The figures of some days and the open cases, counted anew from the raw events, one question at a time: not as the
 * service does it.
 */
export function recount(events: readonly CountedEvent[]) {
  const days: Record<string, Record<string, number>> = {};
  const add = (event: CountedEvent, name: string, value = 1) => {
    if (value === 0) return;
    const contact = event.type === "CaseOpened" || event.type === "MessageReceived";
    const missed = event.type === "BookingMissed" ? event.data.startsAt : event.time;
    const instantOf = contact ? event.data.arrivedAt : missed;
    // Sweden's clock went back an hour on 25 October 2026 at 01:00 UTC.
    const hours = instantOf < "2026-10-25T01:00:00.000Z" ? 2 : 1;
    const date = new Date(Date.parse(instantOf) + hours * 3_600_000).toISOString().slice(0, 10);
    days[date] = { ...days[date], [name]: (days[date]?.[name] ?? 0) + value };
  };
  const of = <Type extends CountedEvent["type"]>(...types: Type[]) =>
    events.filter((event): event is Of<Type> => types.some((type) => type === event.type));

  for (const e of of("CaseOpened", "MessageReceived")) add(e, `contacts/${e.data.channel}`);
  for (const e of of("CaseOpened")) add(e, "contact-outcome/opened-case");
  for (const e of of("MessageReceived")) add(e, "contact-outcome/joined-case");
  const opened = of("CaseOpened");
  const reopened = [...of("CaseReopened"), ...of("MessageReceived").filter((e) => e.data.reopened)];
  const closed = of("CaseClosed");
  for (const e of opened) add(e, "opened");
  for (const e of reopened) add(e, "reopened");
  for (const e of closed) add(e, "closed");
  for (const e of closed) add(e, `closed/${e.data.reason}`);
  for (const e of closed) add(e, `solved/${e.data.solvedBy}`);
  const answers: AnyAnswer[] = of("AnswerGiven", "CitizenTold");
  const first = answers.filter((e) => e.data.first);
  for (const e of answers) add(e, "answers");
  for (const e of first) add(e, "first-answers");
  for (const e of first) add(e, "first-answer-minutes", e.data.minutesToAnswer);
  for (const e of first.filter(({ data }) => data.withinPromise)) add(e, "first-answers-within-promise");
  for (const e of first.filter(({ data }) => data.workingDaysToAnswer === 0))
    add(e, "first-answers/same-day");
  for (const e of first.filter(({ data }) => data.workingDaysToAnswer === 1))
    add(e, "first-answers/next-day");
  for (const e of first.filter(({ data }) => data.workingDaysToAnswer === 2))
    add(e, "first-answers/two-days");
  for (const e of first.filter(({ data }) => data.workingDaysToAnswer > 2)) add(e, "first-answers/later");
  for (const e of of("AnswerGiven")) if (e.data.unit) add(e, `unit-answers/${e.data.unit}`);
  for (const e of of("AssignmentSent")) add(e, `assignments-sent/${e.data.unit}`);
  for (const e of of("AssignmentSent")) add(e, "extra-laps", Number(e.data.laps > 0));
  for (const e of of("AssignmentAnswered")) add(e, `assignments-answered/${e.data.unit}`);
  for (const e of of("AssignmentAnswered").filter(({ data }) => data.inTime))
    add(e, `assignments-answered-in-time/${e.data.unit}`);
  for (const e of of("AssignmentReturned")) add(e, `assignments-returned/${e.data.unit}`);
  for (const e of of("CaseTransferred")) add(e, `transfers/${e.data.authority}`);
  const asked = of("BookingRequested").filter((e) => e.data.sequence === 0);
  const made = [...of("BookingMade"), ...asked];
  for (const e of made) add(e, `bookings/${e.data.audience}`);
  for (const e of made) add(e, `bookings-with/${e.data.unit}`);
  for (const e of of("BookingMoved")) add(e, "bookings-moved");
  for (const e of of("BookingRequested").filter((one) => one.data.sequence > 0)) add(e, "bookings-moved");
  for (const e of of("BookingCancelled")) add(e, `bookings-cancelled/${e.data.by}`);
  for (const e of of("BookingDeclined")) add(e, `bookings-declined/${e.data.cause}`);
  for (const e of of("BookingUnsettled")) add(e, `bookings-unsettled/${e.data.cause}`);
  for (const e of of("BookingMissed")) add(e, "bookings-missed");
  return { days, open: opened.length + reopened.length - closed.length };
}
