import * as z from "zod/mini";
import { code, count, date, defineEvent, id, instant, letterRef } from "#shared/event.ts";

/** Who made it: the citizen on our pages, or somebody here. */
export const audienceCodes = ["public", "internal"] as const;

const aboutBooking = {
  bookingId: id,
  bookingVersion: count,
  service: id,
  /** The unit whose people see the citizen. */
  unit: id,
  office: id,
  startsAt: instant,
  endsAt: instant,
  audience: code(audienceCodes),
  /** A booking may belong to a case. */
  caseId: z.optional(id),
};

const bookingEvent = <Type extends string, S extends Parameters<typeof defineEvent>[2]>(
  type: Type,
  shape: S,
) => defineEvent("servicecenter/booking", type, { ...aboutBooking, ...shape });

/** What the citizen is written, as a letter; none when they gave no address. `linkVersion`: which personal link holds. */
const told = { letter: z.optional(letterRef), sequence: count, linkVersion: count };

/** What a citizen is told of their booking, and by which name and address. Of a secret service neither its name nor whom they meet. */
export const bookingLetterSchema = z.object({
  to: z.string(),
  /** By mail, or as a text message: `to` is then the gateway's address for the number. */
  channel: z._default(z.enum(["email", "text"]), "email"),
  name: z.nullable(z.string()),
  /** ISO 639 code. */
  language: z.string(),
  service: z.nullable(z.string()),
  person: z.nullable(z.string()),
  place: z.string(),
  room: z.nullable(z.string()),
  startsAt: z.string(),
  endsAt: z.string(),
  prepare: z.array(z.string()),
  /** Into which language somebody interprets; ISO 639 code. */
  interpreter: z.optional(z.string()),
  /** Why the unit said no, in its own words; null: nobody answered in time. */
  reason: z.optional(z.nullable(z.string())),
  /** It is one of a series, so many weeks apart; of the later ones no letter tells. */
  everyWeeks: z.optional(z.int()),
  /** The meeting for a calendar (RFC 5545), whole: this version of it, or that it is called off. None in a text message. */
  ics: z.nullable(z.string()),
});
export type BookingLetter = z.infer<typeof bookingLetterSchema>;

export const bookingMade = bookingEvent("BookingMade", told);
export const bookingMoved = bookingEvent("BookingMoved", { ...told, movedFrom: instant });
export const bookingCancelled = bookingEvent("BookingCancelled", {
  ...told,
  by: code(["citizen", "staff"]),
});
/** It waits for the unit's yes or no, also after it was moved. */
export const bookingRequested = bookingEvent("BookingRequested", told);
export const bookingApproved = bookingEvent("BookingApproved", told);
/** Why is in the letter alone. `cause`: nobody had answered when it was soon too late. */
export const bookingDeclined = bookingEvent("BookingDeclined", {
  ...told,
  cause: code(["unit", "no-answer"]),
});
/** It is the day before: whoever booked is reminded. */
export const bookingReminderDue = bookingEvent("BookingReminderDue", told);
/** The person or the room cannot: somebody here must find another time. */
export const bookingUnsettled = bookingEvent("BookingUnsettled", {
  cause: code(["absence", "rota", "room"]),
});
export const bookedVisitorArrived = bookingEvent("BookedVisitorArrived", { arrivedAt: instant });
/** They had not: somebody else was checked in by mistake. */
export const bookedVisitorNotArrived = bookingEvent("BookedVisitorNotArrived", {});
export const bookingMissed = bookingEvent("BookingMissed", {});

/** What somebody in line is written: that they are, or which time is free. Of a secret service not which. */
export const waitingLetterSchema = z.object({
  to: z.string(),
  /** ISO 639 code. */
  language: z.string(),
  service: z.nullable(z.string()),
  place: z.string(),
  /** The dates that suit them, both included. */
  from: z.string(),
  until: z.string(),
  /** The time that is free. */
  time: z.nullable(z.object({ startsAt: z.string(), endsAt: z.string() })),
});
export type WaitingLetter = z.infer<typeof waitingLetterSchema>;

const aboutWaiting = {
  waitingId: id,
  waitingVersion: count,
  service: id,
  unit: id,
  office: id,
  letter: letterRef,
  linkVersion: count,
};

/** Somebody is in line for a time. */
export const waitingStarted = defineEvent("servicecenter/booking", "WaitingStarted", aboutWaiting);
/** A time that they wait for is free, and offered to them before it is to the next in line. */
export const waitingTimeFree = defineEvent("servicecenter/booking", "WaitingTimeFree", {
  ...aboutWaiting,
  startsAt: instant,
  endsAt: instant,
});

export const visitKindCodes = ["booked", "drop-in"] as const;
export const visitPurposeCodes = ["floor", "service-centre", "hand-in"] as const;
export const turnAwayCodes = ["must-book", "wrong-place", "host-unavailable", "behaviour", "other"] as const;
/** `mistaken`: nobody came; somebody else was meant. */
export const visitOutcomeCodes = ["visited", "handed-in", "went-away", "forgotten", "mistaken"] as const;
/** The floors that a place may have, as text: an event counts no lower than nothing. */
const floorCodes = ["-3", "-2", "-1", ...Array.from({ length: 61 }, (_, floor) => String(floor))] as const;

const aboutVisit = {
  visitId: id,
  visitVersion: count,
  office: id,
  /** The local day on which the visitor came. */
  date,
  /** The visitor's number that day. */
  number: count,
  /** None: to the servicecenter itself. */
  floor: z.optional(code(floorCodes)),
  kind: code(visitKindCodes),
  purpose: code(visitPurposeCodes),
  /** Neither where it is secret who comes. */
  bookingId: z.optional(id),
  host: z.optional(id),
};

const visitEvent = <Type extends string, S extends Parameters<typeof defineEvent>[2]>(type: Type, shape: S) =>
  defineEvent("servicecenter/booking", type, { ...aboutVisit, ...shape });

/** For how long the visitor had waited: from the time of the appointment if they came early, else from arriving. */
const waited = { waitingSeconds: count };

export const visitorArrived = visitEvent("VisitorArrived", { waitingFrom: instant });
/** The host is told; at the servicecenter itself, the visitor's turn has come. */
export const visitorCalled = visitEvent("VisitorCalled", waited);
/** The floor's coordinator says that the visitor may come up. */
export const visitorCleared = visitEvent("VisitorCleared", waited);
export const visitorSentUp = visitEvent("VisitorSentUp", waited);
export const visitorFetched = visitEvent("VisitorFetched", waited);
export const visitorTurnedAway = visitEvent("VisitorTurnedAway", { ...waited, reason: code(turnAwayCodes) });
export const visitorLeft = visitEvent("VisitorLeft", { outcome: code(visitOutcomeCodes) });

const aboutLoan = {
  loanId: id,
  loanVersion: count,
  office: id,
  /** As the config names it. */
  item: id,
  dueAt: instant,
  /** Of a key to premises that somebody has hired. */
  bookingId: z.optional(id),
};

const loanEvent = <Type extends string, S extends Parameters<typeof defineEvent>[2]>(type: Type, shape: S) =>
  defineEvent("servicecenter/booking", type, { ...aboutLoan, ...shape });

/** What a borrower is told of a loan that is overdue. */
export const loanLetterSchema = z.object({
  to: z.string(),
  /** ISO 639 code. */
  language: z.string(),
  item: z.string(),
  /** On its tag. */
  number: z.nullable(z.string()),
  place: z.string(),
  dueAt: z.string(),
});
export type LoanLetter = z.infer<typeof loanLetterSchema>;

export const itemLent = loanEvent("ItemLent", {});
/** `lateSeconds`: after it was due; 0 in time. */
export const itemReturned = loanEvent("ItemReturned", { lateSeconds: count });
/** It had not come back after all: what `ItemReturned` said of the loan does not hold. */
export const itemReturnUndone = loanEvent("ItemReturnUndone", {});
/** Once for each time that a loan has been due. The borrower is written a letter, if they gave an address. */
export const loanOverdue = loanEvent("LoanOverdue", { letter: z.optional(letterRef) });

/** A threat or the like. What happened is in the incident's record alone. */
export const incidentRaised = defineEvent("servicecenter/booking", "IncidentRaised", {
  incidentId: id,
  office: id,
});

/** Fewer are on duty at an office than must: once for each gap of its day, and again when it gets worse. */
export const staffingShort = defineEvent("servicecenter/booking", "StaffingShort", {
  office: id,
  date,
  from: instant,
  to: instant,
  present: count,
  minimum: count,
});
