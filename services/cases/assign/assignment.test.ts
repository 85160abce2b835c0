import { describe, expect, test } from "vitest";
import { amina, decided, id, now, openCase, rules, someLetter } from "../../../test/cases.ts";
import type { Case, Change } from "../register/case.ts";
import type { Assignment } from "../register/tasks.ts";
import { answerAssignment, assign, returnAssignment, takeAssignment, withdraw } from "./assignment.ts";

const by = { unit: "bygglov", person: { sub: "bygglov", name: "Eva" } };
const sending: Parameters<typeof assign>[1] = {
  assignmentId: id(7),
  unit: "bygglov",
  dueDate: "2026-11-26",
  letter: someLetter("to-bygglov", id(7)),
  access: "public",
};
const assigned = (changes: Partial<typeof sending> = {}, theCase = openCase()) =>
  decided<Change>(assign(theCase, { ...sending, ...changes }, amina, now));

function sent(change = assigned()): { theCase: Case; assignment: Assignment } {
  const [first] = change.assignments ?? [];
  if (first === undefined) throw new Error("nothing was sent");
  return { theCase: change.next, assignment: first.next };
}

describe("an assignment", () => {
  test("leaves the question with the servicecenter, in the hands of whoever sent it", () => {
    const { next, events } = assigned();
    expect(next).toMatchObject({
      owner: "servicecenter",
      assignee: amina,
      status: "with-unit",
      access: "public",
      openAssignments: 1,
    });
    expect(events).toMatchObject([
      { type: "AssignmentSent", data: { unit: "bygglov", dueDate: "2026-11-26" } },
    ]);
  });

  test("of a secret case shows no subject in the unit's list", () => {
    const change = assigned({ access: "secret" });
    expect([change.next.access, sent(change).assignment.subject]).toEqual(["secret", null]);
    expect(sent().assignment.subject).toBe("Plogning");
  });

  test("never makes a secret case public", () => {
    const change = assigned({ access: "public" }, openCase({ access: "secret" }));
    expect([change.next.access, sent(change).assignment.subject]).toEqual(["secret", null]);
  });

  test("is answered without being taken first: answering is taking", () => {
    const { theCase, assignment } = sent();
    const said = { to: "service-centre", reply: null, by } as const;
    const { next, assignments, events } = decided<Change>(
      answerAssignment(theCase, assignment, said, rules, now),
    );
    expect(assignments?.[0]?.next).toMatchObject({ state: "answered", takenBy: by.person });
    expect(next).toMatchObject({ status: "ours", attention: "assignment-answered", openAssignments: 0 });
    expect(events[0]?.data).toMatchObject({ inTime: true, workingDaysToAnswer: 0 });
  });

  test("that is one of two leaves the case with the other unit, and calls for the agent all the same", () => {
    const first = sent();
    const both = assigned({ assignmentId: id(8) }, first.theCase);
    const said = { to: "service-centre", reply: null, by } as const;
    const { next } = decided<Change>(answerAssignment(both.next, first.assignment, said, rules, now));
    expect(next).toMatchObject({ status: "with-unit", attention: "assignment-answered", openAssignments: 1 });
  });

  test("taken shows who has it, and can be answered, not taken again", () => {
    const { theCase, assignment } = sent();
    const { next, assignments } = decided<Change>(takeAssignment(theCase, assignment, by, now));
    const taken = assignments?.[0]?.next ?? assignment;
    expect(taken).toMatchObject({ state: "taken", takenBy: by.person });
    expect(takeAssignment(next, taken, by, now)).toEqual({ refused: "wrong-state" });
  });

  test("can be withdrawn, and then not answered", () => {
    const { theCase, assignment } = sent();
    const { next, assignments } = decided<Change>(withdraw(theCase, assignment, now));
    expect(next).toMatchObject({ status: "ours", openAssignments: 0 });
    const ended = assignments?.[0]?.next ?? assignment;
    const said = { to: "service-centre", reply: null, by } as const;
    expect(answerAssignment(theCase, ended, said, rules, now)).toEqual({ refused: "wrong-state" });
  });
});

describe("a return", () => {
  const returning = { rightAddress: "miljo", reply: null, by, sendOn: undefined };
  const onward = { assignmentId: id(8), dueDate: "2026-11-26", letter: someLetter("to-miljo", id(8)) };

  test("carries the right address and makes the case ours", () => {
    const { theCase, assignment } = sent();
    const { next, assignments } = decided<Change>(returnAssignment(theCase, assignment, returning, now));
    expect(next).toMatchObject({ status: "ours", attention: "assignment-returned" });
    expect(assignments?.[0]?.next).toMatchObject({ state: "returned", rightAddress: "miljo" });
  });

  test("can go sideways in one act: the next unit has it, one lap later and by the same date", () => {
    const { theCase, assignment } = sent();
    const change = decided<Change>(
      returnAssignment(theCase, assignment, { ...returning, sendOn: onward }, now),
    );
    expect(change.events.map(({ type }) => type)).toEqual(["AssignmentReturned", "AssignmentSent"]);
    expect(change.next).toMatchObject({ status: "with-unit", openAssignments: 1, assignmentCount: 2 });
    expect(change.assignments?.[1]?.next).toMatchObject({ unit: "miljo", laps: 1, dueDate: "2026-11-26" });
  });

  test.each([
    ["to itself", { rightAddress: "bygglov" }, openCase(), "no-right-address"],
    ["onward to nobody of ours", { rightAddress: "outside", sendOn: onward }, openCase(), "no-right-address"],
    [
      "onward when the case is secret",
      { sendOn: onward },
      openCase({ access: "secret" }),
      "secret-goes-back",
    ],
  ])("%s is refused", (_what, changes, theCase, refused) => {
    const { assignment } = sent();
    const current = { ...theCase, status: "with-unit" as const, openAssignments: 1 };
    expect(returnAssignment(current, assignment, { ...returning, ...changes }, now)).toEqual({ refused });
  });
});
