import { describe, expect, test } from "vitest";
import { openCase } from "../../../test/cases.ts";
import { allowedIn, caseStatuses, formatCaseNumber, inSharedList, mayRead, worklistOf } from "./case.ts";

test("an unclassified case is for intake agents only", () => {
  const unclassified = { access: "intake" as const };
  expect(mayRead(unclassified, { roles: ["agent"] })).toBe(true);
  for (const role of ["officer", "manager", "registrar", "administrator"]) {
    expect(mayRead(unclassified, { roles: [role] })).toBe(false);
  }
});

test.each([
  [1, "BJO-2026-000001"],
  [999_999, "BJO-2026-999999"],
  [1_000_000, "BJO-2026-1000000"],
])("case number %i is %s", (number, text) => {
  expect(formatCaseNumber({ prefix: "BJO", digits: 6 }, "2026", number)).toBe(text);
});

test("a manager reads what is known to be public, an agent also what is secret, a unit's officer no case at all", () => {
  const readers = (access: "public" | "secret") =>
    ["agent", "manager", "officer"].filter((role) => mayRead({ access }, { roles: [role] }));
  expect([readers("public"), readers("secret")]).toEqual([["agent", "manager"], ["agent"]]);
});

describe("the list that a case is seen in", () => {
  const amina = { sub: "amina", name: "Amina" };
  test.each([
    ["nobody has it", {}, "unassigned"],
    ["somebody has it", { assignee: amina }, { mine: "amina" }],
    ["a unit is at work", { assignee: amina, status: "with-unit" }, "waiting"],
    [
      "a unit has answered and another works",
      { assignee: amina, status: "with-unit", attention: "assignment-answered" },
      { mine: "amina" },
    ],
    ["it waits for the citizen", { assignee: amina, status: "waiting" }, "waiting"],
    ["it is secret and waits", { assignee: amina, status: "waiting", access: "secret" }, { mine: "amina" }],
    ["it is closed", { assignee: amina, status: "closed" }, undefined],
  ] as const)("when %s", (_when, changes, list) => {
    expect(worklistOf(openCase(changes))).toEqual(list);
  });

  test("says nothing of a secret case but its number and dates", () => {
    const shown = inSharedList({ ...openCase(), access: "secret" });
    expect([shown.subject, shown.sender]).toEqual([null, null]);
    expect(inSharedList(openCase()).subject).toBe("Plogning");
  });
});

test("a closed case takes messages, notes and a reopening, and nothing that would change what it was closed on", () => {
  const open = Object.entries(allowedIn).filter(([, statuses]) => statuses.some((one) => one === "closed"));
  expect(open.map(([command]) => command).sort()).toEqual([
    "failDelivery",
    "note",
    "receive",
    "refuseReply",
    "reopen",
  ]);
  expect(new Set(Object.values(allowedIn).flat())).toEqual(new Set(caseStatuses));
});
