import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { faultsOf, openBrowser, still } from "../browser.ts";
import { rawMail, send } from "../mail.ts";
import { startTestSystem } from "../system.ts";

let system: System;
let browser: Browser;
let page: Page;
const complaints: string[] = [];
beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), openBrowser()]);
  page = await (await browser.newContext(still)).newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(system.origin) && !request.url().startsWith("data:"))
      complaints.push(request.url());
  });
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

async function signIn(name: string): Promise<void> {
  await page.getByRole("button", { name: "Logga in" }).click();
  await page.getByRole("link", { name }).click();
}

test("an agent signs in, finds what has come in, reads it and goes back, by keyboard alone", async () => {
  await page.goto(system.origin);
  await page.getByRole("button", { name: "Logga in" }).waitFor();
  expect(await faultsOf(page, "sign-in")).toEqual([]);
  await signIn("Amina");
  await page.getByText("Inget att ta hand om").waitFor();
  expect(await faultsOf(page, "list-empty")).toEqual([]);

  await send(
    system.smtpPort,
    rawMail({ subject: "Soptunnan tömdes inte", text: "Andra gången i rad.\n<b>Inte fet.</b>" }),
  );
  await send(
    system.smtpPort,
    rawMail({ subject: "Bygglov för altan på Ekbacksvägen 14 – hur lång är handläggningstiden just nu?" }),
  );
  await send(system.smtpPort, "\r\n");
  await system.quiet();
  await page.reload();
  await page.getByRole("link", { name: "Soptunnan tömdes inte" }).waitFor();
  expect(await page.getByText("Oläsbart").count()).toBeGreaterThan(0);
  expect(await faultsOf(page, "list-filled")).toEqual([]);

  await page.locator("body").press("j");
  await page.keyboard.press("Enter");
  await page.getByText("Andra gången i rad.").waitFor();
  expect(await page.getByText("<b>Inte fet.</b>").count()).toBe(1);
  expect(await page.getByText("BJO-").first().textContent()).toMatch(/BJO-\d{4}-\d{6}/);
  expect(await faultsOf(page, "case")).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Att ta hand om" }).waitFor();
  const focused = await page.evaluate(() => document.activeElement?.textContent ?? "");
  expect(focused).toContain("Soptunnan");
});

test("single keys go between the lists, and can be turned off", async () => {
  await page.locator("body").press("g");
  await page.keyboard.press("v");
  await page.getByRole("heading", { name: "Väntar" }).waitFor();
  await page.keyboard.press("?");
  expect(await faultsOf(page, "keys")).toEqual([]);
  await page.getByLabel("Använd kortkommandon").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Väntar");
  await page.getByRole("button", { name: "Kortkommandon" }).click();
  await page.getByLabel("Använd kortkommandon").check();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Att ta hand om" }).click();
  await page.getByRole("link", { name: "Soptunnan tömdes inte" }).waitFor();
});

test("the mail texts can be read in each language, with the file that holds them", async () => {
  await page.getByRole("link", { name: "Mejltexter" }).click();
  for (const language of ["Svenska", "Finska", "Engelska"])
    await page.getByRole("heading", { name: language }).waitFor();
  await page.getByText("config/mail-texts/fi.json").waitFor();
  await page.getByText("Vi har tagit emot ditt mejl, ärende BJO-").waitFor();
  expect(await faultsOf(page, "mail-texts")).toEqual([]);
  await page.getByRole("link", { name: "Att ta hand om" }).click();
  await page.getByRole("link", { name: "Soptunnan tömdes inte" }).waitFor();
});

test("someone without right is told so kindly, and sees nothing", async () => {
  await page.getByRole("button", { name: "Logga ut" }).click();
  await signIn("Tove");
  await page.getByText("Det finns inget för dig att göra här ännu").waitFor();
  expect(await faultsOf(page, "no-ways")).toEqual([]);
  await page.goto(`${system.origin}/#/att-ta-hand-om`);
  await page.getByText("Listan är inte din").waitFor();
  expect(await page.getByText("Soptunnan").count()).toBe(0);
  expect(await faultsOf(page, "list-no-right")).toEqual([]);
  await page.goto(`${system.origin}/#/arende/${"0".repeat(32)}`);
  await page.getByText("inte behörighet").waitFor();
  expect(await faultsOf(page, "case-not-found")).toEqual([]);
});

test("when the service is down the list says so and can be tried again", async () => {
  await page.goto(`${system.origin}/#/`);
  await page.getByRole("button", { name: "Logga ut" }).click();
  await page.route("**/cases/worklists/unassigned*", (route) => route.fulfill({ status: 500, body: "{}" }));
  await signIn("Amina");
  await page.getByRole("button", { name: "Försök igen" }).waitFor();
  expect(await faultsOf(page, "list-error")).toEqual([]);
  await page.unroute("**/cases/worklists/unassigned*");
  await page.getByRole("button", { name: "Försök igen" }).click();
  await page.getByRole("link", { name: "Soptunnan tömdes inte" }).waitFor();
});

test("nothing was asked of anybody else, and no script failed", () => {
  expect(complaints).toEqual([]);
});
