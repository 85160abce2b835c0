import fc from "fast-check";
import { expect, test } from "vitest";
import { isRefused } from "#shared/refusal.ts";
import { amina, id, incomingMail, openCase, rules, someLetter } from "../../test/cases.ts";
import {
  answerAssignment,
  assign,
  assignmentAllows,
  returnAssignment,
  takeAssignment,
  withdraw,
} from "./assign/assignment.ts";
import { acknowledgeTransfer, returnTransfer, transferCase } from "./assign/transfer.ts";
import { receiveFromPage } from "./citizen/citizen-case.ts";
import { missAcknowledgement } from "./correspondence/missed-mail.ts";
import { caseEventSchema, closeReasonCodes } from "./events.ts";
import { answerOf } from "./handle/answer.ts";
import {
  addNote,
  andThen,
  answer,
  classify,
  close,
  failDelivery,
  release,
  reopen,
  take,
  tell,
  watch,
} from "./handle/handling.ts";
import { allowedIn, type Case, type Change, caseSchema, worklistOf } from "./register/case.ts";
import { registerMail } from "./register/registration.ts";
import { type Assignment, assignmentSchema, type Transfer, transferSchema } from "./register/tasks.ts";

/** Everything that can happen to a case and what is in it, by number: which, and a number that chooses among its forms. */
type World = { theCase: Case; assignments: Map<string, Assignment>; transfer: Transfer | undefined };
type Outcome = Change | { refused: string };
type Happening = (world: World, n: number, now: Date) => Outcome;

const refused: Outcome = { refused: "nothing there" };
const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(list.length, 1)];
const one = (world: World, n: number) => pick([...world.assignments.values()], n);
const replier = { unit: "bygglov", person: amina };
const answering = (theCase: Case, n: number) =>
  answerOf(theCase, { messageId: id(n), text: "Hej", person: amina, unit: null, files: [] });

const happenings: Record<string, Happening> = {
  mail: ({ theCase }, n, now) =>
    registerMail(
      incomingMail({
        mailId: id(n),
        receivedAt: now.toISOString(),
        writer: n % 4 === 0 ? "machine" : "person",
        sender: { name: null, address: n % 3 === 0 ? "eve@example.org" : "asa@example.org" },
      }),
      {
        registeredIn: undefined,
        thread: undefined,
        threadCase: undefined,
        tokenCase: theCase,
        answeredCase: undefined,
      },
      { caseId: theCase.caseId, caseNumber: theCase.caseNumber, owner: theCase.owner, rules },
      now,
    ),
  page: ({ theCase }, n, now) =>
    receiveFromPage(theCase, { messageId: id(n), letter: someLetter("web") }, rules, now),
  take: ({ theCase }, _n, now) => take(theCase, amina, now),
  release: ({ theCase }, _n, now) => release(theCase, now),
  classify: ({ theCase }, n, now) => classify(theCase, n % 2 === 0 ? "public" : "secret", amina, now),
  watch: ({ theCase }, n, now) => watch(theCase, `2026-1${n % 3}-15`, amina, now),
  note: ({ theCase }, n, now) =>
    addNote(theCase, { noteId: id(n), at: now.toISOString(), by: "Amina", text: "x" }, now),
  answer: ({ theCase }, n, now) => answer(theCase, answering(theCase, n), rules, now),
  answerAndClose: ({ theCase }, n, now) => {
    const first = answer(theCase, answering(theCase, n), rules, now);
    return isRefused(first) ? first : andThen(first as Change, (next) => close(next, "answered", now));
  },
  tell: ({ theCase }, n, now) =>
    tell(theCase, { ...answering(theCase, n), how: n % 2 === 0 ? "phone" : "visit" }, rules, now),
  assign: ({ theCase }, n, now) =>
    assign(
      theCase,
      {
        assignmentId: id(n),
        unit: "bygglov",
        dueDate: "2026-12-01",
        letter: someLetter("to-bygglov"),
        access: n % 5 === 0 ? "secret" : "public",
      },
      amina,
      now,
    ),
  withdraw: (world, n, now) => {
    const assignment = one(world, n);
    return assignment === undefined ? refused : withdraw(world.theCase, assignment, now);
  },
  unitTakes: (world, n, now) => {
    const assignment = one(world, n);
    return assignment === undefined ? refused : takeAssignment(world.theCase, assignment, replier, now);
  },
  unitAnswers: (world, n, now) => {
    const assignment = one(world, n);
    const said = { to: "service-centre", reply: null, by: replier } as const;
    return assignment === undefined ? refused : answerAssignment(world.theCase, assignment, said, rules, now);
  },
  unitTellsCitizen: (world, n, now) => {
    const assignment = one(world, n);
    if (assignment === undefined) return refused;
    const sent = answer(world.theCase, answering(world.theCase, n), rules, now);
    const said = { to: "citizen", reply: null, by: replier } as const;
    if (isRefused(sent)) return sent;
    return andThen(sent as Change, (next) => answerAssignment(next, assignment, said, rules, now));
  },
  unitReturns: (world, n, now) => {
    const assignment = one(world, n);
    const sendOn =
      n % 2 === 0
        ? undefined
        : { assignmentId: id(n), dueDate: "2026-12-01", letter: someLetter("to-miljo") };
    const rightAddress = pick(["miljo", "bygglov", "outside"], n) ?? "miljo";
    const said = { rightAddress, reply: null, by: replier, sendOn };
    return assignment === undefined ? refused : returnAssignment(world.theCase, assignment, said, now);
  },
  transfer: ({ theCase }, n, now) =>
    transferCase(
      theCase,
      {
        transferId: id(n),
        unit: "bygglov",
        authority: "bygg-och-miljonamnden",
        letter: someLetter("to-bygglov"),
        access: "public",
      },
      amina,
      now,
    ),
  authorityHasIt: ({ theCase, transfer }, _n, now) =>
    transfer === undefined
      ? refused
      : acknowledgeTransfer(
          theCase,
          transfer,
          { diaryNumber: "BMN 1", contact: "Eva", dueDate: "2027-01-15" },
          now,
        ),
  authorityReturns: ({ theCase, transfer }, n, now) =>
    transfer === undefined
      ? refused
      : returnTransfer(
          theCase,
          transfer,
          { rightAddress: n % 2 === 0 ? "miljo" : "bygglov", reply: null },
          now,
        ),
  close: ({ theCase }, n, now) => close(theCase, pick(closeReasonCodes, n) ?? "advert", now),
  reopen: ({ theCase }, _n, now) => reopen(theCase, "by-hand", rules, now),
  answerFails: ({ theCase }, n, now) =>
    failDelivery(theCase, n % 2 === 0 ? "answer-not-delivered" : "answer-uncertain", rules, now),
  acknowledgementFails: ({ theCase }, _n, now) => missAcknowledgement(theCase, now),
};
const names = Object.keys(happenings);

/** The world after a change, as the table would have it: every state that a row is written over must allow it. */
function applied(world: World, change: Change): World {
  const allowed: readonly string[] = allowedIn[change.command];
  expect(allowed).toContain(world.theCase.status);
  expect(change.seen).toBe(world.theCase.version);
  const assignments = new Map(world.assignments);
  for (const { next, from } of change.assignments ?? []) {
    const before = assignments.get(next.assignmentId)?.state ?? "new";
    expect(from === "new" ? "new" : from).toEqual(from === "new" ? before : expect.arrayContaining([before]));
    assignments.set(next.assignmentId, assignmentSchema.parse(next));
  }
  const transfer =
    change.transfer === undefined ? world.transfer : transferSchema.parse(change.transfer.next);
  return { theCase: caseSchema.parse(change.next), assignments, transfer };
}

function invariants(before: World, { theCase, assignments, transfer }: World, change: Change): void {
  const open = [...assignments.values()].filter(({ endedAt }) => endedAt === null);
  // The question never lies with nobody and never without a date.
  expect([theCase.owner, theCase.nextDate]).toEqual([
    "servicecenter",
    expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  ]);
  expect(worklistOf(theCase) === undefined).toBe(theCase.status === "closed");
  // What the case says of its tasks is so.
  expect(theCase.openAssignments).toBe(open.length);
  expect(theCase.status === "with-unit").toBe(open.length > 0);
  expect(theCase.status === "transferring").toBe(theCase.transfer?.state === "sent");
  if (transfer !== undefined) expect(theCase.transfer?.state).toBe(transfer.state);
  // Closed honestly.
  if (theCase.status === "closed") expect(theCase.closeReason).not.toBeNull();
  if (theCase.closeReason === "answered" || theCase.closeReason === "decided")
    expect(theCase.told).not.toBeNull();
  if (theCase.closeReason === "transferred") {
    expect([theCase.told === null, transfer?.state]).toEqual([false, "acknowledged"]);
  }
  // Secret: in somebody's hands unless they let go, and never in the list that all see as waiting.
  if (theCase.access === "secret") expect(worklistOf(theCase)).not.toBe("waiting");
  if (before.theCase.access === "secret" && change.events.some(({ type }) => type === "AnswerGiven")) {
    throw new Error("a secret answer went by mail");
  }
  // Every version has its event, and no event has a word of anybody's.
  expect(change.events.map(({ data }) => data.caseVersion)).toEqual(
    change.events.map((_event, place) => change.seen + place + 1),
  );
  expect(theCase.version).toBe(change.seen + change.events.length);
  for (const event of change.events) expect(caseEventSchema.parse(event)).toEqual(event);
}

test("ten thousand random histories keep every promise, whatever happens in whatever order", {
  timeout: 120_000,
}, () => {
  const reached = new Set<string>();
  const history = fc.array(fc.tuple(fc.constantFrom(...names), fc.nat({ max: 10_000 })), {
    minLength: 5,
    maxLength: 25,
  });
  fc.assert(
    fc.property(history, (steps) => {
      let world: World = { theCase: openCase(), assignments: new Map(), transfer: undefined };
      for (const [place, [name, n]] of steps.entries()) {
        const now = new Date(Date.UTC(2026, 10, 24, 8) + place * 3_600_000);
        const outcome = happenings[name]?.(world, n * 100 + place, now) ?? refused;
        if (isRefused(outcome)) continue;
        const change = outcome as Change;
        const next = applied(world, change);
        invariants(world, next, change);
        for (const { type } of change.events) reached.add(type);
        reached.add(`${next.theCase.status} ${next.theCase.closeReason ?? ""}`.trim());
        world = next;
      }
    }),
    { numRuns: 10_000, seed: 20_261_124 },
  );
  // The histories were rich enough to say something.
  for (const state of [
    "closed answered",
    "closed transferred",
    "closed decided",
    "with-unit",
    "transferring",
    "waiting",
  ]) {
    expect(reached).toContain(state);
  }
  expect(reached.size).toBeGreaterThan(25);
});

test("an assignment that has ended allows nothing more", () => {
  const ends = ["answered", "returned", "withdrawn"];
  for (const states of Object.values(assignmentAllows)) {
    expect(states.filter((state) => ends.includes(state))).toEqual([]);
  }
});
