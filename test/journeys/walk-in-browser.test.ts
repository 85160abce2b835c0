import type { Browser, Page } from "playwright-core";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { faultsOf, openBrowser, pageOf } from "../browser.ts";
import { rawMail, send } from "../mail.ts";
import { startTestSystem } from "../system.ts";

let system: System;
let browser: Browser;
let amina: Page;
let jonas: Page;
let eva: Page;
beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

const subject = "Altan på Ekbacksvägen 14";
const text = "Hur lång är handläggningstiden?";
const reply = "Handläggningstiden är ungefär tio veckor.";
const citizen = "walker@example.org";

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
/** What is said of the last thing that was done. */
const said = (page: Page, words: string) => page.locator(".notice").getByText(words).waitFor();

async function openCase(page: Page, list: string): Promise<void> {
  await page.getByRole("link", { name: list }).click();
  await page.getByRole("link", { name: subject }).click();
  await page.getByText(text).waitFor();
}

test("an agent takes a case, and can take that back", async () => {
  await send(system.smtpPort, rawMail({ subject, text, from: citizen }), { from: citizen });
  await system.quiet();
  amina = await pageOf(browser, system.origin, "Amina");
  await openCase(amina, "Att ta hand om");
  await press(amina, "Ta ärendet");
  await said(amina, "Du har ärendet.");
  await press(amina, "Ångra");
  await said(amina, "tillbaka bland det som ska tas om hand");
  await amina.keyboard.press("a");
  await said(amina, "Du har ärendet.");
  await amina.getByText("Svara invånaren, eller skicka ett uppdrag till en enhet.").waitFor();
  expect(await amina.locator(".case-facts").textContent()).toContain("Amina");
  expect(await faultsOf(amina, "case-filled")).toEqual([]);
});

test("sends an assignment, and gets no unsent form past the faults in it", async () => {
  await amina.keyboard.press("m");
  await press(amina, "Skicka uppdraget");
  await amina.getByText("Välj vilken enhet som ska få uppdraget.").waitFor();
  expect(await faultsOf(amina, "assign-error")).toEqual([]);
  await amina.getByLabel("Enhet", { exact: true }).selectOption({ label: "IFO mottagning" });
  expect(await amina.getByLabel("Innehåller sekretess").isChecked()).toBe(true);
  await amina.getByLabel("Enhet", { exact: true }).selectOption({ label: "Bygglov" });
  expect(await amina.getByLabel("Innehåller sekretess").isChecked()).toBe(false);
  await amina.getByLabel("Vad ska enheten göra?").fill("Vad kan jag säga om tiden?");
  await amina.keyboard.press("Control+Enter");
  await said(amina, "Uppdraget är skickat till Bygglov.");
  await amina.getByText("Väntar på svar från Bygglov", { exact: false }).waitFor();
});

test("the officer answers the servicecenter, and what was begun is there after a reload", async () => {
  await system.quiet();
  eva = await pageOf(browser, system.origin, "Eva");
  await eva.getByRole("heading", { name: "Uppdrag: Bygglov" }).waitFor();
  await eva.getByRole("link", { name: subject }).waitFor();
  expect(await faultsOf(eva, "tasks-filled")).toEqual([]);
  await eva.getByRole("link", { name: subject }).click();
  await eva.getByText("Vad kan jag säga om tiden?").waitFor();
  await eva.getByText(text).waitFor();
  await press(eva, "Ta uppdraget");
  await said(eva, "Uppdraget är ditt.");
  await press(eva, "Skicka till servicecentret");
  await eva.getByText("Skriv ett svar först.").waitFor();
  expect(await faultsOf(eva, "task-error")).toEqual([]);
  await eva.getByLabel("Svar till servicecentret").fill(reply);
  await eva.getByText("Utkast sparat").waitFor();
  await eva.reload();
  await eva.getByText("Vad kan jag säga om tiden?").waitFor();
  expect(await eva.getByLabel("Svar till servicecentret").inputValue()).toBe(reply);
  expect(await faultsOf(eva, "task-filled")).toEqual([]);
  await eva.getByLabel("Svar till servicecentret").press("Control+Enter");
  await said(eva, "Svaret är skickat till servicecentret.");
  await eva.getByText("Klart. Servicecentret har ert svar.").waitFor();
  await eva.keyboard.press("Escape");
  await eva.getByText("Inga uppdrag").waitFor();
  expect(await faultsOf(eva, "tasks-empty")).toEqual([]);
});

test("two agents answer at once: the later one is told who was first, and keeps the text", async () => {
  await system.quiet();
  jonas = await pageOf(browser, system.origin, "Jonas", amina.url().split("/").slice(3).join("/"));
  await jonas.getByText(reply).waitFor();
  await amina.reload();
  await amina.getByText("Bygglov har svarat. Läs svaret och berätta för invånaren.").waitFor();
  await press(amina, "Använd i svaret");
  const box = amina.getByLabel("Ditt svar");
  expect(await box.inputValue()).toBe(reply);
  await jonas.getByLabel("Ditt svar").fill("Vi återkommer.");
  await press(jonas, "Skicka");
  await said(jonas, "Svaret är skickat.");
  expect(await jonas.getByLabel("Ditt svar").inputValue()).toBe("");
  await box.press("Control+Enter");
  await amina
    .getByText(/Jonas svarade invånaren kl\. \d\d:\d\d medan du skrev\. Ditt utkast är kvar\./)
    .waitFor();
  expect(await box.inputValue()).toBe(reply);
  await amina.getByText("Vi återkommer.").waitFor();
  expect(await faultsOf(amina, "case-conflict")).toEqual([]);
});

test("the answer goes out with the case's end, and can be followed", async () => {
  await amina.getByLabel("Ditt svar").press("Control+Shift+Enter");
  await said(amina, "Svaret är skickat och ärendet avslutat.");
  await amina.getByText("Avslutat som besvarat.", { exact: false }).waitFor();
  await system.quiet();
  const mails = await Promise.all(
    system
      .sent()
      .filter(({ to }) => to.includes(citizen))
      .map(({ raw }) => PostalMime.parse(raw)),
  );
  expect(mails.filter((mail) => mail.text?.includes(reply))).toHaveLength(1);
  await amina.reload();
  await amina.getByText("Svaret har kommit fram").first().waitFor();
  expect(await faultsOf(amina, "case-closed")).toEqual([]);
  await press(amina, "Öppna igen");
  await said(amina, "Ärendet är öppet igen.");
  await press(amina, "Avsluta");
  await amina.getByLabel("Besvarat", { exact: false }).check();
  expect(await faultsOf(amina, "close-panel")).toEqual([]);
  await amina.keyboard.press("Control+Enter");
  await said(amina, "Ärendet är avslutat: besvarat.");
});

test("a note is for colleagues, and a secret case is answered by other ways", async () => {
  await press(amina, "Öppna igen");
  await amina.keyboard.press("n");
  await amina.getByLabel("Anteckning").fill("Ring inte före tio.");
  await press(amina, "Spara anteckningen");
  await amina.getByText("Bara för kollegor", { exact: true }).waitFor();
  await press(amina, "Märk som sekretess");
  await amina
    .getByText("Ärendet är sekretess, så svaret får inte gå med e-post.", { exact: false })
    .waitFor();
  await press(amina, "Skriv vad du har berättat");
  await amina.getByLabel("På telefon").check();
  await amina.getByLabel("Vad sa du?").fill("Berättade om tio veckor.");
  await press(amina, "Spara");
  await said(amina, "Antecknat vad invånaren har fått veta.");
  await amina.getByText("Berättat: telefon").waitFor();
  expect(await faultsOf(amina, "case-secret")).toEqual([]);
});

test("a matter is handed over, acknowledged by the authority, and the citizen told", async () => {
  await send(system.smtpPort, rawMail({ subject: "Buller", text: "Pumpen låter.", from: citizen }), {
    from: citizen,
  });
  await system.quiet();
  await amina.getByRole("link", { name: "Att ta hand om", exact: true }).click();
  await amina.getByRole("link", { name: "Buller" }).click();
  await press(amina, "Lämna över till nämnd");
  await amina.getByLabel("Nämnd och enhet").selectOption({ label: "Bygglov" });
  await amina.getByLabel("Vad gäller det?").fill("Anmälan om buller.");
  await press(amina, "Lämna över");
  await said(amina, "Ärendet är överlämnat till Bygg- och miljönämnden.");
  await system.quiet();

  await eva.getByRole("link", { name: "Uppdrag: Bygglov" }).click();
  await eva.reload();
  await eva.getByRole("link", { name: "Buller" }).click();
  await press(eva, "Bekräfta mottagande");
  await press(eva, "Bekräfta");
  await eva.getByText("Skriv diarienumret.").waitFor();
  expect(await faultsOf(eva, "acknowledge-error")).toEqual([]);
  await eva.getByLabel("Diarienummer").fill("BMN 2026/412");
  await eva.getByLabel("Vem kan invånaren kontakta?").fill("Eva Ek, 070-174 06 12");
  await eva.getByLabel("När väntas besked?").fill("2036-12-01");
  await press(eva, "Bekräfta");
  await said(eva, "Mottagandet är bekräftat.");

  await amina.reload();
  await amina.getByText("Nämnden har ärendet.", { exact: false }).waitFor();
  await amina.getByText("Diarienummer BMN 2026/412", { exact: false }).waitFor();
  await amina.getByLabel("Ditt svar").fill("Bygg- och miljönämnden utreder. Eva Ek svarar dig.");
  await press(amina, "Skicka");
  await said(amina, "Svaret är skickat.");
  await press(amina, "Avsluta");
  await amina.getByLabel("Överlämnat", { exact: false }).check();
  await amina.keyboard.press("Control+Enter");
  await said(amina, "Ärendet är avslutat: överlämnat.");
  expect(await faultsOf(amina, "case-transferred")).toEqual([]);
});

test("the figures say what was done, and lead to the case", async () => {
  await system.quiet();
  await jonas.getByRole("link", { name: "Siffror", exact: true }).click();
  await jonas.getByText("har kommit in i dag", { exact: false }).first().waitFor();
  expect(await faultsOf(jonas, "figures-filled")).toEqual([]);
  await jonas.getByRole("link", { name: /^2 Kontakter: E-post, i dag/ }).click();
  await jonas.getByRole("link", { name: /^BJO-/ }).first().waitFor();
  expect(await faultsOf(jonas, "figure-cases")).toEqual([]);
  await jonas.getByRole("link", { name: /^BJO-.*000001/ }).click();
  await jonas.getByText(text).waitFor();
});

test("when the service is down, what was fetched stays, with its time", async () => {
  await jonas.route("**/stats/days*", (route) => route.fulfill({ status: 500, body: "{}" }));
  await jonas.getByRole("link", { name: "Siffror", exact: true }).click();
  await jonas.getByText(/visar läget från \d\d:\d\d/).waitFor();
  await jonas.getByText("har kommit in i dag", { exact: false }).first().waitFor();
  expect(await faultsOf(jonas, "figures-error")).toEqual([]);
  await jonas.reload();
  await press(jonas, "Försök igen");
  await jonas.getByText("Kunde inte hämta.").waitFor();
  expect(await faultsOf(jonas, "figures-none")).toEqual([]);
});
