import { expect, it, test } from "vitest";
import { assignment, caseFile, directory } from "./test-case.ts";
import { kindName, kindText, proposalOf, urgencyText } from "./triage-words.ts";

const proposed = { kind: "question", unit: "bygglov", urgency: null };

test.each(["child-at-risk", "suicide", "violence"])("%s is said to be urgent, and what it is", (urgency) => {
  expect(urgencyText(urgency)?.text).toMatch(/^BRÅDSKANDE: \p{Ll}{3}/u);
});

it("says that something is urgent that it has no word for, and nothing of what is not", () => {
  expect(urgencyText("flood")?.text).toBe("BRÅDSKANDE");
  expect(urgencyText(null)).toBeUndefined();
});

it("says what follows of a kind, and nothing of a question", () => {
  expect(kindText("disclosure")).toBe("Begäran om handling: besked samma dag");
  expect(kindText("appeal")).toBe("Överklagande: skickas vidare genast");
  expect(kindName("invoice")).toBe("Faktura");
  expect([kindText("question"), kindName("question")]).toEqual([undefined, undefined]);
});

it("proposes the unit that the mail was addressed to, and says so", () => {
  const opened = { version: 1, at: "", type: "CaseOpened", by: null, detail: { addressedUnit: "bygglov" } };
  const file = caseFile({ triage: proposed }, { history: [opened] });
  expect(proposalOf(file, directory)?.unit).toBe("bygglov");
  expect(proposalOf(file, directory)?.why).toContain("enhetens egen adress");
});

it("proposes the unit that the words point at, and says so", () => {
  expect(proposalOf(caseFile({ triage: proposed }), directory)?.why).toContain("orden i mejlet");
});

it("proposes nothing when something was sent already, or the unit is gone", () => {
  const sent = caseFile({ triage: proposed }, { assignments: [assignment("a")] });
  expect(proposalOf(sent, directory)).toBeUndefined();
  expect(proposalOf(caseFile({ triage: { ...proposed, unit: "gone" } }), directory)).toBeUndefined();
  expect(proposalOf(caseFile(), directory)).toBeUndefined();
});
