import * as z from "zod/mini";
import { type Refused, refuse } from "#shared/refusal.ts";
import { isWorkingDay, localDate } from "#shared/time/working-time.ts";
import type { Urgency } from "#shared/urgency.ts";
import { caseOpened, messagePassedOn, messageReceived, urgencyRaised } from "../events.ts";
import {
  aboutCase,
  type Case,
  type Change,
  inCase,
  type Message,
  promiseFrom,
  type Rules,
  type SealedLetter,
  standing,
} from "./case.ts";
import { type Proposal, withoutIdentityNumbers } from "./triage.ts";

/** A mail as registration sees it: its event, what its letter says of the sender and the thread, and whose token it bears. */
export type IncomingMail = {
  mailId: string;
  receivedAt: string;
  addressee: "reply" | "official" | "unit" | "internal" | "unknown";
  addressedUnit: string | undefined;
  trust: "verified" | "unknown" | "failed";
  writer: "person" | "machine" | "unsure";
  nature: Message["nature"];
  urgency: Case["triage"]["urgency"];
  unreadable: boolean;
  subject: string | null;
  sender: { name: string | null; address: string | null } | null;
  secured: string | null;
  replyTo: string | null;
  copies: number;
  /** What it seems to be about, and whose it seems to be. */
  proposal: Proposal;
  /** The proposed or addressed unit's cases are taken for secret until somebody has looked. */
  sensitive: boolean;
  /** Numbers of cases that it names. A number is no secret, so it opens no case: somebody who reads it decides. */
  mentions: readonly string[];
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
  /** The case of the mail of ours that it answers or reports on by SES's id. */
  answeredCase: Case | undefined;
};

/** What a new case gets from outside: the shell's id and number, the config's rules. */
export type Opening = { caseId: string; caseNumber: string; owner: string; rules: Rules };

export type Registration = Change & {
  kind: "opened" | "continued";
  /** The case as the decision found it; none before it was opened. */
  seenCase: Case | null;
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
  const current =
    known.tokenCase ?? answered(mail, known) ?? (continues(mail, known) ? known.threadCase : undefined);
  const registration =
    current === undefined
      ? openCase(mail, known, opening, now)
      : continueCase(mail, current, known, opening.rules, now);
  return mail.urgency === null ? registration : raised(registration, mail.mailId, mail.urgency, now);
}

/** What cannot wait makes the case secret, and is told in the same change. */
export function raised<C extends Change>(change: C, messageId: string, urgency: Urgency, now: Date): C {
  const { seen, events } = change;
  const next: Case = { ...change.next, access: "secret", triage: { ...change.next.triage, urgency } };
  const before = { ...next, version: seen };
  const nth = events.length + 1;
  const event = urgencyRaised.make(inCase(before, now, nth), {
    ...aboutCase(before, nth),
    mailId: messageId,
    urgency,
  });
  return { ...change, next: { ...next, version: next.version + 1 }, events: [...events, event] };
}

/** SES's id of a mail of ours is known to those who have that mail: a report on it, or a participant's answer. */
function answered(mail: IncomingMail, { answeredCase }: Known): Case | undefined {
  if (answeredCase === undefined) return undefined;
  return mail.nature === "delivery-report" || isParticipant(mail, answeredCase) ? answeredCase : undefined;
}

function isParticipant(mail: IncomingMail, current: Case): boolean {
  const address = mail.sender?.address ?? null;
  return mail.trust === "verified" && address !== null && current.participants.includes(address);
}

/**
 * A mail continues a case when it belongs to the case's thread and comes, surely, from somebody who has written there:
 * a thread's ids are no secret, so alone they must not let a stranger in. A mail that answers nothing starts its own
 * case, even under a Message-ID that was seen before, unless the answers overtook it.
 */
function continues(mail: IncomingMail, known: Known): known is Known & { threadCase: Case } {
  if (known.thread === undefined || known.threadCase === undefined) return false;
  if (!mail.isReply && known.thread.rootSeen) return false;
  return isParticipant(mail, known.threadCase);
}

function openCase(mail: IncomingMail, known: Known, opening: Opening, now: Date): Registration {
  const address = mail.sender?.address ?? null;
  const promisedDate = promiseOf(mail, opening.rules);
  const next: Case = {
    caseId: opening.caseId,
    caseNumber: opening.caseNumber,
    version: 1,
    status: "ours",
    attention: null,
    channel: "email",
    access: mail.urgency !== null || mail.sensitive ? "secret" : "intake",
    owner: opening.owner,
    assignee: null,
    openedAt: now.toISOString(),
    arrivedAt: mail.receivedAt,
    askedAt: mail.receivedAt,
    promisedDate,
    nextDate: promisedDate,
    triage: {
      kind: mail.proposal.kind,
      unit: mail.addressedUnit ?? mail.proposal.unit ?? null,
      urgency: mail.urgency,
    },
    quarantine: mail.trust === "failed" ? "held" : null,
    mentions: [...mail.mentions],
    subject: shownSubject(mail),
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
    kind: next.triage.kind,
    held: next.quarantine === "held",
    nature: mail.nature,
    urgency: mail.urgency ?? undefined,
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
    seenCase: null,
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
  const received = receiveMessage(current, { arrivedAt: mail.receivedAt, asks: asks(mail) }, rules);
  const next: Case = {
    ...received,
    triage: { ...current.triage, urgency: mail.urgency ?? current.triage.urgency },
    access: mail.urgency === null ? received.access : "secret",
    unreadable: current.unreadable || mail.unreadable,
    lastMailId: mail.writer === "machine" ? current.lastMailId : mail.mailId,
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
    urgency: mail.urgency ?? undefined,
    readable: !mail.unreadable,
  });
  const ownThread = known.thread?.caseId === current.caseId;
  return {
    kind: "continued",
    seenCase: current,
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

/** Whether somebody wants something: machines do not, nor does who only thanks. Where one cannot be sure, they may. */
function asks({ writer, nature }: IncomingMail): boolean {
  return writer !== "machine" && nature !== "thanks";
}

/**
 * By when an answer is promised. Who asks for official documents is to hear without delay (the Freedom of the Press Act 2:15),
 * and an appeal goes on at once (the Administrative Procedure Act 43 §): the day it came, or the next working day.
 */
function promiseOf({ receivedAt, proposal }: IncomingMail, rules: Rules): string {
  const atOnce = proposal.kind === "disclosure" || proposal.kind === "appeal";
  const today = localDate(new Date(receivedAt));
  return atOnce && isWorkingDay(today, rules.redDays)
    ? today
    : promiseFrom(receivedAt, atOnce ? { ...rules, answerWorkingDays: 1 } : rules);
}

/** Lists are read over shoulders: an identity number in a subject does not stand there whole. */
function shownSubject({ subject }: IncomingMail): string | null {
  return subject === null ? null : withoutIdentityNumbers(subject);
}

/**
 * The case after a message in it. Who asks makes it ours again, whatever it waited for, with a new promise where the last
 * one was kept. With an authority the matter stays where it is. What asks for nothing is kept and changes nothing.
 */
export function receiveMessage(
  current: Case,
  message: { arrivedAt: string; asks: boolean },
  rules: Rules,
): Case {
  const kept = { ...current, version: current.version + 1, messageCount: current.messageCount + 1 };
  if (!message.asks || isWithAuthority(current)) return kept;
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

/** The matter has gone to an authority: there it is investigated, and what comes later goes there too. */
export function isWithAuthority({ transfer, status, closeReason }: Case): boolean {
  if (transfer?.state === "sent") return status === "transferring";
  return transfer?.state === "acknowledged" && status === "closed" && closeReason === "transferred";
}

/**
 * A message that came after the matter went to an authority goes on there, by the same change that takes it in. Anything
 * else is left as it is.
 */
export function passOn(
  change: Change,
  seen: Case,
  sealed: SealedLetter,
  told: { tell: boolean; openly: boolean },
  now: Date,
): Change {
  const { message, next } = change;
  if (message === undefined || next.transfer === null) return change;
  const { transferId, unit, authority } = next.transfer;
  const nth = change.events.length + 1;
  const event = messagePassedOn.make(inCase(seen, now, nth), {
    ...aboutCase(seen, nth),
    transferId,
    unit,
    authority,
    messageId: message.messageId,
    arrivedAt: message.arrivedAt,
    letter: { key: sealed.key, sha256: sealed.sha256 },
    ...told,
    linkVersion: next.linkVersion,
  });
  return {
    ...change,
    next: { ...next, version: next.version + 1 },
    events: [...change.events, event],
    letters: [...change.letters, sealed],
  };
}

/**
 * Whether the sender of a message that goes on is told, and how openly. As with an acknowledgement: nobody who may be a machine or somebody
 * else, nor where somebody may be in danger. Only the case's own address has the way to its page already.
 */
export function toldOfPassingOn(mail: IncomingMail, next: Case): { tell: boolean; openly: boolean } {
  const tell = mail.trust === "verified" && mail.writer === "person" && mail.urgency === null;
  const address = mail.sender?.address ?? null;
  const ownCase = address !== null && address === next.sender?.address;
  return { tell, openly: tell && ownCase && next.access !== "secret" };
}

/** Whether a message in this change goes on to an authority. */
export function goesOn(seen: Case, mail: IncomingMail): boolean {
  return isWithAuthority(seen) && asks(mail);
}

/** A message's row lists so many attachments; the letter has them all. */
const listedAttachments = 20;

function messageOf(mail: IncomingMail, newSender: boolean): Message {
  return {
    messageId: mail.mailId,
    direction: "in",
    channel: "email",
    arrivedAt: mail.receivedAt,
    subject: shownSubject(mail),
    sender: mail.sender,
    trust: mail.trust,
    newSender,
    unreadable: mail.unreadable,
    nature: mail.nature,
    secured: mail.secured,
    replyTo: mail.replyTo,
    copies: mail.copies,
    attachments: mail.attachments.slice(0, listedAttachments),
    letter: mail.letter,
  };
}
