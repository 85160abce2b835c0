import * as z from "zod/mini";
import {
  bookingCancelled,
  bookingDeclined,
  bookingMade,
  bookingMissed,
  bookingMoved,
  bookingRequested,
  bookingUnsettled,
} from "#services/booking/events.ts";
import {
  answerGiven,
  assignmentAnswered,
  assignmentReturned,
  assignmentSent,
  caseClosed,
  caseOpened,
  caseReopened,
  caseTransferred,
  citizenTold,
  messageReceived,
} from "#services/cases/events.ts";
import { shortHash } from "#shared/ids.ts";
import { type LocalDate, localDate } from "#shared/time/working-time.ts";

/** The events that add to a figure. The queue is subscribed to these and no others. */
export const countedEventSchema = z.discriminatedUnion("type", [
  caseOpened.schema,
  messageReceived.schema,
  answerGiven.schema,
  citizenTold.schema,
  assignmentSent.schema,
  assignmentAnswered.schema,
  assignmentReturned.schema,
  caseTransferred.schema,
  caseClosed.schema,
  caseReopened.schema,
  bookingMade.schema,
  bookingRequested.schema,
  bookingMoved.schema,
  bookingCancelled.schema,
  bookingDeclined.schema,
  bookingUnsettled.schema,
  bookingMissed.schema,
]);
export type CountedEvent = z.infer<typeof countedEventSchema>;

/** A figure by its name, `contacts/email`, and how much. What is nothing is not there. */
export type Figures = Readonly<Record<string, number>>;
export const figuresSchema = z.record(z.string(), z.int());

/** What something was counted of. */
export type Subject =
  | { caseId: string; caseNumber: string }
  | { bookingId: string; service: string; startsAt: string };

/** What one event adds, and to which day: all that is ever counted of it. */
export type Fact = {
  factId: string;
  eventId: string;
  date: LocalDate;
  at: string;
  subject: Subject;
  figures: Figures;
};

/**
 * The fact of an event, worked out from the event alone. `at` and `factId` are the fact's key in the table: under
 * another rule an event that comes again would be counted again.
 */
export function factOf(event: CountedEvent): Fact {
  const at = instantOf(event);
  return {
    factId: shortHash(`${event.source} ${event.id}`),
    eventId: event.id,
    date: localDate(new Date(at)),
    at,
    subject: subjectOf(event),
    figures: withoutNothing(figuresOf(event)),
  };
}

function subjectOf({ data }: CountedEvent): Subject {
  if ("caseNumber" in data) return { caseId: data.caseId, caseNumber: data.caseNumber };
  return { bookingId: data.bookingId, service: data.service, startsAt: data.startsAt };
}

/**
 * A contact belongs to the day on which it reached us, however late it was registered; a meeting to which nobody came to its own; all else
 * to when it happened.
 */
function instantOf(event: CountedEvent): string {
  switch (event.type) {
    case "CaseOpened":
    case "MessageReceived":
      return event.data.arrivedAt;
    case "BookingMissed":
      return event.data.startsAt;
    default:
      return event.time;
  }
}

function figuresOf(event: CountedEvent): Figures {
  switch (event.type) {
    case "CaseOpened":
      return { [`contacts/${event.data.channel}`]: 1, "contact-outcome/opened-case": 1, opened: 1 };
    case "MessageReceived":
      return {
        [`contacts/${event.data.channel}`]: 1,
        "contact-outcome/joined-case": 1,
        reopened: Number(event.data.reopened),
      };
    case "AnswerGiven":
      return {
        ...answerFigures(event.data),
        ...(event.data.unit === undefined ? {} : { [`unit-answers/${event.data.unit}`]: 1 }),
      };
    case "CitizenTold":
      return answerFigures(event.data);
    case "AssignmentSent":
      return { [`assignments-sent/${event.data.unit}`]: 1, "extra-laps": Number(event.data.laps > 0) };
    case "AssignmentAnswered":
      return {
        [`assignments-answered/${event.data.unit}`]: 1,
        [`assignments-answered-in-time/${event.data.unit}`]: Number(event.data.inTime),
      };
    case "AssignmentReturned":
      return { [`assignments-returned/${event.data.unit}`]: 1 };
    case "CaseTransferred":
      return { [`transfers/${event.data.authority}`]: 1 };
    case "CaseClosed":
      return { closed: 1, [`closed/${event.data.reason}`]: 1, [`solved/${event.data.solvedBy}`]: 1 };
    case "CaseReopened":
      return { reopened: 1 };
    case "BookingMade":
      return bookedFigures(event.data);
    case "BookingRequested":
      // Asked for; later ones are the same booking, moved.
      return event.data.sequence === 0 ? bookedFigures(event.data) : { "bookings-moved": 1 };
    case "BookingMoved":
      return { "bookings-moved": 1 };
    case "BookingCancelled":
      return { [`bookings-cancelled/${event.data.by}`]: 1 };
    case "BookingDeclined":
      return { [`bookings-declined/${event.data.cause}`]: 1 };
    case "BookingUnsettled":
      return { [`bookings-unsettled/${event.data.cause}`]: 1 };
    case "BookingMissed":
      return { "bookings-missed": 1 };
  }
}

function bookedFigures({ audience, unit }: { audience: string; unit: string }): Figures {
  return { [`bookings/${audience}`]: 1, [`bookings-with/${unit}`]: 1 };
}

const answeredAfter = ["same-day", "next-day", "two-days"];

type Answering = {
  first: boolean;
  minutesToAnswer: number;
  workingDaysToAnswer: number;
  withinPromise: boolean;
};

function answerFigures(answer: Answering): Figures {
  if (!answer.first) return { answers: 1 };
  return {
    answers: 1,
    "first-answers": 1,
    "first-answer-minutes": answer.minutesToAnswer,
    "first-answers-within-promise": Number(answer.withinPromise),
    [`first-answers/${answeredAfter[answer.workingDaysToAnswer] ?? "later"}`]: 1,
  };
}

function withoutNothing(figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== 0));
}

/** What facts add up to: figures by day, and how many more cases are open than before. */
export type Sum = { days: ReadonlyMap<LocalDate, Figures>; open: number };

/** Adds facts up. Their order does not matter; that each is there once is the caller's business. */
export function sumOf(facts: readonly Fact[]): Sum {
  const days = new Map<LocalDate, Record<string, number>>();
  let open = 0;
  for (const { date, figures } of facts) {
    const day = days.get(date) ?? {};
    days.set(date, day);
    for (const [name, value] of Object.entries(figures)) day[name] = (day[name] ?? 0) + value;
    open += (figures["opened"] ?? 0) + (figures["reopened"] ?? 0) - (figures["closed"] ?? 0);
  }
  return { days, open };
}

/** Each fact once, however often its event came. */
export function eachOnce(facts: readonly Fact[]): readonly Fact[] {
  return [...new Map(facts.map((fact) => [fact.factId, fact])).values()];
}

const limits = {
  /** One transaction takes 100 rows: a row for each fact, at worst one for each fact's day, and the total. */
  facts: 25,
  /** Numbers that one transaction changes: one figure of one day each, and the total. */
  cells: 70,
};

/** Cuts facts into what one transaction takes, in their order. A fact is never cut. */
export function transactionsOf(facts: readonly Fact[]): readonly (readonly Fact[])[] {
  const transactions: Fact[][] = [];
  let cells = new Set<string>();
  for (const fact of facts) {
    const last = transactions.at(-1);
    const own = cellsOf(fact);
    const together = new Set([...cells, ...own]);
    if (last !== undefined && last.length < limits.facts && together.size <= limits.cells) {
      last.push(fact);
      cells = together;
    } else {
      transactions.push([fact]);
      cells = own;
    }
  }
  return transactions;
}

function cellsOf({ date, figures }: Fact): Set<string> {
  return new Set(["open", ...Object.keys(figures).map((name) => `${date} ${name}`)]);
}

/** Who might be named by a figure, of the municipality's config. */
export type Named = {
  units: readonly { id: string; department: string; secrecyDefault: "public" | "secret" }[];
  departments: readonly { id: string; authorities: readonly string[] }[];
};

const namesUnit = [
  "assignments-sent",
  "assignments-answered",
  "assignments-answered-in-time",
  "assignments-returned",
  "unit-answers",
  "bookings-with",
];

/**
 * Whether the cases behind a figure stay hidden: that somebody has a matter with a secret unit is itself secret. Whoever
 * the config does not know (any more) is taken for secret; an authority is when any unit of its departments is.
 */
export function hidesCases(figure: string, { units, departments }: Named): boolean {
  const [kind = "", who = ""] = figure.split("/");
  if (namesUnit.includes(kind)) return units.find(({ id }) => id === who)?.secrecyDefault !== "public";
  if (kind !== "transfers") return false;
  const serving = departments.filter(({ authorities }) => authorities.includes(who)).map(({ id }) => id);
  const theirs = units.filter(({ department }) => serving.includes(department));
  return theirs.length === 0 || theirs.some(({ secrecyDefault }) => secrecyDefault === "secret");
}
