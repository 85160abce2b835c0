import { municipality } from "#shared/config.ts";

/** Every key begins with the organisation: nothing of one can be read with the key of another. */
function organisation(): string {
  return municipality().organisation.id;
}

function casePartition(caseId: string): string {
  return `${organisation()}#CASE#${caseId}`;
}

/** A case, its messages and its events share a partition: opening a case is one Query. */
export function caseKey(caseId: string) {
  return { pk: casePartition(caseId), sk: "CASE" };
}

/** By arrival, so that the conversation reads in order whatever order it was handled in. */
export function messageKey(caseId: string, arrivedAt: string, messageId: string) {
  return { pk: casePartition(caseId), sk: `MESSAGE#${arrivedAt}#${messageId}` };
}

export function caseEventKey(caseId: string, version: number) {
  return { pk: casePartition(caseId), sk: `EVENT#${String(version).padStart(6, "0")}` };
}

/** A mail of ours about the case, as the e-mail service tells of it. */
export function outgoingKey(caseId: string, outboxId: string) {
  return { pk: casePartition(caseId), sk: `OUTGOING#${outboxId}` };
}

/** Which case a mail belongs to: written once, with the mail's registration, and never expires. */
export function mailKey(mailId: string) {
  return { pk: `${organisation()}#MAIL#${mailId}`, sk: "MAIL" };
}

export function threadKey(thread: string) {
  return { pk: `${organisation()}#THREAD#${thread}`, sk: "THREAD" };
}

/** The last case number given in a year. */
export function counterKey(year: string) {
  return { pk: `${organisation()}#NUMBER#${year}`, sk: "NUMBER" };
}

/** The list of what nobody has classified. An entry exists only while there is something to do. */
export function intakeWorklist(): string {
  return `${organisation()}#INTAKE`;
}
