import * as z from "zod/mini";
import { type Refused, refuse } from "#shared/refusal.ts";
import { caseOpened, messageReceived } from "../events.ts";
import {
  aboutCase,
  type Case,
  type Change,
  inCase,
  type Message,
  promiseFrom,
  type Rules,
  standing,
} from "./case.ts";

/** A mail as registration sees it: its event, what its letter says of the sender and the thread, and whose token it bears. */
export type IncomingMail = {
  mailId: string;
  receivedAt: string;
  addressee: "reply" | "official" | "unit" | "internal" | "unknown";
  addressedUnit: string | undefined;
  trust: "verified" | "unknown" | "failed";
  writer: "person" | "machine";
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
  /** The case whose reply token the mail was sent to: somebody had a mail of ours in hand. */
  tokenCase: Case | undefined;
};

/** What a new case gets from outside: the shell's id and number, the config's rules. */
export type Opening = { caseId: string; caseNumber: string; owner: string; rules: Rules };

export type Registration = Change & {
  kind: "opened" | "continued";
  message: Message;
  /** The mail's thread becomes this case's, or its first mail has now been seen. */
  thread: "claim" | "root-seen" | "unchanged";
  /** With `claim`: the mail is itself the thread's first. */
  rootSeen: boolean;
};

/**
 * What to do with a mail: continue the case that it answers, or open a new one. Registering the same mail again is
 * refused, so that a repeated message changes nothing.
 */
export function registerMail(
  mail: IncomingMail,
  known: Known,
  opening: Opening,
  now: Date,
): Registration | Refused<"already-registered"> {
  if (known.registeredIn !== undefined) return refuse("already-registered");
  if (known.tokenCase !== undefined) return continueCase(mail, known.tokenCase, known, opening.rules, now);
  return continues(mail, known)
    ? continueCase(mail, known.threadCase, known, opening.rules, now)
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
  const promisedDate = promiseFrom(mail.receivedAt, opening.rules);
  const next: Case = {
    caseId: opening.caseId,
    caseNumber: opening.caseNumber,
    version: 1,
    status: "ours",
    attention: null,
    channel: "email",
    access: "intake",
    owner: opening.owner,
    assignee: null,
    openedAt: now.toISOString(),
    arrivedAt: mail.receivedAt,
    askedAt: mail.receivedAt,
    promisedDate,
    nextDate: promisedDate,
    subject: mail.subject,
    sender: mail.sender,
    lastMailId: mail.mailId,
    unreadable: mail.unreadable,
    messageCount: 1,
    participants: address === null ? [] : [address],
    openAssignments: 0,
    assignmentCount: 0,
    transfer: null,
    told: null,
    firstAnsweredAt: null,
    closedAt: null,
    closeReason: null,
    linkVersion: 1,
  };
  const before = { ...next, version: 0 };
  const event = caseOpened.make(inCase(before, now), {
    ...aboutCase(before),
    owner: next.owner,
    access: next.access,
    openedAt: next.openedAt,
    nextDate: next.nextDate,
    mailId: mail.mailId,
    arrivedAt: mail.receivedAt,
    addressee: mail.addressee,
    addressedUnit: mail.addressedUnit,
    trust: mail.trust,
    readable: !mail.unreadable,
    writer: mail.writer,
    letter: mail.letter,
  });
  const claims = mail.threadKey !== null && known.thread === undefined;
  return {
    kind: "opened",
    command: "receive",
    seen: 0,
    next,
    message: messageOf(mail, false),
    events: [event],
    letters: [],
    thread: claims ? "claim" : "unchanged",
    rootSeen: !mail.isReply,
  };
}

function continueCase(
  mail: IncomingMail,
  current: Case,
  known: Known,
  rules: Rules,
  now: Date,
): Registration {
  const address = mail.sender?.address ?? null;
  const newSender = address !== null && !current.participants.includes(address);
  const received = receiveMessage(current, { arrivedAt: mail.receivedAt, writer: mail.writer }, rules);
  const next: Case = {
    ...received,
    unreadable: current.unreadable || mail.unreadable,
    lastMailId: mail.mailId,
    // Whoever had our token, and surely is who they say, may go on without it.
    participants:
      newSender && mail.trust === "verified" ? [...current.participants, address] : current.participants,
  };
  const event = messageReceived.make(inCase(current, now), {
    ...aboutCase(current),
    channel: "email",
    messageId: mail.mailId,
    arrivedAt: mail.receivedAt,
    reopened: current.status === "closed" && next.status !== "closed",
    mailId: mail.mailId,
    trust: mail.trust,
    readable: !mail.unreadable,
  });
  const ownThread = known.thread?.caseId === current.caseId;
  return {
    kind: "continued",
    command: "receive",
    seen: current.version,
    next,
    message: messageOf(mail, newSender),
    events: [event],
    letters: [],
    thread: ownThread && !mail.isReply ? "root-seen" : "unchanged",
    rootSeen: !mail.isReply,
  };
}

/**
 * The case after a message in it. A person's message makes it ours again, whatever it waited for, with a new promise
 * where the last one was kept. A machine's is kept and changes nothing.
 */
export function receiveMessage(
  current: Case,
  message: { arrivedAt: string; writer: "person" | "machine" },
  rules: Rules,
): Case {
  const kept = { ...current, version: current.version + 1, messageCount: current.messageCount + 1 };
  if (message.writer === "machine") return kept;
  const asksAnew = current.status === "closed" || current.status === "waiting" || current.told !== null;
  const next: Case = {
    ...kept,
    attention: "new-message",
    told: null,
    closedAt: null,
    closeReason: null,
    ...(asksAnew
      ? {
          askedAt: message.arrivedAt,
          promisedDate: promiseFrom(message.arrivedAt, rules),
          nextDate: promiseFrom(message.arrivedAt, rules),
        }
      : {}),
  };
  return { ...next, status: standing(next, "ours") };
}

/** A message's row lists so many attachments; the letter has them all. */
const listedAttachments = 20;

function messageOf(mail: IncomingMail, newSender: boolean): Message {
  return {
    messageId: mail.mailId,
    direction: "in",
    channel: "email",
    arrivedAt: mail.receivedAt,
    subject: mail.subject,
    sender: mail.sender,
    trust: mail.trust,
    newSender,
    unreadable: mail.unreadable,
    attachments: mail.attachments.slice(0, listedAttachments),
    letter: mail.letter,
  };
}
