import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  caseAfter,
  id,
  incomingMail,
  nothingKnown,
  now,
  openCase,
  opening,
  register,
  rules,
  someLetter,
} from "../../../test/cases.ts";
import { caseOpened, messageReceived } from "../events.ts";
import { answerOf } from "../handle/answer.ts";
import { answer, close } from "../handle/handling.ts";
import { type Case, caseSchema, messageSchema, worklistOf } from "./case.ts";
import {
  goesOn,
  type IncomingMail,
  type Known,
  passOn,
  registerMail,
  toldOfPassingOn,
} from "./registration.ts";

/** A case that a first mail opened, as the next mail of its thread finds it. */
function openedBy(first: IncomingMail): Known & { threadCase: Case } {
  const { next, rootSeen } = register(first);
  return { ...nothingKnown, thread: { caseId: next.caseId, rootSeen }, threadCase: next };
}

describe("a mail of its own", () => {
  test("opens a case that is the servicecenter's from the first second, with a promise", () => {
    const { kind, next, thread } = register(incomingMail());
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
    expect(register(incomingMail({ receivedAt: "2026-11-20T23:30:00.000Z" })).next.nextDate).toBe(
      "2026-11-24",
    );
  });

  test("tells of itself in an event that holds no word of the letter", () => {
    const {
      events: [event],
    } = register(
      incomingMail({ subject: "Hemligt", sender: { name: "Hemlig", address: "hemlig@example.org" } }),
    );
    expect(caseOpened.schema.parse(event)).toEqual(event);
    expect(JSON.stringify(event)).not.toMatch(/hemlig/i);
  });

  test("without id, sender and subject is a case as well", () => {
    const { next, thread } = register(
      incomingMail({ threadKey: null, sender: null, subject: null, unreadable: true }),
    );
    expect(thread).toBe("unchanged");
    expect(next).toMatchObject({ subject: null, sender: null, unreadable: true, participants: [] });
  });

  test("under a Message-ID that was seen before is another case", () => {
    const { kind, thread } = register(incomingMail({ mailId: "2".repeat(32) }), openedBy(incomingMail()));
    expect({ kind, thread }).toEqual({ kind: "opened", thread: "unchanged" });
  });
});

describe("a mail of a known thread", () => {
  const reply = incomingMail({
    mailId: "2".repeat(32),
    isReply: true,
    receivedAt: "2026-11-24T09:00:00.000Z",
  });

  test("continues the case when its sender has written there and is verified", () => {
    const {
      kind,
      next,
      events: [event],
    } = register(reply, openedBy(incomingMail()));
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
    const { kind, thread } = register({ ...reply, ...changes }, openedBy(incomingMail()));
    expect({ kind, thread }).toEqual({ kind: "opened", thread: "unchanged" });
  });

  test("that was overtaken by its own answer continues the case the answer opened, once", () => {
    const overtaken = openedBy(reply);
    const first = register(incomingMail(), overtaken);
    expect(first).toMatchObject({ kind: "continued", thread: "root-seen" });
    const later: Known = {
      ...overtaken,
      thread: { caseId: opening.caseId, rootSeen: true },
      threadCase: first.next,
    };
    expect(register(incomingMail({ mailId: "3".repeat(32) }), later).kind).toBe("opened");
  });
});

test("refuses a mail that is registered already", () => {
  expect(registerMail(incomingMail(), { ...nothingKnown, registeredIn: "c1" }, opening, now)).toEqual({
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
      let known: Known = nothingKnown;
      for (const [place, one] of all.entries()) {
        const incoming = incomingMail({
          ...one,
          mailId: place.toString(16).padStart(32, "0"),
          sender: { name: null, address: one.address },
        });
        const { next, events, message, thread, rootSeen } = register(incoming, known);
        const [event] = events;
        expect(caseSchema.parse(next)).toEqual(next);
        expect(messageSchema.parse(message)).toEqual(message);
        expect([next.owner, next.nextDate, event?.data.caseVersion]).toEqual([
          "servicecenter",
          "2026-11-26",
          next.version,
        ]);
        if (thread === "claim")
          known = { ...nothingKnown, thread: { caseId: next.caseId, rootSeen }, threadCase: next };
        else if (next.version > 1) known = { ...known, threadCase: next };
      }
    }),
    { numRuns: 300 },
  );
});

describe("a mail to a reply token", () => {
  const from = (address: string, changes: Partial<IncomingMail> = {}) =>
    incomingMail({ mailId: id(2), threadKey: null, sender: { name: null, address }, ...changes });
  const known = { ...nothingKnown, tokenCase: register(incomingMail()).next };

  test("continues the case, whoever it comes from and whatever it says that it answers", () => {
    const { kind, message, next } = register(from("eve@example.org"), known);
    expect({ kind, newSender: message.newSender }).toEqual({ kind: "continued", newSender: true });
    expect(next.participants).toEqual(["asa@example.org", "eve@example.org"]);
  });

  test("from somebody whom nobody vouches for leaves the participants as they were", () => {
    const { next } = register(from("eve@example.org", { trust: "unknown" }), known);
    expect(next.participants).toEqual(["asa@example.org"]);
  });
});

describe("a message in a case that was answered", () => {
  const answering = (theCase: Case) =>
    answerOf(theCase, { messageId: id(9), text: "Hej", person: null, unit: null, files: [] });
  const answered = caseAfter(
    answer(register(incomingMail()).next, answering(register(incomingMail()).next), rules, now),
  );
  const later = "2026-12-01T08:00:00.000Z";
  const reply = (changes: Partial<IncomingMail> = {}) =>
    incomingMail({ mailId: id(2), isReply: true, receivedAt: later, ...changes });
  const of = (threadCase: Case): Known => ({
    ...nothingKnown,
    thread: { caseId: threadCase.caseId, rootSeen: true },
    threadCase,
  });

  test("makes it ours again, with a promise counted from the new arrival, and nobody told", () => {
    expect(answered.status).toBe("waiting");
    expect(register(reply(), of(answered)).next).toMatchObject({
      status: "ours",
      attention: "new-message",
      askedAt: later,
      nextDate: "2026-12-03",
      told: null,
    });
  });

  test("opens it again when it was closed, and says so", () => {
    const closed = caseAfter(close(answered, "answered", now));
    const { next, events } = register(reply(), of(closed));
    expect(next).toMatchObject({ status: "ours", closedAt: null, closeReason: null });
    expect(events[0]?.data).toMatchObject({ reopened: true });
  });

  test("from a machine is kept and changes nothing else: no promise, no reopening", () => {
    const closed = caseAfter(close(answered, "answered", now));
    const { next, events } = register(reply({ writer: "machine" }), of(closed));
    expect(next).toMatchObject({ status: "closed", attention: null, messageCount: closed.messageCount + 1 });
    expect(events[0]?.data).toMatchObject({ reopened: false });
  });

  test("of which one cannot be sure that no machine wrote it opens it again all the same", () => {
    const closed = caseAfter(close(answered, "answered", now));
    const { next, events } = register(reply({ writer: "unsure" }), of(closed));
    expect(next).toMatchObject({ status: "ours", attention: "new-message" });
    expect(events[0]?.data).toMatchObject({ reopened: true });
  });

  test("a second message before we have answered leaves the first promise", () => {
    const open = register(incomingMail()).next;
    expect(register(reply(), of(open)).next).toMatchObject({
      nextDate: open.nextDate,
      askedAt: open.askedAt,
    });
  });
});

describe("what a mail is decides what it changes", () => {
  const waiting = () =>
    openCase({ status: "waiting", told: { at: now.toISOString(), how: "email", by: "Amina" } });
  const replied = (changes: Partial<IncomingMail>, current = waiting()) =>
    register(incomingMail({ mailId: id(2), isReply: true, ...changes }), {
      ...nothingKnown,
      tokenCase: current,
    });

  test.each([
    ["only thanks", { nature: "thanks" as const }],
    ["an automatic reply", { writer: "machine" as const, nature: "absence" as const }],
    ["a delivery report", { writer: "machine" as const, nature: "delivery-report" as const }],
  ])("%s is kept, and neither reopens nor restarts a clock", (_what, changes) => {
    for (const current of [
      waiting(),
      { ...waiting(), status: "closed" as const, closeReason: "answered" as const },
    ]) {
      const { next, message } = replied(changes, current);
      const { status, nextDate, promisedDate, told, askedAt, attention } = current;
      expect(next).toMatchObject({ status, nextDate, promisedDate, told, askedAt, attention });
      expect([next.messageCount, message.messageId]).toEqual([current.messageCount + 1, id(2)]);
    }
  });

  test("a machine's mail is not what an answer would answer", () => {
    expect(replied({ writer: "machine" }).next.lastMailId).toBe(id(1));
    expect(replied({}).next.lastMailId).toBe(id(2));
  });

  test("an answer by SES's id is let in from a participant, and a report from anybody", () => {
    const answeredCase = waiting();
    const known = { ...nothingKnown, answeredCase };
    const from = (changes: Partial<IncomingMail>) =>
      register(incomingMail({ mailId: id(2), isReply: true, threadKey: null, ...changes }), known).kind;
    expect(from({})).toBe("continued");
    expect(from({ trust: "unknown" })).toBe("opened");
    expect(from({ sender: { name: null, address: "eve@example.org" } })).toBe("opened");
    expect(from({ trust: "unknown", writer: "machine", nature: "delivery-report" })).toBe("continued");
  });

  test("something urgent makes a case secret, new or old", () => {
    const opened = register(incomingMail({ urgency: "child-at-risk" }));
    expect(opened.next).toMatchObject({ access: "secret", triage: { urgency: "child-at-risk" } });
    expect(opened.events[0]?.data).toMatchObject({ urgency: "child-at-risk", access: "secret" });
    expect(replied({ urgency: "suicide" }, openCase({ access: "public" })).next).toMatchObject({
      access: "secret",
      triage: { urgency: "suicide" },
    });
  });

  test("a sender who is not trusted puts a new case in quarantine, counted and as old as it is", () => {
    const { next, events } = register(incomingMail({ trust: "failed" }));
    expect(worklistOf(next)).toBe("quarantine");
    expect(next).toMatchObject({ arrivedAt: incomingMail().receivedAt, quarantine: "held" });
    expect(events[0]).toMatchObject({ type: "CaseOpened", data: { held: true } });
  });

  test("a request for official documents and an appeal are due the day they come", () => {
    for (const kind of ["disclosure", "appeal"] as const) {
      expect(register(incomingMail({ proposal: { kind, unit: undefined } })).next.promisedDate).toBe(
        "2026-11-24",
      );
      const saturday = incomingMail({
        receivedAt: "2026-11-28T10:00:00.000Z",
        proposal: { kind, unit: undefined },
      });
      expect(register(saturday).next.promisedDate).toBe("2026-11-30");
    }
    expect(register(incomingMail()).next.promisedDate).toBe("2026-11-26");
  });

  test("a case proposes the unit that was written to, else the one that its words name", () => {
    const proposal = { kind: "question" as const, unit: "avfall" };
    expect(register(incomingMail({ proposal })).next.triage.unit).toBe("avfall");
    expect(register(incomingMail({ proposal, addressedUnit: "bygglov" })).next.triage.unit).toBe("bygglov");
    expect(register(incomingMail({ sensitive: true })).next.access).toBe("secret");
  });

  test("an identity number does not stand whole in a list", () => {
    const { next, message } = register(incomingMail({ subject: "Bidrag 19850709-9805" }));
    expect([next.subject, message.subject]).toEqual(["Bidrag 19850709-••••", "Bidrag 19850709-••••"]);
  });
});

describe("a matter that has gone to an authority", () => {
  const transfer = { transferId: id(7), unit: "bygglov", authority: "bygg-och-miljonamnden" };
  const gone = openCase({
    status: "closed",
    closeReason: "transferred",
    transfer: { ...transfer, state: "acknowledged" },
  });
  const leaving = openCase({ status: "transferring", transfer: { ...transfer, state: "sent" } });
  const mail = incomingMail({ mailId: id(2), isReply: true });

  test.each([
    ["that answers for it", gone],
    ["that has not said so yet", leaving],
  ])("%s gets what comes later, with its date, and the case stays where it is", (_what, current) => {
    const received = register(mail, { ...nothingKnown, tokenCase: current });
    expect(goesOn(current, mail)).toBe(true);
    const change = passOn(
      received,
      current,
      someLetter("to-bygglov", id(2)),
      { tell: true, openly: false },
      now,
    );
    expect(change.next).toMatchObject({
      status: current.status,
      closeReason: current.closeReason,
      version: current.version + 2,
    });
    expect(change.events.map(({ type }) => type)).toEqual(["MessageReceived", "MessagePassedOn"]);
    expect(change.events[1]?.data).toMatchObject({
      ...transfer,
      arrivedAt: mail.receivedAt,
      tell: true,
      openly: false,
      caseVersion: current.version + 2,
    });
  });

  test.each([
    ["of the case's own address", {}, {}, { tell: true, openly: true }],
    [
      "of another address",
      { sender: { name: null, address: "granne@example.org" } },
      {},
      { tell: true, openly: false },
    ],
    ["in a secret matter", {}, { access: "secret" as const }, { tell: true, openly: false }],
    ["who says so alone", { trust: "unknown" as const }, {}, { tell: false, openly: false }],
    ["of a machine", { writer: "machine" as const }, {}, { tell: false, openly: false }],
    ["who may be a machine", { writer: "unsure" as const }, {}, { tell: false, openly: false }],
    ["who may be in danger", { urgency: "violence" as const }, {}, { tell: false, openly: false }],
  ])("the sender %s is told as openly as is safe", (_who, changes, state, told) => {
    expect(toldOfPassingOn({ ...mail, ...changes }, { ...gone, sender: mail.sender, ...state })).toEqual(
      told,
    );
  });

  test("thanks and machines do not go on, nor does what comes to a case that is ours again", () => {
    expect(goesOn(gone, { ...mail, nature: "thanks" })).toBe(false);
    expect(goesOn(gone, { ...mail, writer: "machine" })).toBe(false);
    expect(goesOn({ ...gone, closeReason: "answered" }, mail)).toBe(false);
    expect(goesOn(openCase({ transfer: { ...transfer, state: "returned" } }), mail)).toBe(false);
  });
});
