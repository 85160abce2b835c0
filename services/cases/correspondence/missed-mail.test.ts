import { expect, test } from "vitest";
import { caseAfter, decided, now, openCase } from "../../../test/cases.ts";
import type { Change } from "../register/case.ts";
import { failureOf } from "./mail-status.ts";
import { missAcknowledgement } from "./missed-mail.ts";

test.each([
  ["acknowledgement", "bounced", "acknowledgement-not-delivered"],
  ["acknowledgement", "uncertain", undefined],
  ["acknowledgement", "queued", undefined],
  ["answer", "bounced", "answer-not-delivered"],
  ["answer", "refused", "answer-not-delivered"],
  ["answer", "uncertain", "answer-uncertain"],
  ["answer", "queued", undefined],
  ["answer", "complained", undefined],
  ["unit-notice", "bounced", undefined],
] as const)("the %s that is %s means: %s", (kind, status, failure) => {
  expect(failureOf({ kind, status })).toBe(failure);
});

test("an acknowledgement that came back calls for somebody, and leaves the rest as it was", () => {
  const told = { at: now.toISOString(), how: "phone", by: "Amina" } as const;
  const before = openCase({ status: "waiting", told });
  const { events, ...change } = decided<Change>(missAcknowledgement(before, now));
  expect(change.next).toEqual({
    ...before,
    version: before.version + 1,
    attention: "acknowledgement-not-delivered",
  });
  expect(events.map(({ type }) => type)).toEqual(["AttentionRaised"]);
});

test("another call for attention stands, and a case that has ended stays so", () => {
  expect(caseAfter(missAcknowledgement(openCase({ attention: "new-message" }), now)).attention).toBe(
    "new-message",
  );
  expect(missAcknowledgement(openCase({ status: "closed" }), now)).toEqual({ refused: "wrong-status" });
});
