import * as z from "zod/mini";
import { outgoingSchema } from "../correspondence/mail-status.ts";
import { closeReasonCodes } from "../events.ts";
import { close, mayMail, type NoMail } from "../handle/handling.ts";
import { shownMeetingSchema, shownMeetings } from "../meetings/meeting.ts";
import { allowedIn, type Case, type CaseCommand, caseSchema, messageSchema, noteSchema } from "./case.ts";
import type { CaseFile } from "./case-table.ts";
import { assignmentSchema, transferSchema } from "./tasks.ts";

/** What of an event's data the history shows. */
const detailSchema = z.object({
  unit: z.optional(z.string()),
  addressedUnit: z.optional(z.string()),
  authority: z.optional(z.string()),
  reason: z.optional(z.string()),
  access: z.optional(z.string()),
  rightAddress: z.optional(z.string()),
  sentOn: z.optional(z.boolean()),
  how: z.optional(z.string()),
  to: z.optional(z.string()),
  cause: z.optional(z.string()),
  why: z.optional(z.string()),
  nextDate: z.optional(z.string()),
  dueDate: z.optional(z.string()),
  reopened: z.optional(z.boolean()),
});

const caseShown = z.omit(caseSchema, { participants: true, lastMailId: true, linkVersion: true });

/** A case as the console gets it. */
export const caseViewSchema = z.object({
  case: caseShown,
  messages: z.array(z.omit(messageSchema, { letter: true })),
  assignments: z.array(
    z.extend(z.omit(assignmentSchema, { letter: true, reply: true }), { hasReply: z.boolean() }),
  ),
  transfers: z.array(
    z.extend(z.omit(transferSchema, { letter: true, reply: true }), { hasReply: z.boolean() }),
  ),
  notes: z.array(noteSchema),
  outgoing: z.array(
    z.extend(z.omit(outgoingSchema, { outboxId: true, outboxVersion: true }), {
      /** The message that the mail carried; null for what is sent without one. */
      messageId: z.nullable(z.string()),
    }),
  ),
  meetings: z.array(shownMeetingSchema),
  drafts: z.array(z.object({ box: z.string(), text: z.string(), savedAt: z.string() })),
  history: z.array(
    z.object({
      version: z.int(),
      at: z.string(),
      type: z.string(),
      by: z.nullable(z.string()),
      detail: detailSchema,
    }),
  ),
  /** What the caller may do now. */
  may: z.array(z.string()),
  /** Why an answer cannot go by mail. */
  noMail: z.nullable(z.enum(["no-address", "secret-not-by-mail"])),
  /** For which reasons the case could be closed now. */
  closeReasons: z.array(z.enum(closeReasonCodes)),
});
export type CaseView = z.infer<typeof caseViewSchema>;

/** What an agent can do with a case, in the words of the state table. */
const agentCommands: readonly CaseCommand[] = [
  "admit",
  "take",
  "release",
  "classify",
  "watch",
  "note",
  "answer",
  "tell",
  "assign",
  "withdraw",
  "transfer",
  "close",
  "reopen",
];

export function caseView(
  file: CaseFile,
  caller: { roles: readonly string[]; units: readonly string[] },
  now: Date,
): CaseView {
  const current = file.case;
  const noMail = mayMail(current)?.refused ?? null;
  return {
    case: current,
    messages: file.messages,
    assignments: file.assignments.map((one) => ({ ...one, hasReply: one.reply !== null })),
    transfers: file.transfers.map((one) => ({ ...one, hasReply: one.reply !== null })),
    notes: file.notes,
    outgoing: file.outgoing.map((mail) => ({ ...mail, messageId: messageIdOf(mail.outboxId) })),
    meetings: shownMeetings(file.meetings, caller),
    drafts: file.drafts.filter(({ text }) => text !== ""),
    history: file.history.map(({ data, ...entry }) => ({ ...entry, detail: detailSchema.parse(data) })),
    may: caller.roles.includes("agent") ? commandsOf(current, noMail) : [],
    noMail,
    closeReasons: closeReasonCodes.filter((reason) => !("refused" in close(current, reason, now))),
  };
}

function commandsOf(current: Case, noMail: NoMail | null): CaseCommand[] {
  return agentCommands.filter((command) => {
    const allowed: readonly string[] = allowedIn[command];
    if (!allowed.includes(current.status)) return false;
    if (command === "answer") return noMail === null;
    if (command === "admit") return current.quarantine === "held";
    return command !== "release" || current.assignee !== null;
  });
}

/** An answer's row in the outbox is called after its message. */
function messageIdOf(outboxId: string): string | null {
  return /^answer-([0-9a-f]{32})$/.exec(outboxId)?.[1] ?? null;
}
