import { describe, expect, test } from "vitest";
import { amina, caseAfter, decided, id, now, openCase, rules } from "../../../test/cases.ts";
import type { Case, Change } from "../register/case.ts";
import { answerOf } from "./answer.ts";
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
} from "./handling.ts";

const answering = (theCase: Case, text = "Hej") =>
  answerOf(theCase, { messageId: id(9), text, person: amina, unit: null, files: [] });
const answered = (theCase: Case, at = now) => answer(theCase, answering(theCase), rules, at);
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

describe("taking a case", () => {
  test("puts it in one's hands, also out of another's; released, it is anybody's", () => {
    const taken = caseAfter(take(openCase({ assignee: { sub: "jonas", name: "Jonas" } }), amina, now));
    expect(taken.assignee).toEqual(amina);
    expect(caseAfter(release(taken, now)).assignee).toBeNull();
  });

  test("is refused when it is closed", () => {
    expect(take(openCase({ status: "closed" }), amina, now)).toEqual({ refused: "wrong-status" });
  });
});

describe("answering", () => {
  test("sends a sealed letter to the address on the case, and the case waits for the citizen", () => {
    const change = decided<Change>(answered(openCase()));
    expect(JSON.parse(change.letters[0]?.body ?? "")).toMatchObject({
      to: "asa@example.org",
      subject: "Sv: Plogning [BJO-2026-000001]",
      text: "Hej",
    });
    expect(change.next).toMatchObject({
      status: "waiting",
      assignee: amina,
      told: { how: "email", by: "Amina" },
    });
    expect(change.message).toMatchObject({ direction: "out", channel: "email" });
    expect(JSON.stringify(change.events)).not.toMatch(/Hej|asa|Plogning/);
  });

  test("tells how long the citizen waited, in minutes and working days, and whether the promise held", () => {
    const [event] = decided<Change>(answered(openCase(), later(24))).events;
    expect(event?.data).toMatchObject({
      first: true,
      minutesToAnswer: 1441,
      workingDaysToAnswer: 1,
      withinPromise: true,
    });
    const [late] = decided<Change>(answered(openCase(), later(24 * 5))).events;
    expect(late?.data).toMatchObject({ workingDaysToAnswer: 3, withinPromise: false });
  });

  test("a second time is not the first", () => {
    const once = caseAfter(answered(openCase()));
    expect(decided<Change>(answered(once)).events[0]?.data).toMatchObject({ first: false });
  });

  test("leaves the case with the units that still work on it", () => {
    const change = answered(openCase({ status: "with-unit", openAssignments: 1 }));
    expect(caseAfter(change).status).toBe("with-unit");
  });

  test("is refused by mail when the case is secret or nobody's address is known", () => {
    expect(answered(openCase({ access: "secret" }))).toEqual({ refused: "secret-not-by-mail" });
    expect(answered(openCase({ sender: null }))).toEqual({ refused: "no-address" });
  });

  test.each([
    ["SV: Re: Plogning", "Sv: Plogning [BJO-2026-000001]"],
    [null, "Sv: Ditt ärende [BJO-2026-000001]"],
    ["Angående BJO-2026-000001", "Sv: Angående BJO-2026-000001"],
  ])("a mail about %j has the subject %s", (subject, expected) => {
    expect(answering(openCase({ subject })).subject).toBe(expected);
  });
});

describe("closing", () => {
  test.each(["answered", "decided"] as const)("as %s asks for what the citizen was told", (reason) => {
    expect(close(openCase(), reason, now)).toEqual({ refused: "not-told" });
    const said = { ...answering(openCase()), how: "phone" as const };
    const told = caseAfter(tell(openCase({ access: "secret" }), said, rules, now));
    expect(caseAfter(close(told, reason, now))).toMatchObject({ status: "closed", closeReason: reason });
  });

  test("as transferred asks for the authority's word and for the citizen's knowing", () => {
    const transfer = { transferId: id(3), unit: "bygglov", authority: "x", state: "acknowledged" } as const;
    expect(close(openCase(), "transferred", now)).toEqual({ refused: "not-acknowledged" });
    expect(close(openCase({ transfer }), "transferred", now)).toEqual({ refused: "not-told" });
  });

  test.each([
    "thanks",
    "advert",
    "invoice",
    "duplicate",
    "withdrawn",
    "unreachable",
    "anonymous-tip",
  ] as const)("as %s asks for nothing, so that nobody invents an answer", (reason) => {
    expect(caseAfter(close(openCase(), reason, now)).closeReason).toBe(reason);
  });

  test("is refused while a unit or an authority has it", () => {
    expect(close(openCase({ status: "with-unit" }), "thanks", now)).toEqual({ refused: "units-at-work" });
    expect(close(openCase({ status: "transferring" }), "thanks", now)).toEqual({ refused: "units-at-work" });
  });

  test.each([
    [0, "thanks", "service-centre"],
    [2, "thanks", "with-units"],
  ] as const)("with %i assignments as %s was solved by %s", (assignmentCount, reason, solvedBy) => {
    const [event] = decided<Change>(close(openCase({ assignmentCount }), reason, now)).events;
    expect(event?.data).toMatchObject({ solvedBy });
  });

  test("together with the answer is one change with two events", () => {
    const both = andThen(decided<Change>(answered(openCase())), (next) => close(next, "answered", now));
    const change = decided<Change>(both);
    expect(change.events.map(({ type }) => type)).toEqual(["AnswerGiven", "CaseClosed"]);
    expect([change.seen, change.next.version, change.letters.length]).toEqual([1, 3, 1]);
  });
});

describe("an answer that did not arrive", () => {
  test("opens the closed case again, and the citizen has not been told", () => {
    const closed = caseAfter(close(caseAfter(answered(openCase())), "answered", now));
    expect(caseAfter(failDelivery(closed, "answer-not-delivered", rules, now))).toMatchObject({
      status: "ours",
      told: null,
      attention: "answer-not-delivered",
    });
  });

  test("calls for somebody in an open one", () => {
    const waiting = caseAfter(answered(openCase()));
    expect(caseAfter(failDelivery(waiting, "answer-uncertain", rules, now))).toMatchObject({
      status: "ours",
      attention: "answer-uncertain",
    });
  });
});

test("a case rests until a date that has not passed", () => {
  expect(watch(openCase(), "2026-11-23", amina, now)).toEqual({ refused: "date-passed" });
  expect(caseAfter(watch(openCase(), "2026-12-24", amina, now))).toMatchObject({
    status: "waiting",
    nextDate: "2026-12-24",
    assignee: amina,
  });
});

test("a secret case is in the hands of whoever said so", () => {
  expect(caseAfter(classify(openCase(), "secret", amina, now)).assignee).toEqual(amina);
  expect(caseAfter(classify(openCase(), "public", amina, now)).assignee).toBeNull();
});

test("a note changes nothing but the history", () => {
  const note = { noteId: id(4), at: now.toISOString(), by: "Amina", text: "Ringde" };
  const before = openCase();
  expect(addNote(before, note, now).next).toEqual({ ...before, version: 2 });
});

test("only a closed case is opened again", () => {
  expect(reopen(openCase(), "by-hand", rules, now)).toEqual({ refused: "wrong-status" });
});
