import * as z from "zod/mini";
import { caseNumber, code, count, date, defineEvent, flag, id, instant, letterRef } from "#shared/event.ts";
import { caseKinds } from "./register/triage.ts";

/** The ways in which somebody reaches us, and we them. `web` is the citizen's own case page. */
export const channelCodes = ["email", "web", "phone", "visit", "letter"] as const;

/**
 * Who may see a case. `intake`: not classified yet, so the servicecenter's agents only. `public`: nothing in it is known to be secret.
 * `secret`: it holds something that is; every reading is logged, and no mail carries its content.
 */
export const accessCodes = ["intake", "public", "secret"] as const;

/** Why a case ended. The first three ask for the record of what the citizen was told. */
export const closeReasonCodes = [
  "answered",
  "transferred",
  "decided",
  "anonymous-tip",
  "advert",
  "spam",
  "invoice",
  "thanks",
  "duplicate",
  "withdrawn",
  "unreachable",
] as const;

/** Where something that a unit returns belongs: another unit, or none of ours. */
export const outsideCode = "outside";

const aboutCase = { caseId: id, caseVersion: count, caseNumber, channel: code(channelCodes) };

/** What a mail is beside a question, and what cannot wait; as the e-mail service found it. */
const found = {
  nature: code(["ordinary", "thanks", "absence", "delivery-report"]),
  urgency: z.optional(code(["child-at-risk", "suicide", "violence"])),
};

const aboutMail = {
  mailId: id,
  arrivedAt: instant,
  addressee: code(["reply", "official", "unit", "internal", "unknown"]),
  /** The unit whose mailbox the mail was sent to. */
  addressedUnit: z.optional(id),
  trust: code(["verified", "unknown", "failed"]),
  readable: flag,
  writer: code(["person", "machine", "unsure"]),
  ...found,
  /** The parsed mail. */
  letter: letterRef,
};

const caseEvent = <Type extends string, S extends Parameters<typeof defineEvent>[2]>(type: Type, shape: S) =>
  defineEvent("servicecenter/cases", type, { ...aboutCase, ...shape });

export const caseOpened = caseEvent("CaseOpened", {
  owner: id,
  access: code(accessCodes),
  openedAt: instant,
  nextDate: date,
  kind: code(caseKinds),
  /** Its sender could not be trusted: it lies apart until somebody has looked at it. */
  held: flag,
  ...aboutMail,
});

/** A message came to a case that was already there. `channel` is the message's own. */
export const messageReceived = caseEvent("MessageReceived", {
  messageId: id,
  arrivedAt: instant,
  /** The case had ended, and is ours to answer again. */
  reopened: flag,
  /** Of a mail only. */
  mailId: z.optional(id),
  trust: z.optional(code(["verified", "unknown", "failed"])),
  readable: flag,
  urgency: z.optional(code(["child-at-risk", "suicide", "violence"])),
});

/** Something came that cannot wait: whoever is on call is told at once. */
export const urgencyRaised = caseEvent("UrgencyRaised", {
  /** The message: a mail's id, or that of one from the case page. */
  mailId: id,
  urgency: code(["child-at-risk", "suicide", "violence"]),
});

/** Somebody looked at what lay apart, and it is a case like any other. Its time of arrival is what it was. */
export const caseAdmitted = caseEvent("CaseAdmitted", {});

/** What a citizen wrote after their matter had gone to an authority goes on there, with its date. The unit's queue gets this one. */
export const messagePassedOn = caseEvent("MessagePassedOn", {
  transferId: id,
  unit: id,
  authority: id,
  messageId: id,
  arrivedAt: instant,
  letter: letterRef,
  /** The mail's sender is to be told: they are surely who they say, and nothing is urgent. */
  tell: flag,
  /** What they are told may name the authority and lead to the case's page: it is the case's own address, and no secret matter. */
  openly: z.optional(flag),
  linkVersion: count,
});

/** Somebody at the servicecenter took the case in hand. */
export const caseTaken = caseEvent("CaseTaken", {});
/** It was put back for anybody to take. */
export const caseReleased = caseEvent("CaseReleased", {});
export const caseClassified = caseEvent("CaseClassified", { access: code(accessCodes) });
/** It waits until a date that somebody chose. */
export const followUpSet = caseEvent("FollowUpSet", { nextDate: date });
export const noteAdded = caseEvent("NoteAdded", { noteId: id });

/** When the citizen got to know something, measured from the arrival of what they had asked last. */
const answering = {
  /** The first answer in this case. Only first answers are measured. */
  first: flag,
  arrivedAt: instant,
  /** Whole minutes by the clock. */
  minutesToAnswer: count,
  /** Working days after the day of arrival: 0 is the same day. */
  workingDaysToAnswer: count,
  withinPromise: flag,
};

/** An answer was written to the citizen; the e-mail service sends it. */
export const answerGiven = caseEvent("AnswerGiven", {
  ...answering,
  messageId: id,
  letter: letterRef,
  /** The mail that is answered: our answer refers to it. */
  mailId: z.optional(id),
  /** The unit that answered the citizen itself; none when the servicecenter did. */
  unit: z.optional(id),
  /** Which personal links to the case hold. */
  linkVersion: count,
});

/** The citizen was told otherwise than by mail; what was said stands on the case. */
export const citizenTold = caseEvent("CitizenTold", {
  ...answering,
  how: code(["phone", "visit", "letter"]),
});

const aboutAssignment = { assignmentId: id, unit: id };

/** A unit is asked to do its part. Its queue gets this one; the letter says what is asked. */
export const assignmentSent = caseEvent("AssignmentSent", {
  ...aboutAssignment,
  letter: letterRef,
  sentAt: instant,
  /** The date by which the unit is asked to have answered. */
  dueDate: date,
  /** How many units have been asked this before, each of which sent it on: the extra laps. */
  laps: count,
});
export const assignmentTaken = caseEvent("AssignmentTaken", aboutAssignment);
export const assignmentAnswered = caseEvent("AssignmentAnswered", {
  ...aboutAssignment,
  sentAt: instant,
  /** To the servicecenter, which tells the citizen; or to the citizen, with a copy here. */
  to: code(["service-centre", "citizen"]),
  workingDaysToAnswer: count,
  inTime: flag,
});
export const assignmentReturned = caseEvent("AssignmentReturned", {
  ...aboutAssignment,
  sentAt: instant,
  /** The unit that it belongs to, or `outside`. */
  rightAddress: id,
  /** It went straight there, and the servicecenter has the copy. */
  sentOn: flag,
});
export const assignmentWithdrawn = caseEvent("AssignmentWithdrawn", aboutAssignment);

const aboutTransfer = { transferId: id, unit: id };

/** The matter leaves the servicecenter for the authority that must investigate it. The unit's queue gets this one. */
export const caseTransferred = caseEvent("CaseTransferred", {
  ...aboutTransfer,
  authority: id,
  letter: letterRef,
  sentAt: instant,
});
/** The authority has it: from now on it answers for the matter. */
export const transferAcknowledged = caseEvent("TransferAcknowledged", {
  ...aboutTransfer,
  authority: id,
  dueDate: date,
});
export const transferReturned = caseEvent("TransferReturned", { ...aboutTransfer, rightAddress: id });

export const caseClosed = caseEvent("CaseClosed", {
  reason: code(closeReasonCodes),
  openedAt: instant,
  /** Who brought it to its end: the servicecenter alone, with units' help, or the authority that it went to. */
  solvedBy: code(["service-centre", "with-units", "transferred"]),
});
export const caseReopened = caseEvent("CaseReopened", {
  cause: code(["by-hand", "answer-not-delivered", "answer-uncertain"]),
});

/** Something happened that somebody should look at. */
export const attentionRaised = caseEvent("AttentionRaised", {
  cause: code([
    "answer-not-delivered",
    "answer-uncertain",
    "acknowledgement-not-delivered",
    "alarm-not-delivered",
  ]),
});

/** Something came on a unit's reply queue, or from an officer, that the case does not allow. */
export const unitReplyRefused = caseEvent("UnitReplyRefused", {
  unit: id,
  taskId: id,
  why: code(["not-yours", "wrong-state", "no-such-task"]),
});

/** What lay in quarantine when a working day began was not looked through by 10:00. It is about a day, not about a case. */
export const quarantineOverdue = defineEvent("servicecenter/cases", "QuarantineOverdue", {
  date,
  /** How many cases have lain there since before that day. */
  held: count,
  /** Somebody had the day. */
  taken: flag,
});

/** Every event of a case of this service, for those who take them all. */
export const caseEventSchema = z.discriminatedUnion("type", [
  caseOpened.schema,
  messageReceived.schema,
  urgencyRaised.schema,
  caseAdmitted.schema,
  messagePassedOn.schema,
  caseTaken.schema,
  caseReleased.schema,
  caseClassified.schema,
  followUpSet.schema,
  noteAdded.schema,
  answerGiven.schema,
  citizenTold.schema,
  assignmentSent.schema,
  assignmentTaken.schema,
  assignmentAnswered.schema,
  assignmentReturned.schema,
  assignmentWithdrawn.schema,
  caseTransferred.schema,
  transferAcknowledged.schema,
  transferReturned.schema,
  caseClosed.schema,
  caseReopened.schema,
  attentionRaised.schema,
  unitReplyRefused.schema,
]);
export type CaseEvent = z.infer<typeof caseEventSchema>;

/** A file that goes with an answer: an object of the files bucket, named by its content. */
const sentFileSchema = z.object({
  name: z.string(),
  contentType: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  key: z.string(),
});
export type SentFile = z.infer<typeof sentFileSchema>;

/** An answer to the citizen, sealed: named by `AnswerGiven`, sent by the e-mail service. */
export const answerLetterSchema = z.object({
  messageId: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  /** Who signs: a unit's name, or none for the servicecenter. */
  signedBy: z.nullable(z.string()),
  /** What goes along. A letter of before there were files has none. */
  files: z._default(z.array(sentFileSchema), []),
});
export type AnswerLetter = z.infer<typeof answerLetterSchema>;

/** What a unit is asked, sealed: named by `AssignmentSent` and `CaseTransferred`, below the unit's own prefix `to-<unit>/`. */
export const taskLetterSchema = z.object({
  task: z.enum(["assignment", "transfer"]),
  taskId: z.string(),
  caseId: z.string(),
  caseNumber: z.string(),
  unit: z.string(),
  /** What the servicecenter asks for, in its own words. */
  request: z.string(),
  sender: z.nullable(z.object({ name: z.nullable(z.string()), address: z.nullable(z.string()) })),
  subject: z.nullable(z.string()),
  /** The conversation with the citizen, oldest first. */
  messages: z.array(
    z.object({ at: z.string(), direction: z.enum(["in", "out"]), channel: z.string(), text: z.string() }),
  ),
});
export type TaskLetter = z.infer<typeof taskLetterSchema>;

/** What a citizen wrote after the matter went to an authority, sealed below the unit's prefix: named by `MessagePassedOn`. */
export const passedOnLetterSchema = z.object({
  taskId: z.string(),
  messageId: z.string(),
  caseId: z.string(),
  caseNumber: z.string(),
  unit: z.string(),
  sender: z.nullable(z.object({ name: z.nullable(z.string()), address: z.nullable(z.string()) })),
  subject: z.nullable(z.string()),
  /** When it reached the municipality: that is when it arrived in law. */
  arrivedAt: z.string(),
  channel: z.string(),
  text: z.string(),
  /** Files that came with it; they lie with the servicecenter. */
  attachments: z.array(
    z.object({ name: z.nullable(z.string()), contentType: z.string(), bytes: z.number() }),
  ),
});
export type PassedOnLetter = z.infer<typeof passedOnLetterSchema>;

/** What a unit has to say, sealed, below its own prefix `from-<unit>/`. */
export const replyLetterSchema = z.object({ taskId: z.string(), text: z.string() });
export type ReplyLetter = z.infer<typeof replyLetterSchema>;

const replyLetter = z.object({
  key: z.string().check(z.regex(/^from-[a-z][a-z0-9-]*\/[0-9a-f]{32}\/[0-9a-f]{64}\.json$/)),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});
const taskId = z.string().check(z.regex(/^[0-9a-f]{32}$/));
const rightAddress = z.string().check(z.regex(/^[a-z][a-z0-9-]{1,30}$/));
const task = { caseId: taskId, taskId };

/** What a unit puts on its reply queue. Which unit it is, the queue says. */
export const unitReplySchema = z.discriminatedUnion("reply", [
  z.object({ reply: z.literal("take"), ...task }),
  z.object({
    reply: z.literal("answer"),
    ...task,
    to: z.enum(["service-centre", "citizen"]),
    letter: replyLetter,
  }),
  z.object({
    reply: z.literal("return"),
    ...task,
    /** The unit that it belongs to, or `outside`. */
    rightAddress,
    /** Sends it straight there; the servicecenter gets the copy. */
    sendOn: z.boolean(),
    letter: z.optional(replyLetter),
  }),
  z.object({
    reply: z.literal("acknowledge"),
    ...task,
    /** The authority's own number for the matter. */
    diaryNumber: z.string().check(z.minLength(1), z.maxLength(40)),
    /** Whom the citizen can turn to. */
    contact: z.string().check(z.minLength(1), z.maxLength(120)),
    dueDate: z.iso.date(),
  }),
]);
export type UnitReply = z.infer<typeof unitReplySchema>;
