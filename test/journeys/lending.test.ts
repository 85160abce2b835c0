import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedDemoLending } from "../../local/demo-lending.ts";
import type { System } from "../../local/system.ts";
import { rowsOf } from "../../provbank/invariants.ts";
import { openKommunhuset } from "../../provbank/offices.ts";
import { faultsOf, openBrowser, pageOf, strangersAsked } from "../browser.ts";
import { ask, change, startTestSystem } from "../system.ts";

/** Friday, ten minutes before Kommunhuset closes for the weekend. Sweden is an hour ahead. */
const friday = "2026-12-04T15:50:00Z";
/** Five and a half hours after the key was due. */
const monday = "2026-12-07T14:30:00Z";
const petra = { sub: "reception" };
const state = mkdtempSync(join(tmpdir(), "state-"));
let browser: Browser;

/** The same system at another time. */
async function at<T>(instant: string, use: (system: System) => Promise<T>): Promise<T> {
  process.env["CLOCK_OFFSET_MS"] = String(Date.parse(instant) - Date.now());
  const system = await startTestSystem({ state });
  delete process.env["CLOCK_OFFSET_MS"];
  try {
    return await use(system);
  } finally {
    await system.stop();
  }
}

/** A page of somebody's, whose clock is the system's. The sign-in itself knows only the real one. */
async function open(system: System, instant: string, name: string, hash: string): Promise<Page> {
  const page = await pageOf(browser, system.origin, name);
  await page.evaluate((time) => {
    const session = JSON.parse(sessionStorage.getItem("servicecenter.session") ?? "");
    sessionStorage.setItem(
      "servicecenter.session",
      JSON.stringify({ ...session, expiresAtMs: Date.parse(time) + 3_000_000 }),
    );
  }, instant);
  // A page that is open when its clock is moved finds its session run out.
  await page.goto("about:blank");
  await page.clock.install({ time: instant });
  await page.goto(`${system.origin}/${hash}`);
  return page;
}

const said = (page: Page, words: string) => page.locator(".notice").getByText(words).waitFor();
const row = (page: Page, item: string) => page.locator(`#sak-${item}`);
const heading = (page: Page, name: string | RegExp) =>
  page.getByRole("heading", { level: 1, name }).waitFor();
/** Presses keys one after the other, and counts them. */
async function press(page: Page, ...keys: string[]): Promise<number> {
  for (const key of keys) await page.keyboard.press(key);
  return keys.length;
}
const hasFocus = (page: Page, text: string) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.textContent ?? "")).toContain(text);
const searches = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => document.activeElement?.hasAttribute("data-search") ?? false))
    .toBe(true);

beforeAll(async () => {
  browser = await openBrowser();
  await at("2026-12-01T08:00:00Z", async (system) => {
    await openKommunhuset(system, new Date("2026-12-01T08:00:00Z"));
    const hired = await change(
      system,
      "/booking/bookings",
      { sub: "chef" },
      {
        key: "hyra-ekbacken",
        service: "motesrum",
        office: "kommunhuset",
        startsAt: "2026-12-04T17:00:00.000Z",
        minutes: 240,
        agreed: "Hyrs en fredag kväll",
        party: { name: "Åsa Prov", email: "asa@example.org", phone: "070-174 06 11", about: null },
      },
    );
    expect([hired.status, hired.body.room]).toEqual([201, "kommunhuset-ekbacken"]);
  });
});
afterAll(async () => {
  await browser.close();
  rmSync(state, { recursive: true, force: true });
});

test("at ten to five on Friday the key of a hired hall goes out, by keyboard, and a projector with it", async () => {
  await at(friday, async (system) => {
    const page = await open(system, friday, "Petra", "#/reception");
    const asked = strangersAsked(page, system.origin);
    await heading(page, "Besök i dag, Kommunhuset");
    await page.locator(".entry").filter({ hasText: "Åsa Prov" }).waitFor();
    expect(await faultsOf(page, "lending-expected")).toEqual([]);
    await searches(page);
    await press(page, "ArrowDown");
    await hasFocus(page, "Lämna ut nyckel");
    await press(page, "n");
    await page.getByRole("heading", { name: "Låna ut Nyckel till Ekbacken E1" }).waitFor();
    expect(await page.getByLabel("Namn").inputValue()).toBe("Åsa Prov");
    expect(await page.getByLabel("E-post (frivilligt)").inputValue()).toBe("asa@example.org");
    expect(await faultsOf(page, "lending-key-for-hire")).toEqual([]);
    await press(page, "Enter");
    await said(page, "Nyckel till Ekbacken E1: åter senast mån 7 dec 10:00.");
    await page.getByText("Ingen väntas och ingen är här").waitFor();

    await page.getByRole("link", { name: "Utlåning" }).click();
    await heading(page, "Utlåning, Kommunhuset");
    await row(page, "nyckel-ekbacken-1").getByText("Åter senast mån 7 dec 10:00").waitFor();
    await searches(page);

    // By number, name, and Enter: nothing is asked that is not needed, and what is missing is said.
    await page.keyboard.type("p1");
    await press(page, "Enter");
    await page.getByRole("heading", { name: "Låna ut Projektor P1" }).waitFor();
    await press(page, "Enter");
    await page.getByText("Skriv vem som lånar.").waitFor();
    expect(await faultsOf(page, "lending-nobody")).toEqual([]);
    await page.keyboard.type("Bo Prov");
    expect(await page.getByLabel("Åter senast").inputValue()).toBe("2026-12-07");
    await page.getByLabel("Åter senast").fill("2026-12-05");
    await press(page, "Enter");
    await page.getByText("Kontoret är stängt då. Välj en annan dag.").waitFor();
    await page.getByLabel("Åter senast").fill("2026-12-08");
    // Without a network nothing typed is lost, and pressed again it is one loan.
    await page.context().setOffline(true);
    await press(page, "Enter");
    await page.getByText("Det du skrev är kvar. Försök igen.").waitFor();
    expect(await faultsOf(page, "lending-offline")).toEqual([]);
    await page.context().setOffline(false);
    await page.getByLabel("Namn").press("Enter");
    await said(page, "Projektor P1: åter senast tis 8 dec 18:00.");
    await searches(page);

    // A receipt is printed alone.
    await page.keyboard.type("bo prov");
    await press(page, "Enter");
    await hasFocus(page, "Tillbaka Projektor P1");
    await press(page, "k");
    await page.getByRole("heading", { name: "Kvittens på lån" }).waitFor();
    expect(await page.locator(".slip").textContent()).toMatch(
      /LånatProjektorNummerP1AvBo ProvUtlämnat2026-12-04 kl\. 16:5\dÅter senast2026-12-08 kl\. 18:00/,
    );
    expect(await faultsOf(page, "lending-receipt")).toEqual([]);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".entries").first().isVisible()).toBe(false);
    expect(await page.locator(".slip dl").isVisible()).toBe(true);
    await page.emulateMedia({ media: "screen" });
    await hasFocus(page, "Skriv ut kvittens");
    await press(page, "Tab", "Enter");
    await hasFocus(page, "Tillbaka Projektor P1");

    // Back with one key; by mistake, so out again with one.
    await press(page, "t");
    await said(page, "Projektor P1 är åter.");
    await row(page, "projektor").getByText("Inne, nyss åter").waitFor();
    expect(await faultsOf(page, "lending-just-back")).toEqual([]);
    await hasFocus(page, "Ångra Projektor P1");
    await press(page, "u");
    await said(page, "Projektor P1 är ute igen.");
    await row(page, "projektor").getByText("Bo Prov").waitFor();

    // Longer, and never to when it is shut.
    await hasFocus(page, "Tillbaka Projektor P1");
    await press(page, "f");
    await page.getByLabel("Ny dag, innan vi stänger").fill("2026-12-12");
    await press(page, "Control+Enter");
    await page.locator("dialog").getByText("Kontoret är stängt då. Välj en annan dag.").waitFor();
    expect(await faultsOf(page, "lending-extend")).toEqual([]);
    await page.getByLabel("Ny dag, innan vi stänger").fill("2026-12-09");
    await press(page, "Control+Enter");
    await said(page, "Projektor P1: åter senast ons 9 dec 18:00.");
    expect(await faultsOf(page, "lending-filled")).toEqual([]);

    // Names are hidden from glances here too, and a name that nobody sees finds nothing.
    await page.getByRole("button", { name: "Dölj namn" }).click();
    await page.getByText("Bo Prov").waitFor({ state: "detached" });
    await page.getByLabel("Vad lånas, eller av vem?").fill("bo prov");
    await page.getByText("Inget passar in på det du skrev").waitFor();
    await page.getByRole("button", { name: "Dölj namn" }).click();
    await row(page, "projektor").getByText("Bo Prov").waitFor();

    // Where nothing is lent.
    await page.getByLabel("Kontor").selectOption({ label: "Masten" });
    await page.getByText("Inget lånas ut här").waitFor();
    expect(await faultsOf(page, "lending-empty")).toEqual([]);
    await page.getByLabel("Kontor").selectOption({ label: "Granhults servicekontor" });
    await page.getByText("Inget är ute.").waitFor();
    expect(asked()).toEqual([]);
  });
});

test("on Monday afternoon the key is late: its hirer is written to once, and it comes back damaged", async () => {
  await at(monday, async (system) => {
    await system.hostOf("booking/day-round").invoke({});
    await system.hostOf("booking/day-round").invoke({});
    await system.quiet();
    const mails = await Promise.all(system.sent().map(async ({ raw }) => await PostalMime.parse(raw)));
    const overdue = mails.filter(({ subject }) => subject?.startsWith("Påminnelse om det du har lånat"));
    expect(overdue.map(({ to, subject }) => [to?.[0]?.address, subject])).toEqual([
      ["asa@example.org", "Påminnelse om det du har lånat: Nyckel till Ekbacken (E1)"],
    ]);
    expect(overdue[0]?.text).toContain("till Kommunhuset senast måndag 7 december 10:00.");
    expect(`${overdue[0]?.text} ${overdue[0]?.html}`).not.toContain("Åsa");

    const page = await open(system, monday, "Petra", "#/reception/utlaning");
    await heading(page, "Utlåning, Kommunhuset");
    await row(page, "nyckel-ekbacken-1").getByText("Försenad 5 tim").waitFor();
    await row(page, "nyckel-ekbacken-1").getByText("Skulle ha varit åter i dag 10:00").waitFor();
    // What is late stands first.
    expect(await page.locator(".entry").first().getAttribute("id")).toBe("sak-nyckel-ekbacken-1");
    expect(await faultsOf(page, "lending-late")).toEqual([]);
    await searches(page);
    await press(page, "ArrowDown");
    await hasFocus(page, "Tillbaka Nyckel till Ekbacken E1");
    await press(page, "a");
    await press(page, "Control+Enter");
    await page.getByText("Skriv vad som är skadat eller saknas.").waitFor();
    await page.getByLabel("Vad är skadat eller saknas?").fill("Brickan saknas");
    expect(await faultsOf(page, "lending-damaged")).toEqual([]);
    await press(page, "Control+Enter");
    await said(page, "Nyckel till Ekbacken E1 är åter.");
    const { body } = await ask(system, "/booking/lending/kommunhuset/items/nyckel-ekbacken-1/loans", petra);
    expect(body.loans).toMatchObject([
      { status: "returned", borrower: { name: "Åsa Prov", note: "Brickan saknas" } },
    ]);
    expect(body.loans[0].lateSeconds).toBeGreaterThanOrEqual(5.5 * 3600);
    const day = "/booking/offices/kommunhuset/days/2026-12-04";
    expect((await ask(system, day, petra)).body.bookings).toMatchObject([{ status: "done" }]);

    await row(page, "nyckel-ekbacken-1").getByRole("button", { name: "Ångra" }).focus();
    await press(page, "h");
    await page.getByRole("heading", { name: "Lån av Nyckel till Ekbacken E1" }).waitFor();
    await page.getByText("5 tim försent").waitFor();
    await page.getByText("Åsa Prov · Brickan saknas").waitFor();
    expect(await faultsOf(page, "lending-history")).toEqual([]);
    await press(page, "Escape");

    // Whoever is asked at the other desk reads the same, a manager without a button to press.
    const karin = await open(system, monday, "Karin", "#/reception/utlaning");
    await row(karin, "projektor").getByText("Bo Prov").waitFor();
    expect(await karin.getByRole("button", { name: /Tillbaka|Låna ut/ }).count()).toBe(0);
    expect(await faultsOf(karin, "lending-manager")).toEqual([]);
    const eva = await open(system, monday, "Eva", "#/reception/utlaning");
    await heading(eva, "Sidan är inte din");
  });
});

test("ninety days after it came back nobody is told who had it", async () => {
  const later = "2027-03-08T09:00:00Z";
  await at(later, async (system) => {
    const page = await open(system, later, "Petra", "#/reception/utlaning");
    await row(page, "nyckel-ekbacken-1").getByRole("button", { name: "Låna ut" }).focus();
    await press(page, "h");
    await page.getByText("Namnet är borttaget").waitFor();
    expect(await page.getByText("Åsa Prov").count()).toBe(0);
  });
});

test("the demo has a key that is late, something that is out and something that came back, once", async () => {
  const system = await startTestSystem();
  try {
    await openKommunhuset(system);
    await seedDemoLending(system, new Date());
    const once = (await rowsOf(system, "BookingTable")).length;
    await seedDemoLending(system, new Date());
    expect(await rowsOf(system, "BookingTable")).toHaveLength(once);
    const { body } = await ask(system, "/booking/lending/kommunhuset/items", petra);
    const shown = body.items.map(({ item, loan }: { item: string; loan: { overdue: boolean } | null }) => [
      item,
      loan?.overdue ?? null,
    ]);
    expect(shown).toEqual([
      ["nyckel-ekbacken-1", true],
      ["projektor", false],
      ["nyckel-ekbacken-2", null],
      ["vattenprov", null],
    ]);
  } finally {
    await system.stop();
  }
});
