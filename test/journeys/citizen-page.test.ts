import type { Browser, Page } from "playwright-core";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { faultsOf, openBrowser } from "../browser.ts";
import { rawMail, send } from "../mail.ts";
import { ask, change, intake, startTestSystem } from "../system.ts";

let system: System;
let browser: Browser;
let page: Page;
const requests: string[] = [];
beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), openBrowser()]);
  page = await (await browser.newContext()).newPage();
  page.on("request", (request) => requests.push(request.url()));
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

const amina = { sub: "amina" };

/** A new case by mail, and the address of its citizen's page as the acknowledgement has it. */
async function opened(subject: string, from: string) {
  const text = "Hej! Vår soptunna har inte blivit tömd på två veckor. Vad gäller?\n\nHälsningar Åsa";
  await send(system.smtpPort, rawMail({ subject, from, text }), { from });
  await system.quiet();
  const found = (await intake(system)).find((one) => one.subject === subject);
  const mail = system.sent().findLast(({ to }) => to.includes(from));
  const { text: sent = "" } = await PostalMime.parse(mail?.raw ?? "");
  const path = /https:\/\/arende\.example\.se(\/m\/[a-z2-7]{52})/.exec(sent)?.[1];
  if (found === undefined || path === undefined) throw new Error("no case, or no link to it");
  return { caseId: found.caseId, url: `${system.origin}${path}` };
}

async function act(caseId: string, command: string, content: object) {
  const { case: current } = (await ask(system, `/cases/${caseId}`, amina)).body;
  await change(system, `/cases/${caseId}/${command}`, amina, { version: current.version, ...content });
  await system.quiet();
}

test("a citizen follows a case from its first day to its answer, and writes back, without JavaScript", async () => {
  const { caseId, url } = await opened("Soptunnan", "asa@example.org");
  await page.goto(url);
  await page.getByRole("heading", { name: /Ärende BJO-/ }).waitFor();
  expect(await page.title()).toBe("Ditt ärende – Björkeby kommun");
  expect(await page.getByText("Du får svar senast").count()).toBe(1);
  expect(await faultsOf(page, "citizen-received")).toEqual([]);

  await act(caseId, "assignments", {
    unit: "avfall",
    text: "När töms tunnan?",
    dueDate: "2036-12-01",
    access: "public",
  });
  await page.reload();
  await page.getByText("Vi har frågat Avfall").waitFor();
  await act(caseId, "answer", { text: "Hej Åsa! Tunnan töms i morgon.\n\nBeklagar besväret.", close: false });

  const plain = await browser.newContext({ javaScriptEnabled: false });
  const withoutScript = await plain.newPage();
  await withoutScript.goto(url);
  await withoutScript.getByText("Tunnan töms i morgon.").waitFor();
  await withoutScript.getByRole("button", { name: "Skicka" }).click();
  await withoutScript.getByRole("link", { name: "Skriv ett meddelande" }).waitFor();
  expect(await withoutScript.title()).toMatch(/^Fel: /);
  await withoutScript.getByLabel("Ditt meddelande").fill("Tack! Kan den stå kvar på gatan?");
  await withoutScript.getByRole("button", { name: "Skicka" }).click();
  await withoutScript.getByText("Ditt meddelande har kommit in").waitFor();
  // Looking again sends nothing again.
  await withoutScript.reload();
  await plain.close();
  const { messages } = (await ask(system, `/cases/${caseId}`, amina)).body;
  expect(messages.filter((one: { channel: string }) => one.channel === "web")).toHaveLength(1);

  await page.goto(`${url}?skickat`);
  await page.getByText("Kan den stå kvar på gatan?").waitFor();
  expect(await faultsOf(page, "citizen-answered")).toEqual([]);
  await page.getByRole("button", { name: "Skicka" }).click();
  await page.getByText("Det gick inte att skicka").waitFor();
  expect(await faultsOf(page, "citizen-error")).toEqual([]);
});

test("a secret case and a link that does not hold say what to do instead", async () => {
  const { caseId, url } = await opened("Något känsligt", "orolig@example.org");
  await act(caseId, "classify", { access: "secret" });
  await page.goto(url);
  await page.getByText("visas därför inte här").waitFor();
  expect(await faultsOf(page, "citizen-secret")).toEqual([]);
  await page.goto(`${system.origin}/m/${"a".repeat(52)}`);
  await page.getByText("Länken gäller inte längre").waitFor();
  expect(await faultsOf(page, "citizen-no-link")).toEqual([]);
});

test("what cannot wait is not left on the page: whoever is on call is told, and the page shows nothing more", async () => {
  const { caseId, url } = await opened("En fråga till", "fragar@example.org");
  await page.goto(url);
  await page.getByLabel("Ditt meddelande").fill("Jag orkar inte leva längre.");
  await page.getByRole("button", { name: "Skicka" }).click();
  await page.getByText("visas därför inte här").waitFor();
  await system.quiet();
  const file = (await ask(system, `/cases/${caseId}`, amina)).body;
  expect(file.case).toMatchObject({ access: "secret", triage: { urgency: "suicide" } });
  expect(file.history.map(({ type }: { type: string }) => type)).toContain("UrgencyRaised");
  expect(file.outgoing).toContainEqual(expect.objectContaining({ kind: "on-call-alarm" }));
  expect(system.sent().filter(({ tags }) => tags["outbox"]?.startsWith("alarm-"))).toHaveLength(1);
});

test("nothing was asked of anybody else, and no page is heavy", async () => {
  expect(requests.filter((url) => !url.startsWith(system.origin))).toEqual([]);
  const { url } = await opened("Vikt", "vikt@example.org");
  expect(Buffer.byteLength(await (await fetch(url)).text())).toBeLessThan(20_000);
});
