import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { faultsOf, openBrowser, pageOf } from "../browser.ts";
import { rawMail, send } from "../mail.ts";
import { ask, change, startTestSystem } from "../system.ts";

let system: System;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

const amina = { sub: "amina" };
const jonas = { sub: "jonas" };
const spam = { greeting: "verdict.spam-fail" };
const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
const said = (words: string) => page.locator(".notice").getByText(words).waitFor();

async function mail(subject: string, more: { text?: string; greeting?: string } = {}): Promise<void> {
  const { text, greeting } = more;
  const raw = rawMail({ subject, ...(text === undefined ? {} : { text }) });
  await send(system.smtpPort, raw, greeting === undefined ? {} : { greeting });
  await system.quiet();
}

test("what cannot be trusted lies apart, is counted, and is let in with its time of arrival", async () => {
  for (const subject of ["Du har vunnit", "Billiga klockor", "Fråga om bygglov"]) await mail(subject, spam);
  await mail("Plogning");
  page = await pageOf(browser, system.origin, "Amina");
  await page.getByRole("link", { name: "Plogning" }).waitFor();
  expect(await page.getByRole("link", { name: "Fråga om bygglov" }).count()).toBe(0);
  await page.getByRole("link", { name: "Karantän (3)" }).click();
  await page.getByText("3 ärenden, närmaste datum överst").waitFor();
  await page.getByText("Inte genomgången än", { exact: false }).or(page.getByText("ledig dag")).waitFor();
  expect(await faultsOf(page, "quarantine")).toEqual([]);
  await page.getByRole("link", { name: "Fråga om bygglov" }).click();
  await page.getByText("I karantän.").waitFor();
  await page.getByText("Avgör om mejlet är riktigt", { exact: false }).waitFor();
  expect(await faultsOf(page, "quarantine-case")).toEqual([]);
  const arrived = await page.locator(".message time").first().getAttribute("datetime");
  await press("Släpp in");
  await said("Ärendet är insläppt, med sin ankomsttid.");
  await page.getByText("Amina släppte in ärendet ur karantänen").waitFor();
  expect(await page.locator(".message time").first().getAttribute("datetime")).toBe(arrived);
  await page.getByRole("link", { name: "Karantän (2)" }).waitFor();
});

test("several are closed as spam at once, which can be taken back", async () => {
  await page.getByRole("link", { name: "Karantän (2)" }).click();
  await page.getByRole("link", { name: "Billiga klockor" }).waitFor();
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByText("2 valda").waitFor();
  expect(await faultsOf(page, "quarantine-chosen")).toEqual([]);
  await press("Avsluta valda som skräp");
  await said("2 ärenden är avslutade som skräp.");
  await page.getByText("Inget i karantän").waitFor();
  await press("Ångra");
  await said("Tillbaka i karantänen.");
  await page.getByRole("link", { name: "Karantän (2)" }).waitFor();
  await page.getByRole("link", { name: "Billiga klockor" }).waitFor();
});

test("a day is taken by its name, and nobody takes it out of hands that they have not seen", async () => {
  await press("Visa de närmaste två veckorna");
  await page
    .getByRole("button", { name: /^Ta dagen/ })
    .last()
    .click();
  await said("Du har karantänen");
  expect(await page.locator(".duty-days").getByText("Amina").count()).toBe(1);
  expect(await faultsOf(page, "quarantine-duty")).toEqual([]);
  const { body } = await ask(system, "/cases/quarantine/duty", jonas);
  const { date } = body.days.at(-1);
  expect(body.days.at(-1).person).toEqual({ sub: "amina", name: "Amina" });
  const path = `/cases/quarantine/duty/${date}`;
  const late = await change(system, path, jonas, { sub: "jonas", was: null }, "PUT");
  expect([late.status, late.body.error.code]).toEqual([409, "changed"]);
  expect(late.body.current.days.at(-1).person.name).toBe("Amina");
  const given = await change(system, path, amina, { sub: "jonas", was: "amina" }, "PUT");
  expect(given.body.days.at(-1).person.name).toBe("Jonas");
});

test("a day goes to an agent alone, and only a day that is to come and worked", async () => {
  const { body } = await ask(system, "/cases/quarantine/duty", amina);
  const put = async (date: string, sub: string) =>
    (await change(system, `/cases/quarantine/duty/${date}`, amina, { sub, was: null }, "PUT")).body.error
      ?.code;
  expect(await put(body.days[1].date, "bygglov")).toBe("no-such-agent");
  expect(await put(body.days[1].date, "nobody")).toBe("no-such-agent");
  expect(await put("2020-01-07", "amina")).toBe("date-passed");
  expect(await put("2030-06-21", "amina")).toBe("not-a-working-day");
  const done = await change(system, `/cases/quarantine/duty/${body.days.at(-1).date}/done`, amina, {});
  expect([done.status, done.body.error.code]).toEqual([409, "not-today"]);
  expect((await ask(system, "/cases/quarantine/duty", { sub: "bygglov" })).status).toBe(404);
});

test("what is urgent stands first, says what it is and whom to ring", async () => {
  await mail("Orolig granne", { text: "Jag är orolig. Pojken hade blåmärken i går och skrek." });
  await page.getByRole("link", { name: "Att ta hand om", exact: true }).click();
  await page.reload();
  const first = page.locator(".case-table tbody tr").first();
  await first.getByText("BRÅDSKANDE: ett barn kan fara illa").waitFor();
  expect(await faultsOf(page, "urgent-list")).toEqual([]);
  await first.getByRole("link").click();
  await page.getByText(/ring .+, 070-174 06 \d\d, nu\./).waitFor();
  expect(await faultsOf(page, "urgent-case")).toEqual([]);
});

test("a unit that is proposed stands chosen with the reason, and a kind says what follows", async () => {
  const { body } = await ask(system, "/cases/worklists/unassigned", amina);
  const earlier = body.cases.find((one: { subject: string }) => one.subject === "Plogning").caseNumber;
  await mail("Bygglov", {
    text: `Jag överklagar beslutet om bygglov för altanen. Det gäller samma sak som ${earlier} och BJO-2020-000042.`,
  });
  await page.getByRole("link", { name: "Att ta hand om", exact: true }).click();
  await page.reload();
  await page.getByRole("link", { name: "Bygglov", exact: true }).click();
  await page.getByText("Ser ut som: Överklagande: skickas vidare genast.").waitFor();
  await press("Skicka uppdrag");
  await page.getByText("Förslag: orden i mejlet", { exact: false }).waitFor();
  const chosen = page.getByLabel("Enhet", { exact: true }).locator("option:checked");
  expect(await chosen.textContent()).toBe("Bygglov");
  expect(await faultsOf(page, "assign-proposed")).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: earlier }).click();
  await page.getByRole("heading", { name: "Plogning" }).waitFor();
  await page.goBack();
  await page.getByRole("link", { name: "BJO-2020-000042" }).click();
  await page.getByText("Det finns inget ärende med nummer BJO-2020-000042", { exact: false }).waitFor();
  expect(await faultsOf(page, "number-not-found")).toEqual([]);
});

test("a number leads nobody to a case that they may not read", async () => {
  const { body } = await ask(system, "/cases/worklists/unassigned", amina);
  const urgent = body.cases[0];
  expect(urgent.access).toBe("secret");
  expect((await ask(system, `/cases/number/${urgent.caseNumber}`, amina)).body.caseId).toBe(urgent.caseId);
  expect((await ask(system, `/cases/number/${urgent.caseNumber}`, { sub: "chef" })).status).toBe(404);
  expect((await ask(system, `/cases/number/${urgent.caseNumber}`, { sub: "bygglov" })).status).toBe(404);
});
