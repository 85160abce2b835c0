import { type Refused, refuse } from "#shared/refusal.ts";
import { localDate, workingDaysAfter } from "#shared/time/working-time.ts";
import {
  answerGiven,
  attentionRaised,
  caseAdmitted,
  caseClassified,
  caseClosed,
  caseReleased,
  caseReopened,
  caseTaken,
  citizenTold,
  type closeReasonCodes,
  followUpSet,
  noteAdded,
  type SentFile,
} from "../events.ts";
import {
  aboutCase,
  type Case,
  type Change,
  inCase,
  type Message,
  mayHappen,
  type Note,
  promiseFrom,
  type Rules,
  type SealedLetter,
  standing,
} from "../register/case.ts";
import type { Person } from "../register/people.ts";

export type CloseReason = (typeof closeReasonCodes)[number];
/** The reasons that say that the citizen knows: they need the record of what was said. */
const asksForTold: readonly CloseReason[] = ["answered", "decided", "transferred"];

/** A change of the case alone, with its one event. */
function only(change: Pick<Change, "command" | "seen" | "next" | "events">): Change {
  return { ...change, letters: [] };
}

/** Takes the case in hand, also out of another's. */
export function take(current: Case, by: Person, now: Date): Change | Refused<"wrong-status"> {
  const no = mayHappen(current, "take");
  if (no !== undefined) return no;
  return only({
    command: "take",
    seen: current.version,
    next: { ...current, version: current.version + 1, assignee: by },
    events: [caseTaken.make(inCase(current, now), aboutCase(current))],
  });
}

/** Puts the case back for anybody to take. */
export function release(current: Case, now: Date): Change | Refused<"wrong-status"> {
  const no = mayHappen(current, "release");
  if (no !== undefined) return no;
  return only({
    command: "release",
    seen: current.version,
    next: { ...current, version: current.version + 1, assignee: null },
    events: [caseReleased.make(inCase(current, now), aboutCase(current))],
  });
}

/**
 * Somebody has looked at what lay in quarantine: it is a case like any other, as old as it is. Its promise runs from when
 * it arrived, so it may be late at once.
 */
export function admit(current: Case, now: Date): Change | Refused<"wrong-status" | "not-held"> {
  const no = mayHappen(current, "admit");
  if (no !== undefined) return no;
  if (current.quarantine !== "held") return refuse("not-held");
  return only({
    command: "admit",
    seen: current.version,
    next: { ...current, version: current.version + 1, quarantine: "admitted" },
    events: [caseAdmitted.make(inCase(current, now), aboutCase(current))],
  });
}

/** Says what the case may show. A secret one is in the hands of whoever said so. */
export function classify(
  current: Case,
  access: "public" | "secret",
  by: Person,
  now: Date,
): Change | Refused<"wrong-status"> {
  const no = mayHappen(current, "classify");
  if (no !== undefined) return no;
  const assignee = access === "secret" ? (current.assignee ?? by) : current.assignee;
  return only({
    command: "classify",
    seen: current.version,
    next: { ...current, version: current.version + 1, access, assignee },
    events: [caseClassified.make(inCase(current, now), { ...aboutCase(current), access })],
  });
}

/** Lets the case rest until a date of one's choice: today or later. */
export function watch(
  current: Case,
  nextDate: string,
  by: Person,
  now: Date,
): Change | Refused<"wrong-status" | "date-passed"> {
  const no = mayHappen(current, "watch");
  if (no !== undefined) return no;
  if (nextDate < localDate(now)) return refuse("date-passed");
  const next: Case = {
    ...current,
    version: current.version + 1,
    assignee: current.assignee ?? by,
    attention: null,
    nextDate,
  };
  return only({
    command: "watch",
    seen: current.version,
    next: { ...next, status: standing(next, "waiting") },
    events: [followUpSet.make(inCase(current, now), { ...aboutCase(current), nextDate })],
  });
}

export function addNote(current: Case, note: Note, now: Date): Change {
  return {
    ...only({
      command: "note",
      seen: current.version,
      next: { ...current, version: current.version + 1 },
      events: [noteAdded.make(inCase(current, now), { ...aboutCase(current), noteId: note.noteId })],
    }),
    note,
  };
}

export type Answering = {
  messageId: string;
  letter: SealedLetter;
  subject: string;
  /** The name of whoever answers, and the unit when it is not the servicecenter. */
  by: string;
  person: Person | null;
  unit: string | undefined;
  /** What goes along. */
  files: readonly SentFile[];
};

/** Why an answer cannot go by mail: there is no address, or the content must not be in one. */
export type NoMail = "no-address" | "secret-not-by-mail";

export function mayMail(current: Case): Refused<NoMail> | undefined {
  if (current.access === "secret") return refuse("secret-not-by-mail");
  const address = current.sender?.address ?? null;
  return address === null ? refuse("no-address") : undefined;
}

/** Whether the case can be answered by mail as it stands. */
export function mayAnswer(current: Case): Refused<"wrong-status" | NoMail> | undefined {
  return mayHappen(current, "answer") ?? mayMail(current);
}

/** Answers the citizen by mail. With units still at work the case stays with them; else it waits for the citizen. */
export function answer(
  current: Case,
  answering: Answering,
  rules: Rules,
  now: Date,
): Change | Refused<"wrong-status" | NoMail> {
  const no = mayAnswer(current);
  if (no !== undefined) return no;
  const { messageId, letter, unit } = answering;
  const next = heard(current, { at: now, how: "email", by: answering.by, person: answering.person }, rules);
  const event = answerGiven.make(inCase(current, now), {
    ...aboutCase(current),
    ...measured(current, rules, now),
    messageId,
    letter: { key: letter.key, sha256: letter.sha256 },
    mailId: current.lastMailId ?? undefined,
    unit,
    linkVersion: current.linkVersion,
  });
  const message = outgoing(answering, "email", now);
  return {
    command: "answer",
    seen: current.version,
    next,
    events: [event],
    letters: [letter],
    message,
  };
}

/** Records what the citizen was told by phone, at the desk or in a letter. */
export function tell(
  current: Case,
  telling: Answering & { how: "phone" | "visit" | "letter" },
  rules: Rules,
  now: Date,
): Change | Refused<"wrong-status"> {
  const no = mayHappen(current, "tell");
  if (no !== undefined) return no;
  const { how } = telling;
  const event = citizenTold.make(inCase(current, now), {
    ...aboutCase(current),
    ...measured(current, rules, now),
    how,
  });
  return {
    command: "tell",
    seen: current.version,
    next: heard(current, { at: now, how, by: telling.by, person: telling.person }, rules),
    events: [event],
    letters: [telling.letter],
    message: outgoing(telling, how, now),
  };
}

/** The case when the citizen has heard from us. */
function heard(
  current: Case,
  told: { at: Date; how: Message["channel"]; by: string; person: Person | null },
  rules: Rules,
): Case {
  const at = told.at.toISOString();
  const next: Case = {
    ...current,
    version: current.version + 1,
    attention: null,
    assignee: current.assignee ?? told.person,
    told: { at, how: told.how, by: told.by },
    firstAnsweredAt: current.firstAnsweredAt ?? at,
    messageCount: current.messageCount + 1,
    nextDate: promiseFrom(at, rules),
  };
  return { ...next, status: standing(next, "waiting") };
}

/** How long the citizen waited for what they asked last. */
function measured(current: Case, rules: Rules, now: Date) {
  const asked = new Date(current.askedAt);
  const today = localDate(now);
  return {
    first: current.firstAnsweredAt === null,
    arrivedAt: current.askedAt,
    minutesToAnswer: Math.max(0, Math.floor((now.getTime() - asked.getTime()) / 60_000)),
    workingDaysToAnswer: workingDaysAfter(localDate(asked), today, rules.redDays),
    withinPromise: today <= current.promisedDate,
  };
}

function outgoing(answering: Answering, channel: Message["channel"], now: Date): Message {
  const { messageId, letter, subject, by, files } = answering;
  return {
    messageId,
    direction: "out",
    channel,
    arrivedAt: now.toISOString(),
    subject,
    sender: { name: by, address: null },
    trust: null,
    newSender: false,
    unreadable: false,
    nature: "ordinary",
    secured: null,
    replyTo: null,
    copies: 0,
    attachments: files.map(({ name, contentType, bytes, sha256 }) => ({ name, contentType, bytes, sha256 })),
    letter: { key: letter.key, sha256: letter.sha256 },
  };
}

export type CloseRefusal = "wrong-status" | "units-at-work" | "not-told" | "not-acknowledged";

/**
 * Ends a case, for one of the reasons. That the citizen has an answer, a decision or another authority can only be said
 * when the record of what they were told is there.
 */
export function close(current: Case, reason: CloseReason, now: Date): Change | Refused<CloseRefusal> {
  if (current.status === "with-unit" || current.status === "transferring") return refuse("units-at-work");
  const no = mayHappen(current, "close");
  if (no !== undefined) return no;
  if (reason === "transferred" && current.transfer?.state !== "acknowledged")
    return refuse("not-acknowledged");
  if (asksForTold.includes(reason) && current.told === null) return refuse("not-told");
  const event = caseClosed.make(inCase(current, now), {
    ...aboutCase(current),
    reason,
    openedAt: current.openedAt,
    solvedBy: solvedBy(current, reason),
  });
  return only({
    command: "close",
    seen: current.version,
    next: {
      ...current,
      version: current.version + 1,
      status: "closed",
      attention: null,
      closedAt: now.toISOString(),
      closeReason: reason,
    },
    events: [event],
  });
}

function solvedBy(current: Case, reason: CloseReason): "service-centre" | "with-units" | "transferred" {
  if (reason === "transferred") return "transferred";
  return current.assignmentCount > 0 ? "with-units" : "service-centre";
}

/** Two decisions as one change, of different rows: the second is made on what the first leaves of the case. */
export function andThen<Code extends string>(
  first: Change,
  second: (current: Case) => Change | Refused<Code>,
): Change | Refused<Code> {
  const then = second(first.next);
  if ("refused" in then) return then;
  return {
    ...then,
    ...first,
    next: then.next,
    events: [...first.events, ...then.events],
    letters: [...first.letters, ...then.letters],
  };
}

/** Our answer did not arrive, or nobody knows: somebody must look, and the citizen has not been told. */
export function failDelivery(
  current: Case,
  cause: "answer-not-delivered" | "answer-uncertain",
  rules: Rules,
  now: Date,
): Change | Refused<"wrong-status"> {
  if (current.status === "closed") return reopen(current, cause, rules, now);
  const next: Case = { ...current, version: current.version + 1, attention: cause, told: null };
  return only({
    command: "failDelivery",
    seen: current.version,
    next: { ...next, status: standing(next, "ours") },
    events: [attentionRaised.make(inCase(current, now), { ...aboutCase(current), cause })],
  });
}

/** Opens a closed case again: somebody asks for it, or the answer that closed it never arrived. */
export function reopen(
  current: Case,
  cause: "by-hand" | "answer-not-delivered" | "answer-uncertain",
  rules: Rules,
  now: Date,
): Change | Refused<"wrong-status"> {
  const no = mayHappen(current, "reopen");
  if (no !== undefined) return no;
  return only({
    command: "reopen",
    seen: current.version,
    next: {
      ...current,
      version: current.version + 1,
      status: "ours",
      attention: cause === "by-hand" ? null : cause,
      closedAt: null,
      closeReason: null,
      told: cause === "by-hand" ? current.told : null,
      nextDate: promiseFrom(now.toISOString(), rules),
    },
    events: [caseReopened.make(inCase(current, now), { ...aboutCase(current), cause })],
  });
}
