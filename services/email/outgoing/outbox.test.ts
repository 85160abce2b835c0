import fc from "fast-check";
import { expect, test } from "vitest";
import { allowedFrom, mayBeClaimedAgain, mayBecome, type OutboxStatus, type Settled } from "./outbox.ts";

const targets: readonly Settled[] = ["sent", "refused", "uncertain", "delivered", "bounced", "complained"];
/** How much each status knows of the mail's fate. */
const knowledge: Record<OutboxStatus, number> = {
  queued: -1,
  skipped: -1,
  claimed: 0,
  uncertain: 1,
  refused: 4,
  sent: 2,
  delivered: 3,
  bounced: 4,
  complained: 4,
};

test("whatever comes, in whatever order and however often, a mail never becomes less certain", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...targets), { maxLength: 20 }), (news) => {
      let status: OutboxStatus = "claimed";
      for (const next of news) {
        if (!mayBecome(status, next)) continue;
        if (knowledge[next] <= knowledge[status]) return false;
        status = next;
      }
      return true;
    }),
  );
  expect(new Set(Object.keys(allowedFrom))).toEqual(new Set(["queued", "skipped", ...targets]));
});

test("a mail that was sent is never claimed again, and a refused one stays refused", () => {
  expect(targets.filter((next) => mayBecome("refused", next))).toEqual([]);
  expect(Object.values(allowedFrom).flat()).not.toContain("refused");
});

test("the same mail ends the same, whether SES's news come in order or not", () => {
  const end = (news: readonly Settled[]) =>
    news.reduce<OutboxStatus>((status, next) => (mayBecome(status, next) ? next : status), "claimed");
  expect([end(["sent", "delivered"]), end(["delivered", "sent"])]).toEqual(["delivered", "delivered"]);
  expect([end(["sent", "bounced", "delivered"]), end(["delivered", "bounced", "sent"])]).toEqual([
    "bounced",
    "bounced",
  ]);
});

test("an alarm whose sender died is told again; any other mail is not", () => {
  const now = new Date("2026-11-24T08:00:31Z");
  const row = { ...outboxRow, status: "claimed", claimedAt: "2026-11-24T08:00:00.000Z" } as const;
  expect(mayBeClaimedAgain({ ...row, kind: "on-call-alarm" }, now)).toBe(true);
  expect(mayBeClaimedAgain({ ...row, kind: "on-call-alarm", claimedAt: now.toISOString() }, now)).toBe(false);
  expect(mayBeClaimedAgain({ ...row, kind: "on-call-alarm", status: "sent" }, now)).toBe(false);
  expect(mayBeClaimedAgain({ ...row, kind: "answer" }, now)).toBe(false);
  expect(mayBeClaimedAgain({ ...row, kind: "answer", status: "queued" }, now)).toBe(true);
});

const outboxRow = { outboxId: "alarm-m1", caseId: "c1", version: 1, recipient: "0".repeat(32) };
