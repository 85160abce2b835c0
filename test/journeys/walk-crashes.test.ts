import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { changedAssembly, impatient } from "../../provbank/assembly.ts";
import { everyCrashPoint } from "../../provbank/crash-points.ts";
import { account } from "../../provbank/intake.ts";
import { ownSystem } from "../../provbank/own-system.ts";
import { rawMail, send } from "../mail.ts";
import { ask, change, startTestSystem } from "../system.ts";

let system: System;
let remove: () => void;
beforeAll(async () => {
  const assembly = changedAssembly(impatient(1));
  remove = assembly.remove;
  system = await startTestSystem({
    assembly: assembly.folder,
    functionsAs: "processes",
    maxInstances: 1,
  });
});
afterAll(async () => {
  await system.stop();
  remove();
});

const amina = { sub: "amina" };
const tried: string[] = [];

/** As people do: what got no answer is asked again. */
async function insist<T>(ask_: () => Promise<{ status: number; body: T }>): Promise<T> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const { status, body } = await ask_();
    if (status < 500) return body;
  }
  throw new Error("no answer, three times");
}

type CaseFile = {
  case: { version: number; status: string };
  messages: { direction: string }[];
  assignments: { assignmentId: string; unit: string }[];
  outgoing: { kind: string; status: string }[];
  history: { type: string }[];
};
const show = (caseId: string) => insist<CaseFile>(() => ask(system, `/cases/${caseId}`, amina));

/** A fresh case, from an address of its own. */
async function opened(name: string): Promise<string> {
  const subject = `${name} ${tried.length}`;
  const from = `${subject.replaceAll(/[^a-z0-9]/g, "-")}@example.org`;
  await send(system.smtpPort, rawMail({ subject, from }), { from });
  await system.quiet();
  type Listed = { cases: { caseId: string; subject: string }[] };
  const { cases } = await insist<Listed>(() => ask(system, "/cases/worklists/unassigned", amina));
  const found = cases.find((one) => one.subject === subject);
  if (found === undefined) throw new Error(`no case ${subject}`);
  tried.push(found.caseId);
  return found.caseId;
}

/** Does something to a case unless it is done, on the case as it stands. */
async function persist(caseId: string, command: string, content: object, done: (file: CaseFile) => boolean) {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const file = await show(caseId);
    if (done(file)) return;
    await change(system, `/cases/${caseId}/${command}`, amina, { version: file.case.version, ...content });
  }
}

test("the API killed after any call: what was asked is done once or not at all, and asking again does it", async () => {
  const points = await everyCrashPoint(system, "cases/api", async () => {
    const caseId = await opened("api");
    await persist(caseId, "answer", { text: "Hej", close: true }, (file) => file.case.status === "closed");
  });
  // Who asks, the case, the letter, the transaction, the case again: more than once where it is asked again.
  expect(points).toBeGreaterThanOrEqual(5);
  for (const caseId of tried) {
    const file = await show(caseId);
    expect(file.case.status).toBe("closed");
    expect(file.messages.filter(({ direction }) => direction === "out")).toHaveLength(1);
  }
  const answers = system.sent().filter(({ tags }) => tags["outbox"]?.startsWith("answer-"));
  expect(answers).toHaveLength(tried.length);
});

test("each function of the walk to a unit and back, killed after any call: one notice, one answer, one of each event", async () => {
  const avfall = ownSystem(system, "avfall");
  const points: Record<string, number> = {};
  const walked: string[] = [];
  const asked = { text: "Vad gäller?", dueDate: "2036-12-01", access: "public" };
  // The others: outbox-faults.test.ts, runner.test.ts, and all of them in R07 of the proving ground.
  for (const name of ["email/notify-unit", "cases/apply-reply", "stats/project"]) {
    points[name] = await everyCrashPoint(system, name, async () => {
      const caseId = await opened(name);
      walked.push(caseId);
      for (const unit of ["bygglov", "avfall"]) {
        await persist(caseId, "assignments", { unit, ...asked }, (file) =>
          file.assignments.some((one) => one.unit === unit),
        );
      }
      await system.quiet();
      const file = await show(caseId);
      const assignment = file.assignments.find((one) => one.unit === "avfall");
      if (assignment === undefined) throw new Error("not assigned");
      const taskId = assignment.assignmentId;
      const letter = await avfall.seal(taskId, "Vi kommer i morgon.");
      await avfall.reply({ reply: "answer", caseId, taskId, to: "citizen", letter });
    });
  }
  expect(points["email/notify-unit"]).toBeGreaterThanOrEqual(3);
  expect(points["cases/apply-reply"]).toBeGreaterThanOrEqual(5);
  expect(points["stats/project"]).toBeGreaterThanOrEqual(1);
  const missing: string[] = [];
  for (const caseId of walked) {
    const file = await show(caseId);
    const types = file.history.map(({ type }) => type);
    expect(types.filter((type) => type === "AssignmentAnswered")).toHaveLength(1);
    expect(types.filter((type) => type === "AnswerGiven")).toHaveLength(1);
    for (const kind of ["answer", "unit-notice"]) {
      const about = file.outgoing.filter((one) => one.kind === kind);
      expect(about.length).toBeLessThanOrEqual(1);
      if (about.length === 0) missing.push(`${kind} ${caseId}`);
    }
  }
  const outbox = system.sent().map(({ tags }) => tags["outbox"]);
  expect(new Set(outbox).size).toBe(outbox.length);
  // Missing only where the function died between its claim and SES: the claim stands, and the sweeper will call it uncertain.
  const claimed = (await claims()).filter((one) => !one.startsWith("acknowledgement"));
  expect(new Set(missing)).toEqual(new Set(claimed));
});

/** Mails that were claimed and of which nothing more is known, by kind and case. */
async function claims(): Promise<string[]> {
  const { Items = [] } = await system.clients.dynamodb.send(
    new ScanCommand({ TableName: system.assembly.output("EmailTable") }),
  );
  const open = Items.filter((row) => row["rowType"] === "outbox" && row["status"] === "claimed");
  return open.map((row) => `${row["kind"]} ${row["caseId"]}`);
}

test("after all of it every figure is a recount, and nothing is lost or doubled", async () => {
  const counted = await account(system, 0);
  expect(counted).toMatchObject({ lost: 0, doubled: 0, cases: tried.length });
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" }).format(new Date());
  const { body } = await ask(system, `/stats/days?from=${day}&to=${day}`, { sub: "chef" });
  expect(body.days[0].figures).toMatchObject({ opened: tried.length, answers: tried.length });
});
