import { expect, test } from "vitest";
import * as z from "zod/mini";
import { code, count, defineEvent, id, instant, letterRef } from "./event.ts";

const opened = defineEvent("servicecenter/cases", "CaseOpened", {
  caseId: id,
  caseVersion: count,
  channel: code(["email", "phone"]),
  openedAt: instant,
  letter: z.optional(letterRef),
});
const data = {
  caseId: "c1",
  caseVersion: 1,
  channel: "email" as const,
  openedAt: "2026-11-24T08:00:00.000Z",
};
const at = new Date("2026-11-24T08:00:00Z");

test("the same change has the same id, and the envelope parses", () => {
  const event = opened.make({ subject: "c1", version: 1, at }, data);
  expect(event.id).toBe("CaseOpened-c1-1");
  expect(opened.schema.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
});

test("refuses a field of free text when the event is defined", () => {
  expect(() => defineEvent("servicecenter/cases", "Bad", { subject: z.string() })).toThrow("Bad: subject");
});

test.each([
  ["a name as an id", { ...data, caseId: "Åsa Öberg-Ek" }],
  ["an address as an id", { ...data, caseId: "asa@example.org" }],
  ["a code outside the list", { ...data, channel: "fax" }],
  ["a letter somewhere else", { ...data, letter: { key: "../secret.json", sha256: "0".repeat(64) } }],
])("refuses %s", (_what, bad) => {
  const event = { ...opened.make({ subject: "c1", version: 1, at }, data), data: bad };
  expect(opened.schema.safeParse(event).success).toBe(false);
});
