import * as z from "zod/mini";

const personSchema = z.nullable(z.object({ sub: z.string(), name: z.string() }));
export const senderSchema = z.nullable(
  z.object({ name: z.nullable(z.string()), address: z.nullable(z.string()) }),
);
export type Sender = z.infer<typeof senderSchema>;

const triageSchema = z.object({
  kind: z.string(),
  unit: z.nullable(z.string()),
  urgency: z.nullable(z.string()),
});
export type Triage = z.infer<typeof triageSchema>;

export const caseRowSchema = z.object({
  caseId: z.string(),
  caseNumber: z.string(),
  status: z.string(),
  attention: z.nullable(z.string()),
  access: z.string(),
  assignee: personSchema,
  channel: z.string(),
  arrivedAt: z.string(),
  nextDate: z.string(),
  subject: z.nullable(z.string()),
  sender: senderSchema,
  unreadable: z.boolean(),
  messageCount: z.number(),
  triage: triageSchema,
});
export type CaseRow = z.infer<typeof caseRowSchema>;

const attachmentSchema = z.object({
  name: z.nullable(z.string()),
  contentType: z.string(),
  bytes: z.number(),
  sha256: z.nullable(z.string()),
});
export type Attachment = z.infer<typeof attachmentSchema>;

const messageSchema = z.object({
  messageId: z.string(),
  direction: z.string(),
  channel: z.string(),
  arrivedAt: z.string(),
  subject: z.nullable(z.string()),
  sender: senderSchema,
  trust: z.nullable(z.string()),
  newSender: z.boolean(),
  unreadable: z.boolean(),
  nature: z.string(),
  secured: z.nullable(z.string()),
  replyTo: z.nullable(z.string()),
  copies: z.number(),
  attachments: z.array(attachmentSchema),
});
export type Message = z.infer<typeof messageSchema>;

const aboutTask = {
  unit: z.string(),
  state: z.string(),
  sentAt: z.string(),
  sentBy: z.string(),
  endedAt: z.nullable(z.string()),
  rightAddress: z.nullable(z.string()),
  hasReply: z.boolean(),
};
const assignmentSchema = z.object({
  assignmentId: z.string(),
  ...aboutTask,
  dueDate: z.string(),
  laps: z.number(),
  takenBy: personSchema,
  answeredTo: z.nullable(z.string()),
});
export type Assignment = z.infer<typeof assignmentSchema>;

const transferSchema = z.object({
  transferId: z.string(),
  ...aboutTask,
  authority: z.string(),
  diaryNumber: z.nullable(z.string()),
  contact: z.nullable(z.string()),
  dueDate: z.nullable(z.string()),
});
export type Transfer = z.infer<typeof transferSchema>;

const outgoingSchema = z.object({
  kind: z.string(),
  status: z.string(),
  at: z.string(),
  reason: z.nullable(z.string()),
  messageId: z.nullable(z.string()),
});
export type OutgoingMail = z.infer<typeof outgoingSchema>;

const meetingSchema = z.object({
  bookingId: z.string(),
  service: z.string(),
  office: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  status: z.string(),
});
export type CaseMeeting = z.infer<typeof meetingSchema>;

const noteSchema = z.object({ noteId: z.string(), at: z.string(), by: z.string(), text: z.string() });
export type Note = z.infer<typeof noteSchema>;

/** What an event says besides its type: units, dates and codes. */
const detailSchema = z.record(z.string(), z.union([z.string(), z.boolean(), z.number()]));
const historySchema = z.object({
  version: z.number(),
  at: z.string(),
  type: z.string(),
  by: z.nullable(z.string()),
  detail: detailSchema,
});
export type HistoryEntry = z.infer<typeof historySchema>;

export const caseFileSchema = z.object({
  case: z.extend(caseRowSchema, {
    version: z.number(),
    owner: z.string(),
    openedAt: z.string(),
    promisedDate: z.string(),
    told: z.nullable(z.object({ at: z.string(), how: z.string(), by: z.string() })),
    closeReason: z.nullable(z.string()),
    quarantine: z.nullable(z.string()),
    mentions: z.array(z.string()),
  }),
  messages: z.array(messageSchema),
  assignments: z.array(assignmentSchema),
  transfers: z.array(transferSchema),
  notes: z.array(noteSchema),
  outgoing: z.array(outgoingSchema),
  meetings: z.array(meetingSchema),
  drafts: z.array(z.object({ box: z.string(), text: z.string(), savedAt: z.string() })),
  history: z.array(historySchema),
  may: z.array(z.string()),
  noMail: z.nullable(z.string()),
  closeReasons: z.array(z.string()),
});
export type CaseFile = z.infer<typeof caseFileSchema>;

const textPartSchema = z.object({ kind: z.string(), end: z.number() });
export type TextPart = z.infer<typeof textPartSchema>;

const mailFileSchema = z.object({
  name: z.nullable(z.string()),
  contentType: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  unpacked: z.boolean(),
  contentId: z.nullable(z.string()),
});
export type MailFile = z.infer<typeof mailFileSchema>;

export const messageTextSchema = z.object({
  text: z.string(),
  parts: z.array(textPartSchema),
  /** The mail's own HTML, as it came: hostile until it has been cleaned and shut in. */
  html: z.nullable(z.string()),
  files: z.array(mailFileSchema),
  truncated: z.boolean(),
  unreadable: z.boolean(),
});

/** An address at which a file is saved, for a minute. */
export const fileAddressSchema = z.object({ url: z.string(), name: z.string() });
export const savedDraftSchema = z.object({ savedAt: z.nullable(z.string()) });

/** How far a file that is to go with an answer has come, and where to put it when it is not there. */
export const preparedFileSchema = z.object({
  state: z.string(),
  upload: z.nullable(z.object({ url: z.string(), headers: z.record(z.string(), z.string()) })),
});
export type PreparedFile = z.infer<typeof preparedFileSchema>;
export type Upload = NonNullable<PreparedFile["upload"]>;
