import { expect, it } from "vitest";
import { assignment, caseFile } from "../test-case.ts";
import { undoOf } from "./undo.ts";

const jonas = { sub: "jonas", name: "Jonas" };
const undo = (
  action: Parameters<typeof undoOf>[0],
  before: ReturnType<typeof caseFile>,
  after: ReturnType<typeof caseFile>,
) => undoOf(action, before, after, "amina")?.action;

it("gives back what nobody had, and not what somebody else had", () => {
  const after = caseFile({}, { may: ["release"] });
  expect(undo("take", caseFile({ assignee: null }), after)).toBe("release");
  expect(undo("take", caseFile({ assignee: jonas }), after)).toBeUndefined();
});

it("takes again what was one's own", () => {
  const after = caseFile({ assignee: null }, { may: ["take"] });
  expect(undo("release", caseFile(), after)).toBe("take");
  expect(undo("release", caseFile({ assignee: jonas }), after)).toBeUndefined();
});

it("opens what was closed, also by an answer", () => {
  const after = caseFile({ status: "closed" }, { may: ["reopen"] });
  expect(undo("close", caseFile(), after)).toBe("reopen");
  expect(undoOf("answer", caseFile(), after, "amina")?.text).toBe("Öppna igen");
  expect(undo("close", caseFile(), caseFile({ status: "closed" }))).toBeUndefined();
});

it("takes back the assignment that was just sent", () => {
  const before = caseFile({}, { assignments: [assignment("old")] });
  const after = caseFile({}, { assignments: [assignment("old"), assignment("new")], may: ["withdraw"] });
  expect(undo("assignments", before, after)).toBe("assignments/new/withdraw");
});

it("knows no way back from a note", () => {
  expect(undo("notes", caseFile(), caseFile())).toBeUndefined();
});
