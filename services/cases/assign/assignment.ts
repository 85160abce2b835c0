import { type Refused, refuse } from "#shared/refusal.ts";
import { localDate, workingDaysAfter } from "#shared/time/working-time.ts";
import {
  assignmentAnswered,
  assignmentReturned,
  assignmentSent,
  assignmentTaken,
  assignmentWithdrawn,
  outsideCode,
} from "../events.ts";
import {
  aboutCase,
  type Case,
  type Change,
  inCase,
  mayHappen,
  type Rules,
  type SealedLetter,
  standing,
  stricter,
} from "../register/case.ts";
import type { Person } from "../register/people.ts";
import type { Assignment, AssignmentState } from "../register/tasks.ts";

/** From which states each thing may be done to an assignment. Decisions and the table's conditions both ask this. */
export const assignmentAllows = {
  take: ["sent"],
  answer: ["sent", "taken"],
  return: ["sent", "taken"],
  withdraw: ["sent", "taken"],
} as const satisfies Record<string, readonly AssignmentState[]>;
type Act = keyof typeof assignmentAllows;

/** Who answers for a unit: an officer, or the unit's own system. */
export type Replier = { unit: string; person: Person | null };

export function mayBe(assignment: Assignment, act: Act): Refused<"wrong-state"> | undefined {
  const allowed: readonly AssignmentState[] = assignmentAllows[act];
  return allowed.includes(assignment.state) ? undefined : refuse("wrong-state");
}

type Sending = {
  assignmentId: string;
  unit: string;
  dueDate: string;
  letter: SealedLetter;
  /** What the case is taken for from now on; a secret one stays so. */
  access: "public" | "secret";
};

/** Asks a unit to do its part. Whoever sends it classifies the case, and has it in hand from then on. */
export function assign(
  current: Case,
  sending: Sending,
  by: Person,
  now: Date,
): Change | Refused<"wrong-status"> {
  const no = mayHappen(current, "assign");
  if (no !== undefined) return no;
  const next: Case = {
    ...current,
    version: current.version + 1,
    access: stricter(current.access, sending.access),
    attention: null,
    assignee: current.assignee ?? by,
    openAssignments: current.openAssignments + 1,
    assignmentCount: current.assignmentCount + 1,
    status: "with-unit",
  };
  const assignment = sentAssignment(next, sending, by.name, 0, now);
  return {
    command: "assign",
    seen: current.version,
    next,
    events: [sentEvent(current, assignment, now, 1)],
    letters: [sending.letter],
    assignments: [{ next: assignment, from: "new" }],
  };
}

function sentAssignment(
  theCase: Case,
  sending: Pick<Sending, "assignmentId" | "unit" | "dueDate" | "letter">,
  sentBy: string,
  laps: number,
  now: Date,
): Assignment {
  return {
    assignmentId: sending.assignmentId,
    caseId: theCase.caseId,
    caseNumber: theCase.caseNumber,
    unit: sending.unit,
    state: "sent",
    sentAt: now.toISOString(),
    sentBy,
    dueDate: sending.dueDate,
    laps,
    letter: { key: sending.letter.key, sha256: sending.letter.sha256 },
    subject: theCase.access === "secret" ? null : theCase.subject,
    takenBy: null,
    endedAt: null,
    reply: null,
    answeredTo: null,
    rightAddress: null,
  };
}

function sentEvent(current: Case, assignment: Assignment, now: Date, nth: number) {
  const { assignmentId, unit, letter, sentAt, dueDate, laps } = assignment;
  return assignmentSent.make(inCase(current, now, nth), {
    ...aboutCase(current, nth),
    assignmentId,
    unit,
    letter,
    sentAt,
    dueDate,
    laps,
  });
}

/** The servicecenter takes its question back from a unit. */
export function withdraw(
  current: Case,
  assignment: Assignment,
  now: Date,
): Change | Refused<"wrong-status" | "wrong-state"> {
  const no = mayHappen(current, "withdraw") ?? mayBe(assignment, "withdraw");
  if (no !== undefined) return no;
  const event = assignmentWithdrawn.make(inCase(current, now), {
    ...aboutCase(current),
    assignmentId: assignment.assignmentId,
    unit: assignment.unit,
  });
  return {
    command: "withdraw",
    seen: current.version,
    next: withoutOne({ ...current, version: current.version + 1 }),
    events: [event],
    letters: [],
    assignments: [ended(assignment, "withdrawn", "withdraw", now)],
  };
}

/** The case when one of its assignments has come to an end: ours again when it was the last. */
function withoutOne(next: Case): Case {
  const left = { ...next, openAssignments: next.openAssignments - 1 };
  return { ...left, status: standing(left, "ours") };
}

function ended(
  assignment: Assignment,
  state: "answered" | "returned" | "withdrawn",
  act: Act,
  now: Date,
  more: Partial<Assignment> = {},
) {
  const next: Assignment = { ...assignment, state, endedAt: now.toISOString(), ...more };
  return { next, from: assignmentAllows[act] };
}

type ReplyRefusal = "wrong-status" | "wrong-state";

/** An officer says that it is theirs. The servicecenter sees who. */
export function takeAssignment(
  current: Case,
  assignment: Assignment,
  by: Replier,
  now: Date,
): Change | Refused<ReplyRefusal> {
  const no = mayHappen(current, "unitReplies") ?? mayBe(assignment, "take");
  if (no !== undefined) return no;
  const { assignmentId, unit } = assignment;
  return {
    command: "unitReplies",
    seen: current.version,
    next: { ...current, version: current.version + 1 },
    events: [assignmentTaken.make(inCase(current, now), { ...aboutCase(current), assignmentId, unit })],
    letters: [],
    assignments: [
      {
        next: { ...assignment, state: "taken", takenBy: by.person },
        from: assignmentAllows.take,
      },
    ],
  };
}

/** The unit's part is done, and the servicecenter has what it needs to tell the citizen. */
export function answerAssignment(
  current: Case,
  assignment: Assignment,
  answer: { to: "service-centre" | "citizen"; reply: Assignment["reply"]; by: Replier },
  rules: Rules,
  now: Date,
): Change | Refused<ReplyRefusal> {
  const no = mayHappen(current, "unitReplies") ?? mayBe(assignment, "answer");
  if (no !== undefined) return no;
  const next = withoutOne({ ...current, version: current.version + 1, attention: "assignment-answered" });
  const { assignmentId, unit, sentAt, dueDate } = assignment;
  const today = localDate(now);
  const event = assignmentAnswered.make(inCase(current, now), {
    ...aboutCase(current),
    assignmentId,
    unit,
    sentAt,
    to: answer.to,
    workingDaysToAnswer: workingDaysAfter(localDate(new Date(sentAt)), today, rules.redDays),
    inTime: today <= dueDate,
  });
  return {
    command: "unitReplies",
    seen: current.version,
    next,
    events: [event],
    letters: [],
    assignments: [
      ended(assignment, "answered", "answer", now, {
        reply: answer.reply,
        answeredTo: answer.to,
        takenBy: assignment.takenBy ?? answer.by.person,
      }),
    ],
  };
}

type Returning = {
  rightAddress: string;
  reply: Assignment["reply"];
  by: Replier;
  /** Straight on to the right unit: the new assignment's id, letter and date. */
  sendOn: Pick<Sending, "assignmentId" | "dueDate" | "letter"> | undefined;
};

/** Not this unit's. It says whose it is; sent straight on, the servicecenter gets the copy and the citizen loses no day. */
export function returnAssignment(
  current: Case,
  assignment: Assignment,
  returning: Returning,
  now: Date,
): Change | Refused<ReplyRefusal | "no-right-address" | "secret-goes-back"> {
  const no = mayHappen(current, "unitReplies") ?? mayBe(assignment, "return");
  if (no !== undefined) return no;
  const { rightAddress, sendOn } = returning;
  if (rightAddress === assignment.unit) return refuse("no-right-address");
  if (sendOn !== undefined && rightAddress === outsideCode) return refuse("no-right-address");
  // Between authorities there is a border of secrecy: only the servicecenter carries something over it.
  if (sendOn !== undefined && current.access === "secret") return refuse("secret-goes-back");
  const bare: Case = { ...current, version: current.version + 1, attention: "assignment-returned" };
  const old = ended(assignment, "returned", "return", now, { rightAddress, reply: returning.reply });
  const { assignmentId, unit, sentAt } = assignment;
  const event = assignmentReturned.make(inCase(current, now), {
    ...aboutCase(current),
    assignmentId,
    unit,
    sentAt,
    rightAddress,
    sentOn: sendOn !== undefined,
  });
  const base = { command: "unitReplies", seen: current.version } as const;
  if (sendOn === undefined) {
    return { ...base, next: withoutOne(bare), events: [event], letters: [], assignments: [old] };
  }
  const sent = { ...sendOn, unit: rightAddress };
  const onward = sentAssignment(current, sent, returning.by.unit, assignment.laps + 1, now);
  return {
    ...base,
    // One ended, one begun: still with a unit, and nothing for us to do but to know.
    next: {
      ...bare,
      version: current.version + 2,
      attention: current.attention,
      assignmentCount: current.assignmentCount + 1,
    },
    events: [event, sentEvent(current, onward, now, 2)],
    letters: [sendOn.letter],
    assignments: [old, { next: onward, from: "new" }],
  };
}
