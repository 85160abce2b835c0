import { afterAll, beforeAll, expect, test } from "vitest";
import { budgets } from "../../bench/budgets.ts";
import { type Contact, meterContacts } from "../../bench/contacts.ts";
import { meterPages, type Pages } from "../../bench/pages.ts";
import { seedCases } from "../../bench/seed.ts";
import type { System } from "../../local/system.ts";
import { startTestSystem } from "../system.ts";

let system: System;
let contact: Contact;
let few: Pages;
let many: Pages;
beforeAll(async () => {
  // As it is deployed: what comes together is handled together.
  system = await startTestSystem({ hurry: false });
  // Acknowledgements are taken ten at a time of the hour's: one alone would bear the cost of all of them.
  contact = await meterContacts(system, 3);
  const seeded = await seedCases(system);
  await seeded.grow(300);
  few = await meterPages(system, seeded.caseId);
  await seeded.grow(6_000);
  many = await meterPages(system, seeded.caseId);
});
afterAll(async () => {
  await system.stop();
});

test("a mail that becomes a case, is acknowledged and counted keeps to what it may cost", () => {
  const { whole, acknowledgement, counting } = contact;
  expect(contact["mail and case"].writeUnits).toBeLessThanOrEqual(budgets.mailAndCaseWrites.goal);
  expect(acknowledgement.writeUnits).toBeLessThanOrEqual(budgets.acknowledgementWrites.accepted);
  expect(counting.writeUnits).toBeLessThanOrEqual(budgets.countingWrites.goal);
  expect(whole.writeUnits).toBeLessThanOrEqual(budgets.wholeWrites.goal);
  // SES's news of a mail may come in one go or in two, and each asks for the mail's row.
  expect(whole.readUnits).toBeLessThanOrEqual(budgets.wholeReads.accepted);
});

test("a list page is one request, a case and the statistics at most three", () => {
  expect(many["list page of 50"]).toMatchObject({ requests: budgets.listRequests.goal, counted: 50 });
  expect(many["list page of 50"].readUnits).toBeLessThanOrEqual(budgets.listReads.goal);
  expect(many.case.requests).toBeLessThanOrEqual(budgets.caseRequests.goal);
  expect(many["statistics page"].requests).toBeLessThanOrEqual(budgets.statisticsRequests.goal);
});

test("no page costs more at 6 000 cases than at 300", () => {
  // To the byte here; the numbers of a page may grow a digit.
  const { bytes: fewBytes, ...fewFigures } = few["statistics page"];
  const { bytes: manyBytes, ...manyFigures } = many["statistics page"];
  expect(manyFigures).toEqual(fewFigures);
  expect(manyBytes / fewBytes).toBeCloseTo(1, 2);
  expect(many["list page of 50"]).toEqual(few["list page of 50"]);
  expect(many.case).toEqual(few.case);
});

test("no page looks at more rows than it shows", () => {
  for (const page of Object.values(many)) expect(page.scanned).toBe(page.counted);
});
