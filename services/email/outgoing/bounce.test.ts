import { expect, test } from "vitest";
import { blockedUntil, isPermanent } from "./bounce.ts";

test.each([
  ["no such mailbox", "Permanent", "General", ["5.1.1"], true],
  ["on the provider's own list", "Permanent", "OnAccountSuppressionList", [], true],
  ["SES knows no status", "Permanent", "NoEmail", [], true],
  ["mailbox full, called permanent", "Permanent", "General", ["5.2.2"], false],
  ["mailbox full, by SES's own word", "Permanent", "MailboxFull", [], false],
  ["mailbox full", "Transient", "MailboxFull", ["4.2.2"], false],
  ["greylisted", "Transient", "General", ["4.7.1"], false],
  ["SES cannot tell", "Undetermined", "Undetermined", [], false],
])("%s", (_what, bounceType, bounceSubType, statuses, permanent) => {
  expect(isPermanent({ bounceType, bounceSubType, statuses })).toBe(permanent);
});

test("an address rests for sixty days", () => {
  expect(blockedUntil(new Date("2026-11-24T08:00:00Z"))).toBe("2027-01-23T08:00:00.000Z");
});
