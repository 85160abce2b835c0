import * as z from "zod/mini";
import { type Refused, refuse } from "#shared/refusal.ts";
import { addWorkingDays, type LocalDate, localDate } from "#shared/time/working-time.ts";
import { accessCodes, type CaseEvent, caseOpened, channelCodes, messageReceived } from "../events.ts";

const senderSchema = z.nullable(z.object({ name: z.nullable(z.string()), address: z.nullable(z.string()) }));

export const caseSchema = z.object({
  caseId: z.string(),
  caseNumber: z.string(),
  /** Rises by one with every change of record; the event of that change carries it. */
  version: z.int(),
  status: z.enum(["open"]),
  channel: z.enum(channelCodes),
  access: z.enum(accessCodes),
  /** The unit that answers for the question. The servicecenter's, from the first second. */
  owner: z.string(),
  openedAt: z.string(),
  arrivedAt: z.string(),
  /** The promise: the date by which something must have happened. */
  nextDate: z.string(),
  subject: z.nullable(z.string()),
  sender: senderSchema,
  unreadable: z.boolean(),
  messageCount: z.int(),
  /** Addresses that have written in this case, lower case: only they may continue its thread. */
  participants: z.array(z.string()),
});
export type Case = z.infer<typeof caseSchema>;

/** What a worklist shows of a case. */
export const listedCaseSchema = z.pick(caseSchema, {
  caseId: true,
  caseNumber: true,
  status: true,
  channel: true,
  arrivedAt: true,
  nextDate: true,
  subject: true,
  sender: true,
  unreadable: true,
  messageCount: true,
});

export const messageSchema = z.object({
  messageId: z.string(),
  direction: z.enum(["in"]),
  arrivedAt: z.string(),
  subject: z.nullable(z.string()),
  sender: senderSchema,
  trust: z.enum(["verified", "unknown", "failed"]),
  unreadable: z.boolean(),
  attachments: z.array(
    z.object({ name: z.nullable(z.string()), contentType: z.string(), bytes: z.number() }),
  ),
  letter: z.object({ key: z.string(), sha256: z.string() }),
});
export type Message = z.infer<typeof messageSchema>;

/** A mail as registration sees it: its event and what its letter says of the sender and the thread. */
export type IncomingMail = {
  mailId: string;
  receivedAt: string;
  addressee: "reply" | "official" | "unit" | "internal" | "unknown";
  addressedUnit: string | undefined;
  trust: "verified" | "unknown" | "failed";
  unreadable: boolean;
  subject: string | null;
  sender: { name: string | null; address: string | null } | null;
  attachments: Message["attachments"];
  letter: Message["letter"];
  threadKey: string | null;
  isReply: boolean;
};

/** Who holds a thread: the first of its mails opened the case. */
export const threadSchema = z.object({ caseId: z.string(), rootSeen: z.boolean() });
export type Thread = z.infer<typeof threadSchema>;

/** What is already there when a mail is registered. */
export type Known = {
  /** The case that this mail was registered in before. */
  registeredIn: string | undefined;
  thread: Thread | undefined;
  /** The case that holds the thread. */
  threadCase: Case | undefined;
};

/** What a new case gets from outside: the shell's id and number, the config's rules. */
export type Opening = {
  caseId: string;
  caseNumber: string;
  owner: string;
  promiseWorkingDays: number;
  redDays: readonly LocalDate[];
};

export type Registration = {
  kind: "opened" | "continued";
  next: Case;
  message: Message;
  event: CaseEvent;
  /** The mail's thread becomes this case's, or its first mail has now been seen. */
  thread: "claim" | "root-seen" | "unchanged";
  /** With `claim`: the mail is itself the thread's first. */
  rootSeen: boolean;
};

/**
 * What to do with a mail: continue the case that holds its thread, or open a new one. Registering the same mail again
 * is refused, so that a repeated message changes nothing.
 */
export function registerMail(
  mail: IncomingMail,
  known: Known,
  opening: Opening,
  now: Date,
): Registration | Refused<"already-registered"> {
  if (known.registeredIn !== undefined) return refuse("already-registered");
  return continues(mail, known)
    ? continueCase(mail, known.threadCase, now)
    : openCase(mail, known, opening, now);
}

/**
 * A mail continues a case when it belongs to the case's thread and comes, surely, from somebody who has written there:
 * a thread's ids are no secret, so alone they must not let a stranger in. A mail that answers nothing starts its own
 * case, even under a Message-ID that was seen before, unless the answers overtook it.
 */
function continues(mail: IncomingMail, known: Known): known is Known & { threadCase: Case } {
  if (known.thread === undefined || known.threadCase === undefined) return false;
  if (!mail.isReply && known.thread.rootSeen) return false;
  const address = mail.sender?.address ?? null;
  return mail.trust === "verified" && address !== null && known.threadCase.participants.includes(address);
}

function openCase(mail: IncomingMail, known: Known, opening: Opening, now: Date): Registration {
  const address = mail.sender?.address ?? null;
  const next: Case = {
    caseId: opening.caseId,
    caseNumber: opening.caseNumber,
    version: 1,
    status: "open",
    channel: "email",
    access: "intake",
    owner: opening.owner,
    openedAt: now.toISOString(),
    arrivedAt: mail.receivedAt,
    nextDate: addWorkingDays(
      localDate(new Date(mail.receivedAt)),
      opening.promiseWorkingDays,
      opening.redDays,
    ),
    subject: mail.subject,
    sender: mail.sender,
    unreadable: mail.unreadable,
    messageCount: 1,
    participants: address === null ? [] : [address],
  };
  const event = caseOpened.make(
    { subject: next.caseId, version: next.version, at: now },
    {
      ...aboutMail(mail, next),
      caseNumber: next.caseNumber,
      owner: next.owner,
      access: next.access,
      openedAt: next.openedAt,
      nextDate: next.nextDate,
    },
  );
  const claims = mail.threadKey !== null && known.thread === undefined;
  return {
    kind: "opened",
    next,
    message: messageOf(mail),
    event,
    thread: claims ? "claim" : "unchanged",
    rootSeen: !mail.isReply,
  };
}

function continueCase(mail: IncomingMail, current: Case, now: Date): Registration {
  const next: Case = {
    ...current,
    version: current.version + 1,
    messageCount: current.messageCount + 1,
    unreadable: current.unreadable || mail.unreadable,
  };
  const event = messageReceived.make(
    { subject: next.caseId, version: next.version, at: now },
    aboutMail(mail, next),
  );
  return {
    kind: "continued",
    next,
    message: messageOf(mail),
    event,
    thread: mail.isReply ? "unchanged" : "root-seen",
    rootSeen: !mail.isReply,
  };
}

function aboutMail(mail: IncomingMail, next: Case) {
  return {
    caseId: next.caseId,
    caseVersion: next.version,
    channel: next.channel,
    mailId: mail.mailId,
    arrivedAt: mail.receivedAt,
    addressee: mail.addressee,
    addressedUnit: mail.addressedUnit,
    trust: mail.trust,
    readable: !mail.unreadable,
  };
}

/** A message's row lists so many attachments; the letter has them all. */
const listedAttachments = 20;

function messageOf(mail: IncomingMail): Message {
  return {
    messageId: mail.mailId,
    direction: "in",
    arrivedAt: mail.receivedAt,
    subject: mail.subject,
    sender: mail.sender,
    trust: mail.trust,
    unreadable: mail.unreadable,
    attachments: mail.attachments.slice(0, listedAttachments),
    letter: mail.letter,
  };
}

/** Who may open a case. Unclassified is closed to all but the intake: nobody knows yet what it is about. */
export function mayRead(theCase: Pick<Case, "access">, caller: { roles: readonly string[] }): boolean {
  return theCase.access === "intake" && caller.roles.includes("agent");
}

/** `BJO-2026-000123`; the number is never shorter than the config says and grows past it when it must. */
export function formatCaseNumber(
  format: { prefix: string; digits: number },
  year: string,
  number: number,
): string {
  return `${format.prefix}-${year}-${String(number).padStart(format.digits, "0")}`;
}
