import type { Assignment, CaseFile, Message, Note, OutgoingMail, Transfer } from "../api/case-schemas.ts";

/** Something that happened in a case and has a place in the conversation. */
export type Moment = { at: string; key: string } & (
  | { kind: "message"; message: Message; mail: OutgoingMail | undefined }
  | { kind: "mail"; mail: OutgoingMail }
  | { kind: "note"; note: Note }
  | { kind: "asked" | "replied"; assignment: Assignment }
  | { kind: "handed-over" | "settled"; transfer: Transfer }
);

/** The case as a conversation, oldest first: messages, what units were asked and said, notes, and what was sent by itself. */
export function timelineOf(file: CaseFile): readonly Moment[] {
  const mails = new Map(file.outgoing.map((mail) => [mail.messageId, mail]));
  const moments: Moment[] = [
    ...file.messages.map((message): Moment => {
      const { messageId } = message;
      return { kind: "message", at: message.arrivedAt, key: messageId, message, mail: mails.get(messageId) };
    }),
    ...file.outgoing
      .filter(({ messageId }) => messageId === null)
      .map((mail, place): Moment => ({ kind: "mail", at: mail.at, key: `mail ${place}`, mail })),
    ...file.notes.map((note): Moment => ({ kind: "note", at: note.at, key: note.noteId, note })),
    ...file.assignments.flatMap(asAssignment),
    ...file.transfers.flatMap(asTransfer),
  ];
  return moments.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function asAssignment(assignment: Assignment): Moment[] {
  const { assignmentId, sentAt, endedAt, state } = assignment;
  const asked: Moment = { kind: "asked", at: sentAt, key: `${assignmentId} asked`, assignment };
  // A question taken back says so where it was asked; there is no reply to show.
  if (endedAt === null || state === "withdrawn") return [asked];
  return [asked, { kind: "replied", at: endedAt, key: `${assignmentId} replied`, assignment }];
}

function asTransfer(transfer: Transfer): Moment[] {
  const { transferId, sentAt, endedAt } = transfer;
  const sent: Moment = { kind: "handed-over", at: sentAt, key: `${transferId} sent`, transfer };
  return endedAt === null
    ? [sent]
    : [sent, { kind: "settled", at: endedAt, key: `${transferId} settled`, transfer }];
}
