import { municipality } from "#shared/config.ts";

/** Every key begins with the organisation: nothing of one can be read with the key of another. */
function organisation(): string {
  return municipality().organisation.id;
}

function casePartition(caseId: string): string {
  return `${organisation()}#CASE#${caseId}`;
}

/** A case, its messages, tasks, notes and events share a partition: opening a case is one Query. */
export function caseKey(caseId: string) {
  return { pk: casePartition(caseId), sk: "CASE" };
}

/** By arrival, so that the conversation reads in order whatever order it was handled in. */
export function messageKey(caseId: string, arrivedAt: string, messageId: string) {
  return { pk: casePartition(caseId), sk: `MESSAGE#${arrivedAt}#${messageId}` };
}

export function noteKey(caseId: string, at: string, noteId: string) {
  return { pk: casePartition(caseId), sk: `NOTE#${at}#${noteId}` };
}

export function assignmentKey(caseId: string, assignmentId: string) {
  return { pk: casePartition(caseId), sk: `ASSIGNMENT#${assignmentId}` };
}

export function transferKey(caseId: string, transferId: string) {
  return { pk: casePartition(caseId), sk: `TRANSFER#${transferId}` };
}

/** What a person has begun to write: an answer to the citizen, or a unit's to an assignment. */
export function draftKey(caseId: string, sub: string, box: string) {
  return { pk: casePartition(caseId), sk: `DRAFT#${sub}#${box}` };
}

export function caseEventKey(caseId: string, version: number) {
  return { pk: casePartition(caseId), sk: `EVENT#${String(version).padStart(6, "0")}` };
}

/** A mail of ours about the case, as the e-mail service tells of it. */
export function outgoingKey(caseId: string, outboxId: string) {
  return { pk: casePartition(caseId), sk: `OUTGOING#${outboxId}` };
}

/** A meeting about the case, as the booking service tells of it. */
export function meetingKey(caseId: string, bookingId: string) {
  return { pk: casePartition(caseId), sk: `MEETING#${bookingId}` };
}

/** Written with something that must happen once only, whatever is repeated. Never expires. */
export function onceKey(caseId: string, what: string) {
  return { pk: casePartition(caseId), sk: `ONCE#${what}` };
}

/** Which case a mail belongs to: written once, with the mail's registration, and never expires. */
export function mailKey(mailId: string) {
  return { pk: `${organisation()}#MAIL#${mailId}`, sk: "MAIL" };
}

export function threadKey(thread: string) {
  return { pk: `${organisation()}#THREAD#${thread}`, sk: "THREAD" };
}

/** A case by its number, in the index of numbers. */
export function numbered(caseNumber: string): string {
  return `${organisation()}#${caseNumber}`;
}

/** Who looks through the quarantine on a day; that it was looked through; that it was not, by the hour. */
export const dutyPartition = () => `${organisation()}#QUARANTINE-DUTY`;
export const dutyKey = (date: string) => ({ pk: dutyPartition(), sk: `DAY#${date}` });
export const dutyDoneKey = (date: string) => ({ pk: dutyPartition(), sk: `DAY#${date}#DONE` });
export const overdueKey = (date: string) => ({ pk: dutyPartition(), sk: `OVERDUE#${date}` });

/** The last case number given in a year. */
export function counterKey(year: string) {
  return { pk: `${organisation()}#NUMBER#${year}`, sk: "NUMBER" };
}

/** One reading of a secret case. */
export function accessKey(caseId: string, at: string, accessId: string) {
  return { pk: casePartition(caseId), sk: `ACCESS#${at}#${accessId}` };
}

/** The servicecenter's lists. An entry exists only while there is something to do. */
export const unassignedList = () => `${organisation()}#UNASSIGNED`;
export const quarantineList = () => `${organisation()}#QUARANTINE`;
export const waitingList = () => `${organisation()}#WAITING`;
export const mineList = (sub: string) => `${organisation()}#MINE#${sub}`;
/** What a unit has been asked and has not answered. */
export const unitList = (unit: string) => `${organisation()}#UNIT#${unit}`;
