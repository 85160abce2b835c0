import { beforeEach, describe, expect, test } from "vitest";
import { isRefused } from "#shared/refusal.ts";
import { amina, decided, id, incomingMail, now, opening, rules, someLetter } from "../../../test/cases.ts";
import { freshTable } from "../../../test/tables.ts";
import { answerAssignment, assign, withdraw } from "../assign/assignment.ts";
import { acknowledgeTransfer, transferCase } from "../assign/transfer.ts";
import { addNote, classify, close, take } from "../handle/handling.ts";
import { type Case, type Change, formatCaseNumber } from "./case.ts";
import {
  findAssignment,
  findCase,
  findCaseByNumber,
  findCaseFile,
  findTransfer,
  loadForRegistration,
  type Saved,
  saveChange,
  saveRegistration,
} from "./case-table.ts";
import { type IncomingMail, registerMail } from "./registration.ts";

let cases: string;
beforeEach(async () => {
  cases = await freshTable("CasesTable");
});

import { listCases, listTasks } from "./worklist-table.ts";

const year = "2026";
const unassigned = (after?: string) => listCases(cases, "unassigned", after);
const file = (caseId: string) => findCaseFile(cases, caseId, "amina");

function mail(n: number, changes: Partial<IncomingMail> = {}): IncomingMail {
  return incomingMail({
    mailId: id(n),
    receivedAt: new Date(now.getTime() + n * 1000).toISOString(),
    subject: `Fråga ${n}`,
    threadKey: null,
    ...changes,
  });
}

async function prepare(incoming: IncomingMail, caseId: string) {
  const { lastNumber, ...known } = await loadForRegistration(cases, incoming, year);
  const caseNumber = formatCaseNumber({ prefix: "BJO", digits: 6 }, year, lastNumber + 1);
  const registration = registerMail(
    incoming,
    { ...known, tokenCase: undefined, answeredCase: undefined },
    { ...opening, caseId, caseNumber },
    now,
  );
  if (isRefused(registration)) return () => Promise.resolve<Saved>("done-before");
  return () => saveRegistration(cases, registration, incoming, { year, lastNumber });
}

/** As the shell does it: again from the start while somebody else was first. */
async function register(incoming: IncomingMail, caseId: string): Promise<Saved> {
  for (;;) {
    const saved = await (await prepare(incoming, caseId))();
    if (saved !== "lost-race") return saved;
  }
}

describe("a registration", () => {
  test("is there whole: case, message, history, and its place in the intake's list", async () => {
    expect(await register(mail(1), id(100))).toBe("saved");
    const found = await file(id(100));
    expect(found?.case).toMatchObject({ caseNumber: "BJO-2026-000001", version: 1 });
    expect(found?.messages.map(({ messageId }) => messageId)).toEqual([id(1)]);
    expect(found?.history).toMatchObject([
      { version: 1, at: now.toISOString(), type: "CaseOpened", by: null },
    ]);
    expect((await unassigned()).cases).toMatchObject([{ caseId: id(100), subject: "Fråga 1" }]);
  });

  test("is refused for a mail that was registered meanwhile, and takes no number", async () => {
    const late = await prepare(mail(1), id(101));
    await register(mail(1), id(100));
    expect(await late()).toBe("done-before");
    expect(await file(id(101))).toBeUndefined();
    await register(mail(2), id(102));
    expect((await file(id(102)))?.case.caseNumber).toBe("BJO-2026-000002");
  });

  test("loses the race for the first number, and for every later one", async () => {
    const [one, two] = [await prepare(mail(1), id(101)), await prepare(mail(2), id(102))];
    expect([await one(), await two()]).toEqual(["saved", "lost-race"]);
    const [three, four] = [await prepare(mail(3), id(103)), await prepare(mail(4), id(104))];
    expect([await three(), await four()]).toEqual(["saved", "lost-race"]);
  });

  test("loses the race for a thread, and then continues the winner's case", async () => {
    const thread = { threadKey: "t".repeat(32) };
    const reply = mail(2, { ...thread, isReply: true });
    const loser = await prepare(reply, id(102));
    await register(mail(1, thread), id(101));
    expect(await loser()).toBe("lost-race");
    expect(await register(reply, id(102))).toBe("saved");
    const found = await file(id(101));
    expect(found?.case).toMatchObject({ version: 2, messageCount: 2 });
    expect(found?.messages.map(({ messageId }) => messageId)).toEqual([id(1), id(2)]);
  });

  test("loses the race for a case's next version", async () => {
    const thread = { threadKey: "t".repeat(32) };
    await register(mail(1, thread), id(101));
    const replies = [2, 3].map((n) => mail(n, { ...thread, isReply: true }));
    const prepared = await Promise.all(replies.map((reply) => prepare(reply, id(109))));
    const saved = [await prepared[0]?.(), await prepared[1]?.()];
    expect(saved).toEqual(["saved", "lost-race"]);
  });

  test("loses the race for being the thread's first mail", async () => {
    const thread = { threadKey: "t".repeat(32) };
    await register(mail(1, { ...thread, isReply: true }), id(101));
    const roots = await Promise.all([prepare(mail(2, thread), id(102)), prepare(mail(3, thread), id(103))]);
    expect([await roots[0]?.(), await roots[1]?.()]).toEqual(["saved", "lost-race"]);
    expect(await register(mail(3, thread), id(103))).toBe("saved");
    expect((await file(id(103)))?.case.version).toBe(1);
  });
});

test("forty mails at once, each twice, are forty cases with the numbers 1 to 40", async () => {
  const all = Array.from({ length: 80 }, (_, n) => ({ incoming: mail(n % 40), caseId: id(1000 + n) }));
  const saved: Saved[] = [];
  const next = async (): Promise<void> => {
    for (let one = all.shift(); one !== undefined; one = all.shift()) {
      saved.push(await register(one.incoming, one.caseId));
    }
  };
  await Promise.all(Array.from({ length: 5 }, next));
  expect(saved.filter((one) => one === "saved")).toHaveLength(40);
  const { cases: listed } = await unassigned();
  const numbers = listed.map(({ caseNumber }) => Number(caseNumber.split("-")[2])).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
});

test("what cannot wait stands before everything else in its list, whenever it came", async () => {
  await register(mail(1), id(101));
  await register(mail(2, { urgency: "child-at-risk" }), id(102));
  const { cases: listed } = await unassigned();
  expect(listed.map(({ caseId, triage }) => [caseId, triage.urgency])).toEqual([
    [id(102), "child-at-risk"],
    [id(101), null],
  ]);
});

test("the intake's list comes in pages of fifty, soonest promise first, without a gap or a repeat", async () => {
  for (let n = 1; n <= 60; n += 1) await register(mail(n), id(1000 + n));
  const first = await unassigned();
  const second = await unassigned(first.cursor ?? "");
  expect([first.cases.length, second.cases.length, second.cursor]).toEqual([50, 10, null]);
  const subjects = [...first.cases, ...second.cases].map(({ subject }) => subject);
  expect(subjects).toEqual(Array.from({ length: 60 }, (_, n) => `Fråga ${n + 1}`));
});

test("a case that is not there is not found", async () => {
  expect(await file(id(1))).toBeUndefined();
});

describe("a change", () => {
  /** A case in the table, and what an agent decides on it. */
  async function prepared(decide: (current: Case) => Change | { refused: string }, caseId = id(100)) {
    await register(mail(1), caseId);
    const current = await findCase(cases, caseId);
    if (current === undefined) throw new Error("no case");
    const change = decided<Change>(decide(current));
    return { current, change, save: () => saveChange(cases, change, amina) };
  }
  const sending = { assignmentId: id(7), unit: "bygglov", dueDate: "2026-11-26", access: "public" } as const;
  const letter = someLetter("to-bygglov", id(7));

  test("is there whole: the case's next version, its event with who did it, its place in the right list", async () => {
    const { save } = await prepared((current) => take(current, amina, now));
    expect(await save()).toBe("saved");
    expect((await unassigned()).cases).toEqual([]);
    expect((await listCases(cases, { mine: "amina" }, undefined)).cases).toMatchObject([
      { caseId: id(100), assignee: amina },
    ]);
    expect((await file(id(100)))?.history.at(-1)).toMatchObject({
      version: 2,
      type: "CaseTaken",
      by: "Amina",
    });
  });

  test("loses the race for a version that another change has made", async () => {
    const { save } = await prepared((current) => take(current, amina, now));
    expect([await save(), await save()]).toEqual(["saved", "lost-race"]);
  });

  test("is refused by the table where the case no longer stands where the command is allowed", async () => {
    const { current, change, save } = await prepared((one) => take(one, amina, now));
    // A version that fits, and a status that the decision has not seen.
    const closed = { ...change, next: { ...current, status: "closed" as const, version: 2 } };
    await saveChange(cases, closed, amina);
    const late = { ...change, seen: 2, next: { ...change.next, version: 3 }, events: [] };
    expect(await saveChange(cases, late, amina)).toBe("lost-race");
    expect(await save()).toBe("lost-race");
  });

  test("with an assignment puts it in its unit's list; answered, it leaves the list and cannot be answered again", async () => {
    const { save } = await prepared((current) => assign(current, { ...sending, letter }, amina, now));
    await save();
    expect((await listTasks(cases, "bygglov", undefined)).tasks).toMatchObject([
      { task: "assignment", taskId: id(7), subject: "Fråga 1" },
    ]);
    expect((await listCases(cases, "waiting", undefined)).cases).toHaveLength(1);
    const current = await findCase(cases, id(100));
    const assignment = await findAssignment(cases, id(100), id(7));
    if (current === undefined || assignment === undefined) throw new Error("not there");
    const by = { unit: "bygglov", person: null };
    const answered = answerAssignment(
      current,
      assignment,
      { to: "service-centre", reply: null, by },
      rules,
      now,
    );
    expect(await saveChange(cases, decided<Change>(answered), null)).toBe("saved");
    expect((await listTasks(cases, "bygglov", undefined)).tasks).toEqual([]);
    // The same decision on a newer case: the assignment's own state refuses it.
    const after = await findCase(cases, id(100));
    const again = withdraw({ ...current, version: after?.version ?? 0 }, assignment, now);
    expect(await saveChange(cases, decided<Change>(again), null)).toBe("lost-race");
  });

  test("with a transfer puts it in the unit's list until the authority has it", async () => {
    const transfer = { transferId: id(8), unit: "bygglov", authority: "bygg-och-miljonamnden" };
    const { save } = await prepared((current) =>
      transferCase(current, { ...transfer, letter, access: "public" }, amina, now),
    );
    await save();
    expect((await listTasks(cases, "bygglov", undefined)).tasks).toMatchObject([
      { task: "transfer", taskId: id(8), dueDate: null },
    ]);
    const row = await findTransfer(cases, id(100), id(8));
    const current = await findCase(cases, id(100));
    if (row === undefined || current === undefined) throw new Error("not there");
    const said = { diaryNumber: "BMN 1", contact: "Eva", dueDate: "2027-01-01" };
    await saveChange(cases, decided<Change>(acknowledgeTransfer(current, row, said, now)), null);
    expect((await listTasks(cases, "bygglov", undefined)).tasks).toEqual([]);
    expect((await file(id(100)))?.transfers).toMatchObject([{ state: "acknowledged", ...said }]);
  });

  test("that must happen once happens once, and says that it was done before", async () => {
    const { change } = await prepared((current) => classify(current, "public", amina, now));
    expect(await saveChange(cases, { ...change, once: "x" }, amina)).toBe("saved");
    expect(await saveChange(cases, { ...change, once: "x" }, amina)).toBe("done-before");
  });

  test("leaves a case to be found by its number, when it is closed as well, and no other number", async () => {
    const { save } = await prepared((current) => close(current, "spam", now));
    await save();
    const number = (await findCase(cases, id(100)))?.caseNumber ?? "";
    expect(await findCaseByNumber(cases, number)).toBe(id(100));
    expect(await findCaseByNumber(cases, "BJO-2026-999999")).toBeUndefined();
  });

  test("a closed case is in no list, and its notes and history remain", async () => {
    const note = { noteId: id(5), at: now.toISOString(), by: "Amina", text: "Ringde" };
    const { save } = await prepared((current) => addNote(current, note, now));
    await save();
    const current = await findCase(cases, id(100));
    if (current === undefined) throw new Error("no case");
    await saveChange(cases, decided<Change>(close(current, "thanks", now)), amina);
    for (const list of ["unassigned", "waiting", { mine: "amina" }] as const) {
      expect((await listCases(cases, list, undefined)).cases).toEqual([]);
    }
    expect((await file(id(100)))?.notes).toEqual([note]);
    expect((await file(id(100)))?.history.map(({ type }) => type)).toEqual([
      "CaseOpened",
      "NoteAdded",
      "CaseClosed",
    ]);
  });
});
