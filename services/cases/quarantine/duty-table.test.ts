import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, expect, test } from "vitest";
import { table } from "#shared/table.ts";
import { amina, id, incomingMail, nothingKnown, now, opening } from "../../../test/cases.ts";
import { freshTable } from "../../../test/tables.ts";
import { quarantineOverdue } from "../events.ts";
import { overdueKey } from "../keys.ts";
import { saveRegistration } from "../register/case-table.ts";
import { registerMail } from "../register/registration.ts";
import { callDone, findDuties, giveDuty, heldArrivals, publishOverdue } from "./duty-table.ts";

let cases: string;
beforeEach(async () => {
  cases = await freshTable("CasesTable");
});

const jonas = { sub: "jonas", name: "Jonas" };
const days = ["2026-11-24", "2026-11-25", "2026-11-27"];
const personOf = async (date: string) => (await findDuties(cases, [date]))[0]?.person;

test("a day that nobody has is there, and belongs to nobody", async () => {
  expect(await findDuties(cases, days)).toEqual(days.map((date) => ({ date, person: null, done: null })));
});

test("a day can be taken, given on and laid down", async () => {
  expect(await giveDuty(cases, "2026-11-25", amina, null)).toBe(true);
  expect(await giveDuty(cases, "2026-11-25", jonas, "amina")).toBe(true);
  expect(await personOf("2026-11-25")).toEqual(jonas);
  expect(await giveDuty(cases, "2026-11-25", null, "jonas")).toBe(true);
  expect(await personOf("2026-11-25")).toBeNull();
  expect(await giveDuty(cases, "2026-11-25", amina, null)).toBe(true);
});

test("a day is not taken out of hands that were not seen", async () => {
  await giveDuty(cases, "2026-11-25", amina, null);
  expect(await giveDuty(cases, "2026-11-25", jonas, null)).toBe(false);
  expect(await giveDuty(cases, "2026-11-25", null, "jonas")).toBe(false);
  expect(await personOf("2026-11-25")).toEqual(amina);
});

test("a day is looked through once, whoever says it again and whoever has it", async () => {
  await callDone(cases, "2026-11-24", now, amina);
  await callDone(cases, "2026-11-24", new Date(now.getTime() + 1000), jonas);
  await giveDuty(cases, "2026-11-24", jonas, null);
  expect(await findDuties(cases, days)).toEqual([
    { date: "2026-11-24", person: jonas, done: { at: now.toISOString(), by: "Amina" } },
    { date: "2026-11-25", person: null, done: null },
    { date: "2026-11-27", person: null, done: null },
  ]);
});

test("an overdue day is told of once", async () => {
  const event = (held: number) =>
    quarantineOverdue.make(
      { subject: "2026-11-24", version: 1, at: now },
      { date: "2026-11-24", held, taken: false },
    );
  await publishOverdue(cases, "2026-11-24", event(1));
  await publishOverdue(cases, "2026-11-24", event(2));
  const { Item } = await table.send(new GetCommand({ TableName: cases, Key: overdueKey("2026-11-24") }));
  expect(Item).toMatchObject({ rowType: "event", event: { type: "QuarantineOverdue", data: { held: 1 } } });
});

test("everything that is held is counted, page after page, and nothing else", async () => {
  for (let n = 1; n <= 53; n += 1) {
    const mail = incomingMail({ mailId: id(n), trust: n === 1 ? "unknown" : "failed", threadKey: null });
    const caseNumber = `BJO-2026-${String(n).padStart(6, "0")}`;
    const registration = registerMail(mail, nothingKnown, { ...opening, caseId: id(n), caseNumber }, now);
    if ("refused" in registration) throw new Error(registration.refused);
    await saveRegistration(cases, registration, mail, { year: "2026", lastNumber: n - 1 });
  }
  expect(await heldArrivals(cases)).toHaveLength(52);
});
