import * as z from "zod/mini";

/** What an outgoing mail is for. */
export const outgoingKinds = [
  "acknowledgement",
  "answer",
  "unit-notice",
  "passed-on",
  "on-call-alarm",
  "booking",
] as const;
export type OutgoingKind = (typeof outgoingKinds)[number];

/** What goes to citizens by itself: counted against their address's day, and not to addresses that bounced. */
export function isCounted(kind: OutgoingKind): boolean {
  return kind === "acknowledgement" || kind === "passed-on" || kind === "booking";
}

/**
 * What has become of a mail that we send. *queued*: SES was busy, or answers went first; it waits for its turn. *claimed*: it may be on its way, nobody knows yet. *sent*: SES has it.
 * *uncertain*: the claim ran out and SES never told; it is not sent again by itself. *refused*: SES will
 * not have it. *skipped*: by our own rules there was nothing to send.
 */
export const outboxStatuses = [
  "queued",
  "claimed",
  "skipped",
  "sent",
  "delivered",
  "bounced",
  "complained",
  "uncertain",
  "refused",
] as const;
export type OutboxStatus = (typeof outboxStatuses)[number];
/** What SES's answer, its events or their absence can make of a claimed mail. */
export type Settled = Exclude<OutboxStatus, "queued" | "claimed" | "skipped">;

/**
 * From which statuses a mail may come into each; the table asks for one of them in its condition. SES tells of a mail at
 * least once and in any order, so what is known better is never overwritten by what is known less.
 */
export const allowedFrom: Record<Settled | "queued" | "skipped", readonly OutboxStatus[]> = {
  queued: ["claimed"],
  skipped: ["queued"],
  sent: ["claimed", "uncertain"],
  refused: ["claimed"],
  uncertain: ["claimed"],
  delivered: ["claimed", "uncertain", "sent"],
  bounced: ["claimed", "uncertain", "sent", "delivered"],
  complained: ["claimed", "uncertain", "sent", "delivered"],
};

export function mayBecome(status: OutboxStatus, next: keyof typeof allowedFrom): boolean {
  return allowedFrom[next].includes(status);
}

export const outboxRowSchema = z.object({
  outboxId: z.string(),
  kind: z.enum(outgoingKinds),
  /** What it is about: a case, or a booking. */
  caseId: z.optional(z.string()),
  bookingId: z.optional(z.string()),
  status: z.enum(outboxStatuses),
  /** Rises with every change of status; the event of that change carries it. */
  version: z.int(),
  /** When it was claimed; of one that was queued before anybody claimed it, since when it waits. */
  claimedAt: z.string(),
  /** The hash of the address that it goes to. */
  recipient: z.string(),
  /** When it first had to wait. */
  queuedAt: z.optional(z.string()),
  /** What asked for it, as the queue brought it: so it is asked for again. While it waits. */
  due: z.optional(z.string()),
});
export type OutboxRow = z.infer<typeof outboxRowSchema>;

/** A mail that waits, as somebody has just seen it: whoever claims it then need not find out first. */
export const waitingSchema = z.extend(
  z.pick(outboxRowSchema, { outboxId: true, version: true, claimedAt: true, queuedAt: true }),
  { status: z.literal("queued") },
);
export type Waiting = z.infer<typeof waitingSchema>;

/** What asks for a mail. `waited`: it is brought again, and this is how the sweeper saw the mail. */
export type Due = { type: string; waited?: Waiting | undefined };

/** One acknowledgement per case, so the case is its name: a repeated event finds the same row. */
export function acknowledgementId(caseId: string): string {
  return `ack-${caseId}`;
}

/** One mail per message of ours. */
export function answerId(messageId: string): string {
  return `answer-${messageId}`;
}

/** One notice per task that a unit is given. */
export function noticeId(taskId: string): string {
  return `notice-${taskId}`;
}

/** One notice per message that goes on to a unit. */
export function passedOnNoticeId(messageId: string): string {
  return `notice-${messageId}`;
}

/** The citizen is told once per message that it went on. */
export function passedOnId(messageId: string): string {
  return `passed-on-${messageId}`;
}

/** One alarm per mail that cannot wait. */
export function alarmId(mailId: string): string {
  return `alarm-${mailId}`;
}

/** One mail for each version of a booking that its citizen must know, one that reminds of it, and one to the unit that is asked. */
export function bookingMailId(bookingId: string, sequence: number, news: string): string {
  const other = news === "reminder" || news === "unit" ? `-${news}` : "";
  return `booking-${bookingId}-${sequence}${other}`;
}

/** One mail for each time that a loan has been due: the event says so once, at one version of the loan. */
export function loanMailId(loanId: string, loanVersion: number): string {
  return `loan-${loanId}-${loanVersion}`;
}

/** One mail for each version of a place in line of which it is told. */
export function waitingMailId(waitingId: string, version: number): string {
  return `waiting-${waitingId}-${version}`;
}

/**
 * A mail that waits is anybody's to claim. So is an alarm whose sender has had it for longer than it lives, half a minute:
 * told twice is better than not told.
 */
export function mayBeClaimedAgain({ status, kind, claimedAt }: OutboxRow, now: Date): boolean {
  if (status === "queued") return true;
  return status === "claimed" && kind === "on-call-alarm" && now.getTime() - Date.parse(claimedAt) > 30_000;
}

/** A claim that is older has lost its sender: SES answers within seconds, the function lives for half a minute. */
export const claimLeaseMs = 15 * 60_000;
