import { beforeEach, describe, expect, test } from "vitest";
import { isRefused } from "#shared/refusal.ts";
import { freshTable } from "../../../test/tables.ts";
import { formatCaseNumber, type IncomingMail, registerMail } from "./case.ts";
import {
  findCaseFile,
  intakeCases,
  loadForRegistration,
  type Saved,
  saveRegistration,
} from "./case-table.ts";

let cases: string;
beforeEach(async () => {
  cases = await freshTable("CasesTable");
});

const now = new Date("2026-11-24T08:00:00Z");
const year = "2026";
const id = (n: number) => n.toString(16).padStart(32, "0");

function mail(n: number, changes: Partial<IncomingMail> = {}): IncomingMail {
  return {
    mailId: id(n),
    receivedAt: new Date(now.getTime() + n * 1000).toISOString(),
    addressee: "official",
    addressedUnit: undefined,
    trust: "verified",
    unreadable: false,
    subject: `Fråga ${n}`,
    sender: { name: null, address: "asa@example.org" },
    attachments: [],
    letter: { key: `email/${id(n)}/${"2".repeat(64)}.json`, sha256: "2".repeat(64) },
    threadKey: null,
    isReply: false,
    ...changes,
  };
}

async function prepare(incoming: IncomingMail, caseId: string) {
  const known = await loadForRegistration(cases, incoming, year);
  const number = known.lastNumber + 1;
  const opening = {
    caseId,
    caseNumber: formatCaseNumber({ prefix: "BJO", digits: 6 }, year, number),
    owner: "servicecenter",
    promiseWorkingDays: 2,
    redDays: [],
  };
  const registration = registerMail(incoming, known, opening, now);
  if (isRefused(registration)) return () => Promise.resolve<Saved>(registration.refused);
  return () => saveRegistration(cases, registration, incoming, { year, lastNumber: known.lastNumber });
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
    const file = await findCaseFile(cases, id(100));
    expect(file?.case).toMatchObject({ caseNumber: "BJO-2026-000001", version: 1 });
    expect(file?.messages.map(({ messageId }) => messageId)).toEqual([id(1)]);
    expect(file?.history).toEqual([{ version: 1, at: now.toISOString(), type: "CaseOpened" }]);
    expect((await intakeCases(cases, undefined)).cases).toMatchObject([
      { caseId: id(100), subject: "Fråga 1" },
    ]);
  });

  test("is refused for a mail that was registered meanwhile, and takes no number", async () => {
    const late = await prepare(mail(1), id(101));
    await register(mail(1), id(100));
    expect(await late()).toBe("already-registered");
    expect(await findCaseFile(cases, id(101))).toBeUndefined();
    await register(mail(2), id(102));
    expect((await findCaseFile(cases, id(102)))?.case.caseNumber).toBe("BJO-2026-000002");
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
    const file = await findCaseFile(cases, id(101));
    expect(file?.case).toMatchObject({ version: 2, messageCount: 2 });
    expect(file?.messages.map(({ messageId }) => messageId)).toEqual([id(1), id(2)]);
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
    expect((await findCaseFile(cases, id(103)))?.case.version).toBe(1);
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
  const { cases: listed } = await intakeCases(cases, undefined);
  const numbers = listed.map(({ caseNumber }) => Number(caseNumber.split("-")[2])).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
});

test("the intake's list comes in pages of fifty, soonest promise first, without a gap or a repeat", async () => {
  for (let n = 1; n <= 60; n += 1) await register(mail(n), id(1000 + n));
  const first = await intakeCases(cases, undefined);
  const second = await intakeCases(cases, first.cursor ?? "");
  expect([first.cases.length, second.cases.length, second.cursor]).toEqual([50, 10, null]);
  const subjects = [...first.cases, ...second.cases].map(({ subject }) => subject);
  expect(subjects).toEqual(Array.from({ length: 60 }, (_, n) => `Fråga ${n + 1}`));
});

test("a case that is not there is not found", async () => {
  expect(await findCaseFile(cases, id(1))).toBeUndefined();
});
