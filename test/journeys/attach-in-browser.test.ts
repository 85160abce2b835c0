import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { faultsOf, openBrowser, pageOf, strangersAsked } from "../browser.ts";
import { rawMail, send } from "../mail.ts";
import { startTestSystem } from "../system.ts";

let system: System;
let browser: Browser;
let page: Page;
let asked: () => readonly string[];
beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), openBrowser()]);
  page = await pageOf(browser, system.origin, "Amina");
  asked = strangersAsked(page, system.origin);
});
afterAll(async () => {
  await browser.close();
  await system.stop();
  rmSync(onDisk, { recursive: true });
});

const from = "fil@example.org";
const onDisk = mkdtempSync(join(tmpdir(), "servicecenter-attach-"));
/** A file on disk: the browser reads it there, however large it is. */
function pdf(name: string, content: string | Buffer): string {
  const path = join(onDisk, name);
  writeFileSync(path, content);
  return path;
}
const virus = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].join("");
const box = () => page.locator(".answer-box");
const row = (name: string) => box().getByRole("listitem").filter({ hasText: name });
const choose = (...files: string[]) => box().locator("input[type=file]").setInputFiles(files);

async function answers() {
  const mails = system
    .sent()
    .filter(({ to, tags }) => to.includes(from) && tags["outbox"]?.startsWith("answer-"));
  return await Promise.all(mails.map(({ raw }) => PostalMime.parse(raw)));
}

test("a file is attached once it is scanned; until then the answer waits, and what was written stays", async () => {
  await send(system.smtpPort, rawMail({ subject: "Blankett för flytt", from }), { from });
  await system.quiet();
  await page.reload();
  await page.getByRole("link", { name: "Blankett för flytt" }).click();
  await page.getByLabel("Ditt svar").fill("Hej! Här är blanketten.");

  // The scanner takes its time: what the API says of the file is held back until it is let through.
  let scanned = false;
  await page.route("**/cases/*/files", async (route) => {
    const answer = await route.fetch();
    const content = await answer.json();
    const state = content.state === "clean" && !scanned ? "not-scanned" : content.state;
    await route.fulfill({ response: answer, json: { ...content, state } });
  });
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    (async () => {
      await box().getByRole("button", { name: "Bifoga fil" }).focus();
      await page.keyboard.press("Enter");
    })(),
  ]);
  await chooser.setFiles([pdf("Flyttblankett 2026.pdf", "%PDF blankett")]);
  await row("Flyttblankett 2026.pdf").getByText("Söks igenom efter skadlig kod …").waitFor();
  await box().getByRole("button", { name: "Skicka", exact: true }).click();
  await box().getByText("Filerna är inte klara ännu.").waitFor();
  expect(await faultsOf(page, "attach-scanning")).toEqual([]);
  scanned = true;
  await row("Flyttblankett 2026.pdf").getByText("Klar att skicka.").waitFor();
  await page.unroute("**/cases/*/files");
  expect(await page.getByLabel("Ditt svar").inputValue()).toBe("Hej! Här är blanketten.");
  await system.quiet();
  expect(await answers()).toEqual([]);
});

test("one with malware, an empty one and one that is too large hold up the answer until they are removed", async () => {
  await choose(pdf("faktura.pdf", virus), pdf("tom.pdf", ""), pdf("film.pdf", Buffer.alloc(25_000_001)));
  await row("faktura.pdf").getByText("Innehåller skadlig kod").waitFor();
  await row("tom.pdf").getByText("Filen är tom.").waitFor();
  await row("film.pdf").getByText("större än 25 MB").waitFor();
  await box().getByRole("button", { name: "Skicka", exact: true }).click();
  await box().getByText("En fil kan inte skickas.").waitFor();
  expect(await faultsOf(page, "attach-wrong")).toEqual([]);
  // By keyboard: the focus goes on to the next file's button, and last to where files are added.
  await box().getByRole("button", { name: "Ta bort faktura.pdf" }).focus();
  for (const next of ["Ta bort tom.pdf", "Ta bort film.pdf"]) {
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(next);
  }
  await page.keyboard.press("Enter");
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent))
    .toBe("Ta bort Flyttblankett 2026.pdf");
});

test("an upload that fails is said, is tried again, and the draft stands", async () => {
  await page.route(/\/out\//, (route) => route.abort());
  await choose(pdf("karta.pdf", "%PDF karta"));
  await row("karta.pdf").getByText("kunde inte laddas upp").waitFor();
  await page.unroute(/\/out\//);
  await row("karta.pdf").getByRole("button", { name: "Försök igen" }).click();
  await row("karta.pdf").getByText("Klar att skicka.").waitFor();
  expect(await page.getByLabel("Ditt svar").inputValue()).toBe("Hej! Här är blanketten.");
});

test("files outlive a look at another page; one that is dropped is attached; what is large is fetched by the citizen", async () => {
  await page.getByRole("link", { name: "Att ta hand om", exact: true }).click();
  await page.getByRole("link", { name: "Blankett för flytt" }).click();
  await row("karta.pdf").getByText("Klar att skicka.").waitFor();
  const files = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(7_000_000)], "Ritning.pdf", { type: "application/pdf" }));
    return transfer;
  });
  await page.getByLabel("Ditt svar").dispatchEvent("drop", { dataTransfer: files });
  await row("Ritning.pdf").getByText("Klar att skicka.").waitFor();
  await box().getByText("Invånaren hämtar dem på sin sida").waitFor();
  expect(await faultsOf(page, "attach-ready")).toEqual([]);
  await box().getByRole("button", { name: "Skicka", exact: true }).click();
  await page.getByText("Svaret är skickat.").waitFor();
  expect(await box().getByRole("listitem").count()).toBe(0);
  await page.getByRole("button", { name: "Ladda ner Ritning.pdf" }).waitFor();
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Ladda ner karta.pdf" }).click(),
  ]);
  expect(readFileSync(await saved.path(), "utf8")).toBe("%PDF karta");
  // Nobody but the place for files was asked for anything.
  expect(asked().filter((url) => !/^http:\/\/127\.0\.0\.1:\d+\/[^/]+\/out\//.test(url))).toEqual([]);
});

test("the citizen fetches them on a page without JavaScript", async () => {
  await system.quiet();
  const [mail, ...others] = await answers();
  expect([others, mail?.attachments]).toEqual([[], []]);
  const path = /https:\/\/arende\.example\.se(\/m\/[a-z2-7]{52})/.exec(mail?.text ?? "")?.[1] ?? "";
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const citizen = await plain.newPage();
  await citizen.goto(`${system.origin}${path}`);
  const [saved] = await Promise.all([
    citizen.waitForEvent("download"),
    citizen.getByRole("link", { name: "Hämta Flyttblankett 2026.pdf" }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe("Flyttblankett 2026.pdf");
  expect(readFileSync(await saved.path(), "utf8")).toBe("%PDF blankett");
  const looked = await (await browser.newContext()).newPage();
  await looked.goto(`${system.origin}${path}`);
  expect(await faultsOf(looked, "citizen-files")).toEqual([]);
});
