import * as z from "zod/mini";
import type { LetterRef } from "#shared/event.ts";
import { type Refused, refuse } from "#shared/refusal.ts";
import { addWorkingDays, type LocalDate, localDate } from "#shared/time/working-time.ts";
import { accessCodes, type CaseEvent, channelCodes, closeReasonCodes } from "../events.ts";
import { personSchema, senderSchema } from "./people.ts";
import type { Assignment, AssignmentState, Transfer, TransferState } from "./tasks.ts";
import { caseKinds } from "./triage.ts";

/**
 * Where a question stands. *ours*: we owe the citizen something. *with-unit*: a unit is asked to do its part.
 * *transferring*: an authority is to take the matter over. *waiting*: the citizen has heard from us, or a date was chosen.
 */
export const caseStatuses = ["ours", "with-unit", "transferring", "waiting", "closed"] as const;
export type CaseStatus = (typeof caseStatuses)[number];
const open = ["ours", "with-unit", "transferring", "waiting"] as const;

/**
 * What can happen to a case, and where it may stand then. The decisions ask this table, and the table in the database is
 * asked for the same in the condition of each change.
 */
export const allowedIn = {
  receive: caseStatuses,
  note: caseStatuses,
  refuseReply: caseStatuses,
  failDelivery: caseStatuses,
  admit: open,
  take: open,
  release: open,
  classify: open,
  watch: open,
  answer: open,
  tell: open,
  assign: ["ours", "with-unit", "waiting"],
  withdraw: ["with-unit"],
  unitReplies: ["with-unit"],
  transfer: ["ours", "waiting"],
  authorityReplies: ["transferring"],
  close: ["ours", "waiting"],
  reopen: ["closed"],
} as const satisfies Record<string, readonly CaseStatus[]>;
export type CaseCommand = keyof typeof allowedIn;

/** Why a case calls for somebody's eyes, beside its date. */
export const attentionCodes = [
  "new-message",
  "assignment-answered",
  "assignment-returned",
  "transfer-acknowledged",
  "transfer-returned",
  "answer-not-delivered",
  "answer-uncertain",
  "acknowledgement-not-delivered",
  "alarm-not-delivered",
] as const;
export type Attention = (typeof attentionCodes)[number];

/** What a case seems to be before anybody has read it. */
const triageSchema = z.object({
  /** What it seems to be about, by its words. */
  kind: z.enum(caseKinds),
  /** The unit that it seems to belong to: whose mailbox it was sent to, or whom its words name. */
  unit: z.nullable(z.string()),
  /** It must not wait. */
  urgency: z.nullable(z.enum(["child-at-risk", "suicide", "violence"])),
});

export const caseSchema = z.object({
  caseId: z.string(),
  caseNumber: z.string(),
  /** Rises by one with every event; each event of the case carries its own. */
  version: z.int(),
  status: z.enum(caseStatuses),
  attention: z.nullable(z.enum(attentionCodes)),
  channel: z.enum(channelCodes),
  access: z.enum(accessCodes),
  /** The unit that answers for the question. The servicecenter's, from the first second. */
  owner: z.string(),
  /** Who at the servicecenter has it in hand. */
  assignee: z.nullable(personSchema),
  openedAt: z.string(),
  arrivedAt: z.string(),
  /** When what we have yet to answer arrived. */
  askedAt: z.string(),
  /** By when an answer was promised. */
  promisedDate: z.string(),
  /** By when something must happen: the promise, or a later follow-up. Every open case has one. */
  nextDate: z.string(),
  triage: z._default(triageSchema, { kind: "question", unit: null, urgency: null }),
  /** *held*: its sender could not be trusted, and it lies in quarantine until somebody has looked at it. */
  quarantine: z._default(z.nullable(z.enum(["held", "admitted"])), null),
  /** Numbers of cases that its messages name: perhaps it belongs there. */
  mentions: z._default(z.array(z.string()), []),
  subject: z.nullable(z.string()),
  sender: senderSchema,
  /** The mail that an answer would answer. */
  lastMailId: z.nullable(z.string()),
  unreadable: z.boolean(),
  messageCount: z.int(),
  /** Addresses that have written in this case, lower case: only they may continue its thread. */
  participants: z.array(z.string()),
  openAssignments: z.int(),
  /** All that were ever sent, the ones that a unit sent on among them. */
  assignmentCount: z.int(),
  transfer: z.nullable(
    z.object({
      transferId: z.string(),
      unit: z.string(),
      authority: z.string(),
      state: z.enum(["sent", "acknowledged", "returned"]),
    }),
  ),
  /** What the citizen has been told since they last asked. Closing as answered asks for it. */
  told: z.nullable(z.object({ at: z.string(), how: z.enum(channelCodes), by: z.string() })),
  firstAnsweredAt: z.nullable(z.string()),
  closedAt: z.nullable(z.string()),
  closeReason: z.nullable(z.enum(closeReasonCodes)),
  /** Raised to make all personal links to the case void. */
  linkVersion: z.int(),
});
export type Case = z.infer<typeof caseSchema>;

export const messageSchema = z.object({
  messageId: z.string(),
  direction: z.enum(["in", "out"]),
  channel: z.enum(channelCodes),
  arrivedAt: z.string(),
  subject: z.nullable(z.string()),
  sender: senderSchema,
  /** Of a mail that came in. */
  trust: z.nullable(z.enum(["verified", "unknown", "failed"])),
  /** It came from an address that had not written in this case before. */
  newSender: z.boolean(),
  unreadable: z.boolean(),
  /** What it is beside a question. */
  nature: z._default(z.enum(["ordinary", "thanks", "absence", "delivery-report"]), "ordinary"),
  /** How its sender secured it: what is encrypted cannot be read here. */
  secured: z._default(z.nullable(z.string()), null),
  /** Where its sender asks for answers, when that is another address. An answer goes to the case's address all the same. */
  replyTo: z._default(z.nullable(z.string()), null),
  /** More people got it. */
  copies: z._default(z.int(), 0),
  attachments: z.array(
    z.object({
      name: z.nullable(z.string()),
      contentType: z.string(),
      bytes: z.number(),
      /** By what the file is asked for; none of what was never kept apart. */
      sha256: z._default(z.nullable(z.string()), null),
    }),
  ),
  letter: z.object({ key: z.string(), sha256: z.string() }),
});
export type Message = z.infer<typeof messageSchema>;

export const noteSchema = z.object({ noteId: z.string(), at: z.string(), by: z.string(), text: z.string() });
export type Note = z.infer<typeof noteSchema>;

export type SealedLetter = LetterRef & { body: string };

/** A task's row, and the states that it may have been in until now; `new` when there must be none. */
type TaskChange<Row, State> = { next: Row; from: "new" | readonly State[] };

/** What a decision comes to: everything that one transaction writes, and the letters that must lie there before. */
export type Change = {
  command: CaseCommand;
  /** The version that the decision was made on. */
  seen: number;
  next: Case;
  /** One for each version from `seen` to the next one's. */
  events: readonly CaseEvent[];
  letters: readonly SealedLetter[];
  message?: Message;
  note?: Note;
  assignments?: readonly TaskChange<Assignment, AssignmentState>[];
  transfer?: TaskChange<Transfer, TransferState>;
  /** Makes a repeat of the same thing find out that it is one. */
  once?: string;
};

/** The rules of the config that decisions need. */
export type Rules = { answerWorkingDays: number; redDays: readonly LocalDate[] };

/** `wrong-status`: the case does not stand where this could be done. */
export function mayHappen(current: Case, command: CaseCommand): Refused<"wrong-status"> | undefined {
  const allowed: readonly CaseStatus[] = allowedIn[command];
  return allowed.includes(current.status) ? undefined : refuse("wrong-status");
}

/** The fields that every event of a case has, for its n-th event after the version that was seen. */
export function aboutCase(current: Case, nth = 1) {
  const { caseId, caseNumber, channel } = current;
  return { caseId, caseVersion: current.version + nth, caseNumber, channel };
}

/** The event's subject and instant. */
export function inCase(current: Case, now: Date, nth = 1) {
  return { subject: current.caseId, version: current.version + nth, at: now };
}

/** Where an open case stands when nothing but its tasks and the given status have a say. */
export function standing(next: Case, otherwise: "ours" | "waiting"): CaseStatus {
  if (next.transfer?.state === "sent") return "transferring";
  return next.openAssignments > 0 ? "with-unit" : otherwise;
}

/** Handing something on never makes a secret case public: that is a decision of its own. */
export function stricter(current: Case["access"], wished: "public" | "secret"): "public" | "secret" {
  return current === "secret" ? "secret" : wished;
}

export function promiseFrom(arrivedAt: string, rules: Rules): LocalDate {
  return addWorkingDays(localDate(new Date(arrivedAt)), rules.answerWorkingDays, rules.redDays);
}

export type Worklist = "quarantine" | "unassigned" | "waiting" | { mine: string };

/**
 * The one list in which a case is seen; none when nothing is to be done. What waits for others is everybody's to see,
 * but a secret case never leaves the hands that hold it.
 */
export function worklistOf(theCase: Case): Worklist | undefined {
  if (theCase.status === "closed") return undefined;
  if (theCase.quarantine === "held") return "quarantine";
  const calls = theCase.status === "ours" || theCase.attention !== null;
  if (!calls && theCase.access !== "secret") return "waiting";
  return theCase.assignee === null ? "unassigned" : { mine: theCase.assignee.sub };
}

/** What a worklist shows of a case. */
export const listedCaseSchema = z.pick(caseSchema, {
  caseId: true,
  caseNumber: true,
  status: true,
  attention: true,
  access: true,
  assignee: true,
  channel: true,
  arrivedAt: true,
  nextDate: true,
  subject: true,
  sender: true,
  unreadable: true,
  messageCount: true,
  triage: true,
});
export type ListedCase = z.infer<typeof listedCaseSchema>;

/** In a list that others see as well, a secret case is a number and a date. */
export function inSharedList(listed: ListedCase): ListedCase {
  return listed.access === "secret" ? { ...listed, subject: null, sender: null } : listed;
}

/** Who may open a case. A unit sees its tasks instead; a manager only what is known to be public. */
export function mayRead(theCase: Pick<Case, "access">, caller: { roles: readonly string[] }): boolean {
  if (caller.roles.includes("agent")) return true;
  return caller.roles.includes("manager") && theCase.access === "public";
}

/** `BJO-2026-000123`; the number is never shorter than the config says and grows past it when it must. */
export function formatCaseNumber(
  format: { prefix: string; digits: number },
  year: string,
  number: number,
): string {
  return `${format.prefix}-${year}-${String(number).padStart(format.digits, "0")}`;
}
