import { municipality } from "#shared/config.ts";
import type { Resource } from "./ledger/ledger.ts";

function organisation(): string {
  return municipality().organisation.id;
}

/** A resource's time on one local date. */
export function ledgerKey(resource: Resource, date: string) {
  return { pk: `${organisation()}#LEDGER#${resource}`, sk: `DAY#${date}` };
}

const bookingPartition = (bookingId: string) => `${organisation()}#BOOKING#${bookingId}`;

export const bookingKey = (bookingId: string) => ({ pk: bookingPartition(bookingId), sk: "BOOKING" });
/** Who comes: apart, so that what is shown without names is read without them. */
export const partyKey = (bookingId: string) => ({ pk: bookingPartition(bookingId), sk: "PARTY" });
export function bookingEventKey(bookingId: string, version: number) {
  return { pk: bookingPartition(bookingId), sk: `EVENT#${String(version).padStart(6, "0")}` };
}

/** That a booking's citizen is reminded of a time: once for each that it has had. */
export const reminderKey = (bookingId: string, startsAt: string) => ({
  pk: bookingPartition(bookingId),
  sk: `REMINDER#${startsAt}`,
});

/** A booking that waits for something: its unit's answer, an interpreter to be ordered, or guests if it is a meeting for a group. */
export const pendingKey = (what: "answer" | "interpreter" | `guests ${string}`, bookingId: string) => ({
  pk: `${organisation()}#PENDING#${what}`,
  sk: `BOOKING#${bookingId}`,
});

/** An office's bookings of a day, in the index of days. */
export const officeDayList = (office: string, date: string) => `${organisation()}#OFFICE#${office}#${date}`;
/** A person's bookings, in the index of people. */
export const personList = (person: string) => `${organisation()}#PERSON#${person}`;

const officePartition = (office: string) => `${organisation()}#PLACE#${office}`;

/** What an office has published for a day. */
export const officeDayKey = (office: string, date: string) => ({
  pk: officePartition(office),
  sk: `DAY#${date}`,
});

/** Who works at an office, and when it is open otherwise than usual: beside what it has published. */
export const rotaKey = (office: string, rotaId: string) => ({
  pk: officePartition(office),
  sk: `ROTA#${rotaId}`,
});
export const exceptionKey = (office: string, date: string) => ({
  pk: officePartition(office),
  sk: `EXCEPTION#${date}`,
});

/** When somebody from outside receives visitors at an office. */
export const guestSessionKey = (office: string, date: string, service: string) => ({
  pk: officePartition(office),
  sk: `GUEST#${date}#${service}`,
});

/** When a room of an office is closed, by when it begins. */
export const roomClosureKey = (office: string, from: string, closureId: string) => ({
  pk: officePartition(office),
  sk: `ROOM-CLOSED#${from}#${closureId}`,
});

/** When a person is away, by when it begins. */
export const absenceKey = (person: string, from: string, absenceId: string) => ({
  pk: `${organisation()}#ABSENCES#${person}`,
  sk: `ABSENCE#${from}#${absenceId}`,
});

/** When a person's own calendar says that they are busy. */
export const busyKey = (person: string) => ({ pk: `${organisation()}#BUSY#${person}`, sk: "BUSY" });

/** That a person's meetings can be subscribed to. */
export const feedKey = (feedId: string) => ({ pk: `${organisation()}#FEED#${feedId}`, sk: "FEED" });

/** Bookings that need another time or another person, in the index of people. */
export const unsettledList = () => `${organisation()}#UNSETTLED`;

/** A person who can be booked: languages, services, who stands in. */
export const personKey = (person: string) => ({ pk: `${organisation()}#PEOPLE`, sk: `PERSON#${person}` });

const waitingPartition = (waitingId: string) => `${organisation()}#WAITING#${waitingId}`;

/** Somebody in line for a time. */
export const waitingKey = (waitingId: string) => ({ pk: waitingPartition(waitingId), sk: "WAITING" });
/** Who it is: apart, and forgotten some time after the end. */
export const waitingContactKey = (waitingId: string) => ({ pk: waitingPartition(waitingId), sk: "CONTACT" });
export function waitingEventKey(waitingId: string, version: number) {
  return { pk: waitingPartition(waitingId), sk: `EVENT#${String(version).padStart(6, "0")}` };
}
/** For what one address waits, by its hash. */
export const waitingClientKey = (client: string) => ({
  pk: `${organisation()}#WAITING-CLIENT#${client}`,
  sk: "CLIENT",
});
/** All who wait, by arrival, in the index of days. */
export const waitingList = () => `${organisation()}#WAITING`;

const receptionDay = (office: string, date: string) => `${organisation()}#RECEPTION#${office}#${date}`;
const fiveDigits = (number: number) => String(number).padStart(5, "0");

/** The last number that an office gave a visitor on a local date. */
export const ticketCounterKey = (office: string, date: string) => ({
  pk: receptionDay(office, date),
  sk: "LAST-TICKET",
});

/** A visitor of an office by day and number: all that is shown of them when it is secret who they are. */
export function visitKey(office: string, date: string, number: number) {
  return { pk: receptionDay(office, date), sk: `VISIT#${fiveDigits(number)}` };
}
/** What the visitor was called, if they said. */
export function visitorKey(office: string, date: string, number: number) {
  return { pk: receptionDay(office, date), sk: `VISITOR#${fiveDigits(number)}` };
}
export function plateKey(office: string, date: string, number: number) {
  return { pk: receptionDay(office, date), sk: `PLATE#${fiveDigits(number)}` };
}
export function visitEventKey(office: string, date: string, number: number, version: number) {
  return { pk: receptionDay(office, date), sk: `EVENT#${fiveDigits(number)}#${fiveDigits(version)}` };
}

const receptionPartition = (office: string) => `${organisation()}#RECEPTION#${office}`;

/** What a check-in's key has made. */
export const checkInKey = (office: string, visitId: string) => ({
  pk: receptionPartition(office),
  sk: `CHECK-IN#${visitId}`,
});
/** A badge that is out. */
export const badgeKey = (office: string, badge: number) => ({
  pk: receptionPartition(office),
  sk: `BADGE#${fiveDigits(badge)}`,
});
/** Who is in the house: a row for as long as they are. */
export const houseKey = (office: string, date: string, number: number) => ({
  pk: `${organisation()}#HOUSE#${office}`,
  sk: `VISIT#${date}#${fiveDigits(number)}`,
});

const loanPartition = (loanId: string) => `${organisation()}#LOAN#${loanId}`;

export const loanKey = (loanId: string) => ({ pk: loanPartition(loanId), sk: "LOAN" });
/** Who has what was lent: apart, and removed after a time. */
export const borrowerKey = (loanId: string) => ({ pk: loanPartition(loanId), sk: "BORROWER" });
export function loanEventKey(loanId: string, version: number) {
  return { pk: loanPartition(loanId), sk: `EVENT#${fiveDigits(version)}` };
}
/** That a loan is overdue: once for each time that it has been due. */
export const overdueKey = (loanId: string, dueAt: string) => ({
  pk: loanPartition(loanId),
  sk: `OVERDUE#${dueAt}`,
});
/** An item that is out: a row for as long as it is. */
export const itemOutKey = (office: string, item: string) => ({
  pk: `${organisation()}#LENDING#${office}`,
  sk: `OUT#${item}`,
});
/** An item's loans, by when it was lent. */
export const itemLoanKey = (office: string, item: string, lentAt: string, loanId: string) => ({
  pk: `${organisation()}#ITEM#${office}#${item}`,
  sk: `LOAN#${lentAt}#${loanId}`,
});

const staffingPartition = (date: string) => `${organisation()}#STAFFING#${date}`;

/** When fewer are on duty at an office than must, on a local date. */
export const staffingGapKey = (date: string, office: string, from: string, to: string) => ({
  pk: staffingPartition(date),
  sk: `GAP#${office}#${from}#${to}`,
});
export const staffingEventKey = (date: string, office: string, gap: string) => ({
  pk: staffingPartition(date),
  sk: `EVENT#${office}#${gap}`,
});

const incidentPartition = (office: string) => `${organisation()}#INCIDENTS#${office}`;

export const incidentKey = (office: string, at: string, incidentId: string) => ({
  pk: incidentPartition(office),
  sk: `INCIDENT#${at}#${incidentId}`,
});
export const incidentEventKey = (office: string, incidentId: string) => ({
  pk: incidentPartition(office),
  sk: `EVENT#${incidentId}`,
});
