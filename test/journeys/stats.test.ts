import { afterAll, beforeAll, expect, test } from "vitest";
import { localDate } from "#shared/time/working-time.ts";
import type { System } from "../../local/system.ts";
import { rawMail, send } from "../mail.ts";
import { ask, startTestSystem } from "../system.ts";

let system: System;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(async () => {
  await system.stop();
});

const dayMs = 86_400_000;
type Day = { date: string; figures: Record<string, number> };

test("mails are figures of the day, and each figure opens its cases", async () => {
  for (const messageId of ["one@example.org", "two@example.org", "two@example.org"]) {
    await send(system.smtpPort, rawMail({ messageId }));
  }
  await system.quiet();

  // Midnight may pass meanwhile.
  const [from, to] = [-dayMs, dayMs].map((ms) => localDate(new Date(Date.now() + ms)));
  const path = `/stats/days?from=${from}&to=${to}`;
  const { status, body } = await ask(system, path, { sub: "chef" });
  expect([status, body.open]).toEqual([200, 2]);
  const counted = body.days.filter(({ figures }: Day) => Object.keys(figures).length > 0);
  expect(counted.map(({ figures }: Day) => figures)).toEqual([
    { "contacts/email": 2, "contact-outcome/opened-case": 2, opened: 2 },
  ]);

  const behind = `/stats/days/${counted[0].date}/cases?figure=${encodeURIComponent("contacts/email")}`;
  const trail = await ask(system, behind, { sub: "amina" });
  const numbers = trail.body.cases.map(({ caseNumber }: { caseNumber: string }) => caseNumber);
  expect(new Set(numbers).size).toBe(2);
  expect(trail.body).toMatchObject({ cursor: null, hidden: false });
  for (const { caseId } of trail.body.cases) {
    expect((await ask(system, `/cases/${caseId}`, { sub: "amina" })).status).toBe(200);
  }

  for (const asked of [path, behind]) {
    expect((await ask(system, asked, { sub: "avfall" })).status).toBe(404);
    expect((await ask(system, asked, undefined)).status).toBe(401);
  }
});
