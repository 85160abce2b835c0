import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRefused } from "#shared/refusal.ts";
import { caseOpened, messageReceived } from "../events.ts";
import {
  type Case,
  caseSchema,
  formatCaseNumber,
  type IncomingMail,
  type Known,
  mayRead,
  messageSchema,
  type Opening,
  type Registration,
  registerMail,
} from "./case.ts";

const now = new Date("2026-11-24T08:00:00Z");
const opening: Opening = {
  caseId: "c".repeat(32),
  caseNumber: "BJO-2026-000001",
  owner: "servicecenter",
  promiseWorkingDays: 2,
  redDays: [],
};
const letter = { key: `email/${"1".repeat(32)}/${"2".repeat(64)}.json`, sha256: "2".repeat(64) };
const unknown: Known = { registeredIn: undefined, thread: undefined, threadCase: undefined };

function mail(changes: Partial<IncomingMail> = {}): IncomingMail {
  return {
    mailId: "1".repeat(32),
    receivedAt: "2026-11-24T07:59:00.000Z",
    addressee: "official",
    addressedUnit: undefined,
    trust: "verified",
    unreadable: false,
    subject: "Plogning",
    sender: { name: "Åsa", address: "asa@example.org" },
    attachments: [],
    letter,
    threadKey: "t".repeat(32),
    isReply: false,
    ...changes,
  };
}

function register(incoming: IncomingMail, known: Known = unknown): Registration {
  const decided = registerMail(incoming, known, opening, now);
  if (isRefused(decided)) throw new Error(`refused: ${decided.refused}`);
  return decided;
}

/** A case that a first mail opened, as the next mail of its thread finds it. */
function openedBy(first: IncomingMail): Known & { threadCase: Case } {
  const { next, rootSeen } = register(first);
  return { registeredIn: undefined, thread: { caseId: next.caseId, rootSeen }, threadCase: next };
}

describe("a mail of its own", () => {
  test("opens a case that is the servicecenter's from the first second, with a promise", () => {
    const { kind, next, thread } = register(mail());
    expect({ kind, thread }).toEqual({ kind: "opened", thread: "claim" });
    expect(next).toMatchObject({
      version: 1,
      owner: "servicecenter",
      access: "intake",
      arrivedAt: "2026-11-24T07:59:00.000Z",
      openedAt: "2026-11-24T08:00:00.000Z",
      nextDate: "2026-11-26",
      participants: ["asa@example.org"],
    });
  });

  test("counts its promise from the day it arrived in Sweden, not from when it was handled", () => {
    expect(register(mail({ receivedAt: "2026-11-20T23:30:00.000Z" })).next.nextDate).toBe("2026-11-24");
  });

  test("tells of itself in an event that holds no word of the letter", () => {
    const { event } = register(
      mail({ subject: "Hemligt", sender: { name: "Hemlig", address: "hemlig@example.org" } }),
    );
    expect(caseOpened.schema.parse(event)).toEqual(event);
    expect(JSON.stringify(event)).not.toMatch(/hemlig/i);
  });

  test("without id, sender and subject is a case as well", () => {
    const { next, thread } = register(
      mail({ threadKey: null, sender: null, subject: null, unreadable: true }),
    );
    expect(thread).toBe("unchanged");
    expect(next).toMatchObject({ subject: null, sender: null, unreadable: true, participants: [] });
  });

  test("under a Message-ID that was seen before is another case", () => {
    const { kind, thread } = register(mail({ mailId: "2".repeat(32) }), openedBy(mail()));
    expect({ kind, thread }).toEqual({ kind: "opened", thread: "unchanged" });
  });
});

describe("a mail of a known thread", () => {
  const reply = mail({ mailId: "2".repeat(32), isReply: true, receivedAt: "2026-11-24T09:00:00.000Z" });

  test("continues the case when its sender has written there and is verified", () => {
    const { kind, next, event } = register(reply, openedBy(mail()));
    expect(kind).toBe("continued");
    expect(next).toMatchObject({ version: 2, messageCount: 2, nextDate: "2026-11-26" });
    expect(messageReceived.schema.parse(event)).toEqual(event);
  });

  test.each([
    ["from a stranger", { sender: { name: null, address: "eve@example.org" } }],
    ["whose sender nobody vouches for", { trust: "unknown" as const }],
    ["that failed its checks", { trust: "failed" as const }],
    ["without a sender", { sender: null }],
  ])("%s opens a case of its own and leaves the thread alone", (_what, changes) => {
    const { kind, thread } = register({ ...reply, ...changes }, openedBy(mail()));
    expect({ kind, thread }).toEqual({ kind: "opened", thread: "unchanged" });
  });

  test("that was overtaken by its own answer continues the case the answer opened, once", () => {
    const overtaken = openedBy(reply);
    const first = register(mail(), overtaken);
    expect(first).toMatchObject({ kind: "continued", thread: "root-seen" });
    const later: Known = {
      ...overtaken,
      thread: { caseId: opening.caseId, rootSeen: true },
      threadCase: first.next,
    };
    expect(register(mail({ mailId: "3".repeat(32) }), later).kind).toBe("opened");
  });
});

test("refuses a mail that is registered already", () => {
  expect(registerMail(mail(), { ...unknown, registeredIn: "c1" }, opening, now)).toEqual({
    refused: "already-registered",
  });
});

test("whatever comes, a case has an owner, a next date and a version that its event carries", () => {
  const trust = fc.constantFrom("verified" as const, "unknown" as const, "failed" as const);
  const address = fc.constantFrom("asa@example.org", "eve@example.org");
  const mails = fc.array(fc.record({ trust, isReply: fc.boolean(), address }), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(mails, (all) => {
      let known: Known = unknown;
      for (const [place, one] of all.entries()) {
        const incoming = mail({
          ...one,
          mailId: place.toString(16).padStart(32, "0"),
          sender: { name: null, address: one.address },
        });
        const { next, event, message, thread, rootSeen } = register(incoming, known);
        expect(caseSchema.parse(next)).toEqual(next);
        expect(messageSchema.parse(message)).toEqual(message);
        expect([next.owner, next.nextDate, event.data.caseVersion]).toEqual([
          "servicecenter",
          "2026-11-26",
          next.version,
        ]);
        if (thread === "claim")
          known = { ...unknown, thread: { caseId: next.caseId, rootSeen }, threadCase: next };
        else if (next.version > 1) known = { ...known, threadCase: next };
      }
    }),
    { numRuns: 300 },
  );
});

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
