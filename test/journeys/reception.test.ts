import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { openKommunhuset } from "../../provbank/offices.ts";
import { faultsOf, openBrowser, pageOf, strangersAsked } from "../browser.ts";
import { ask, change, startTestSystem } from "../system.ts";

/** The first Thursday of December 2026; Kommunhuset is open 8–18, and Granhult in the evening. Sweden is an hour ahead. */
const day = "2026-12-03";
const chief = { sub: "chef" };
const petra = { sub: "reception" };
const state = mkdtempSync(join(tmpdir(), "state-"));
let browser: Browser;
/** The day's booked visitors: to floor 2 at 09:15 and to floor 4. */
let social: { bookingId: string };
let bygglov: { bookingId: string; startsAt: string };

/** The same system at another time of the day. */
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
const row = (page: Page, text: string) => page.locator(".entry").filter({ hasText: text });
const visitRow = (page: Page, number: number) => page.locator(`#besok-${number}`);
const heading = (page: Page, name: string | RegExp) =>
  page.getByRole("heading", { level: 1, name }).waitFor();
/** Presses keys one after the other, and counts them. */
async function press(page: Page, ...keys: string[]): Promise<number> {
  for (const key of keys) await page.keyboard.press(key);
  return keys.length;
}
/** The key of a Swedish keyboard that the browser's driver does not have. */
const screen = (page: Page) => page.locator(":focus").dispatchEvent("keydown", { key: "§", bubbles: true });
const hasFocus = (page: Page, text: string) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.textContent ?? "")).toContain(text);
const searches = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => document.activeElement?.hasAttribute("data-search") ?? false))
    .toBe(true);
async function inHouse(system: System, office = "kommunhuset"): Promise<readonly number[]> {
  const { body } = await ask(system, `/booking/reception/${office}/house`, petra);
  return body.inside.map(({ number }: { number: number }) => number);
}

beforeAll(async () => {
  browser = await openBrowser();
  await at("2026-12-01T08:00:00Z", async (system) => {
    const maria = {
      person: "ifo",
      name: "Maria",
      unit: "ifo-mottagning",
      services: ["ekonomiskt-bistand"],
      languages: ["sv"],
      manager: "chef",
      office: "kommunhuset",
      standIn: null,
      calendarUrl: null,
    };
    await change(system, "/booking/people/ifo", chief, { person: maria }, "PUT");
    await openKommunhuset(system, new Date("2026-12-01T08:00:00Z"));
    const book = async (service: string, startsAt: string, name: string, key: string) => {
      const party = { name, email: null, phone: "070-174 06 11", about: null };
      const wish = { key, service, office: "kommunhuset", startsAt, party };
      const made = await change(system, "/booking/bookings", chief, wish);
      expect([made.status, made.body]).toMatchObject([201, { startsAt }]);
      return made.body;
    };
    social = await book("ekonomiskt-bistand", `${day}T08:15:00.000Z`, "Sam Prov", "nyckel-social");
    bygglov = await book("bygglov-radgivning", `${day}T12:00:00.000Z`, "Åsa Prov", "nyckel-bygglov");
  });
});
afterAll(async () => {
  await browser.close();
  rmSync(state, { recursive: true, force: true });
});

test("at twenty past nine visitors come: booked to a secret floor, with a document, as a couple, by name", async () => {
  const instant = `${day}T08:20:00Z`;
  await at(instant, async (system) => {
    const page = await open(system, instant, "Petra", "#/reception");
    const asked = strangersAsked(page, system.origin);
    await heading(page, "Besök i dag, Kommunhuset");
    await searches(page);
    // Of the visitor to floor 2 neither name nor host is anywhere.
    await row(page, "Plan 2").getByText("Kod").waitFor();
    await row(page, "Åsa Prov").getByText("till bygglov").waitFor();
    expect(await page.getByText("Sam Prov").count()).toBe(0);
    expect(await page.getByText("Maria").count()).toBe(0);
    expect(await faultsOf(page, "reception-expected")).toEqual([]);

    // 1: booked to floor 2, by clock, with badge 17.
    await page.keyboard.type("915");
    expect(await page.locator(".entry").count()).toBe(1);
    expect(await press(page, "Enter", "1", "7", "Enter")).toBeLessThanOrEqual(5);
    await said(page, "Nummer 1 till plan 2, bricka 17.");
    await searches(page);
    await visitRow(page, 1).getByText("Väntat 0 min").waitFor();

    // 2: without booking, a document for floor 2, in a closed room. The floor's number goes on to the badge.
    await press(page, "Enter");
    expect(await faultsOf(page, "reception-drop-in")).toEqual([]);
    await press(page, "i", "2");
    expect(await page.getByLabel("Namn (frivilligt)").count()).toBe(0);
    await press(page, "Enter");
    await said(page, "Nummer 2 till plan 2.");
    await visitRow(page, 2).getByText("Ska lämna in").waitFor();
    await page.keyboard.type("2");
    await press(page, "Enter");
    await hasFocus(page, "Inlämnat nummer 2");
    await press(page, "l");
    await page.getByRole("heading", { name: "Kvittens på inlämnad handling" }).waitFor();
    const slip = await page.locator(".slip").textContent();
    expect(slip).toMatch(/Nummer2.*Inlämnat2026-12-03 kl\. 09:2\d.*Kod[0-9A-F]{8}/);
    expect(await faultsOf(page, "reception-slip")).toEqual([]);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".entries").isVisible()).toBe(false);
    expect(await page.locator(".slip-code").isVisible()).toBe(true);
    await page.emulateMedia({ media: "screen" });
    await hasFocus(page, "Skriv ut kvittens");
    await press(page, "Tab", "Enter");

    // 6: the couple who needs a hearing loop comes to the servicecenter, and an agent there calls the next.
    await searches(page);
    expect(await press(page, "Enter", "0", "Enter")).toBeLessThanOrEqual(5);
    await said(page, "Nummer 3 till servicecentret.");
    await page.getByRole("button", { name: "Kalla nästa till servicecentret" }).click();
    await said(page, "Nummer 3 är kallad.");
    await visitRow(page, 3).getByRole("button", { name: "Hämtad nummer 3" }).focus();
    await press(page, "h");
    await visitRow(page, 3).getByText("Inne hos värden").waitFor();
    await press(page, "u");
    await said(page, "Nummer 3 är ute.");

    await searches(page);

    // A craftsman to floor 6, of whom more at closing; the badge of somebody else is refused and nothing is lost.
    await page.getByLabel("Vem kommer?").fill("Kim Rör");
    await press(page, "Enter", "6", "1", "7", "Enter");
    await page.getByText("Brickan är redan ute. Ta en annan.").waitFor();
    expect(await page.getByLabel("Namn (frivilligt)").inputValue()).toBe("Kim Rör");
    expect(await faultsOf(page, "reception-badge-taken")).toEqual([]);
    await page.getByLabel("Bricka (frivilligt)").fill("18");
    await page.getByLabel("Reg.nr (frivilligt)").fill("abc 12d");
    await press(page, "Enter");
    await said(page, "till plan 6, bricka 18.");

    // The host side of floor 2 is told; the door stays shut until it has said yes.
    await searches(page);
    await page.keyboard.type("17");
    await press(page, "Enter");
    await hasFocus(page, "Kalla nummer 1");
    await press(page, "k");
    await visitRow(page, 1).getByText("Väntar på klartecken").waitFor();
    await hasFocus(page, "Försök igen nummer 1");
    expect(
      await visitRow(page, 1)
        .getByRole("button", { name: /Skicka upp/ })
        .count(),
    ).toBe(0);
    const path = `/booking/reception/kommunhuset/days/${day}/visits/1/send-up`;
    const early = await change(system, path, petra, {});
    expect([early.status, early.body.error.code]).toEqual([409, "not-cleared"]);
    expect(await faultsOf(page, "reception-filled")).toEqual([]);

    // Names are hidden by a key that also works in the field, and by themselves when nobody is at the screen.
    await row(page, "Åsa Prov").waitFor();
    await screen(page);
    await row(page, "Åsa Prov").waitFor({ state: "detached" });
    expect(await faultsOf(page, "reception-screened")).toEqual([]);
    await screen(page);
    await row(page, "Åsa Prov").waitFor();
    await page.clock.fastForward(61_000);
    await row(page, "Åsa Prov").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Dölj namn" }).click();

    // The house: who has an access card was never met, and is not there (3).
    await page.getByRole("link", { name: "Huset" }).click();
    await heading(page, "Huset, Kommunhuset");
    await page.getByRole("row", { name: "Plan 6 5 18" }).waitFor();
    expect(await page.locator(".house tbody tr").allTextContents()).toEqual([
      expect.stringMatching(/^Plan 2117\d\d:\d\d–$/),
      expect.stringMatching(/^Plan 6518\d\d:\d\dKim Rör$/),
    ]);
    expect(await inHouse(system)).toEqual([1, 5]);
    expect(await faultsOf(page, "reception-house")).toEqual([]);
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("button", { name: "Skriv ut" }).isVisible()).toBe(false);
    await page.emulateMedia({ media: "screen" });

    // Without a network it is there with its time, and of floor 2 no name is kept.
    const kept = await page.evaluate(() => localStorage.getItem("servicecenter.house") ?? "");
    expect(kept).toContain("Kim Rör");
    expect(kept).not.toContain("Sam");
    await page.context().setOffline(true);
    await page.clock.fastForward(11_000);
    await page.getByText(/Kunde inte hämta – visar läget från \d\d:\d\d\./).waitFor();
    await page.getByRole("row", { name: "Plan 6 5 18" }).waitFor();
    expect(await faultsOf(page, "reception-house-offline")).toEqual([]);
    // Nor is anything typed lost.
    await page.getByRole("link", { name: "Besök", exact: true }).click();
    await page.getByLabel("Vem kommer?").fill("Bo");
    await press(page, "Enter", "4", "Enter");
    await page.getByText("Det du skrev är kvar. Försök igen.").waitFor();
    expect(await page.getByLabel("Namn (frivilligt)").inputValue()).toBe("Bo");
    await page.context().setOffline(false);
    await press(page, "Escape");

    await page.getByRole("link", { name: "Parkering" }).click();
    await page.getByText("ABC12D").waitFor();
    expect(await faultsOf(page, "reception-parking")).toEqual([]);
    await page.getByRole("link", { name: "Väggtavla" }).click();
    await page.locator(".wall-last").waitFor();
    expect(await page.getByText("Petra").isVisible()).toBe(false);
    expect(await faultsOf(page, "reception-wall")).toEqual([]);
    await press(page, "Escape");
    await heading(page, "Besök i dag, Kommunhuset");
    expect(asked()).toEqual([]);
  });
});

test("the floor has not answered for twelve minutes: it is marked, clearance comes, up, back and out", async () => {
  const instant = `${day}T08:33:00Z`;
  await at(instant, async (system) => {
    const page = await open(system, instant, "Petra", "#/reception");
    await visitRow(page, 1).getByText("Inget klartecken på 5 min – ring planet").waitFor();
    await visitRow(page, 1).getByText("Väntat 12 min").waitFor();
    expect(await faultsOf(page, "reception-unanswered")).toEqual([]);
    const siv = await open(system, instant, "Siv", "#/reception");
    await heading(siv, "Klartecken, Kommunhuset");
    // Only her floor, and there she may know who comes.
    await visitRow(siv, 1).getByText("Sam Prov").waitFor();
    expect(await siv.locator(".entry").count()).toBe(1);
    expect(await faultsOf(siv, "reception-clearance")).toEqual([]);
    await visitRow(siv, 1).getByRole("button", { name: "Klartecken nummer 1" }).focus();
    await press(siv, "t");
    await visitRow(siv, 1).getByText("Klartecken: får komma upp").waitFor();

    await page.clock.fastForward(11_000);
    await said(page, "Nummer 1 har klartecken. Skicka upp till plan 2.");
    await page.getByRole("link", { name: "Väggtavla" }).click();
    await expect.poll(() => page.locator(".wall-last").textContent()).toBe("1");
    expect(await faultsOf(page, "reception-wall-called")).toEqual([]);
    await press(page, "Escape");
    await searches(page);
    await visitRow(page, 1).waitFor();
    await press(page, "ArrowDown");
    await hasFocus(page, "Skicka upp nummer 1");
    await press(page, "s");
    await visitRow(page, 1).getByText("På väg upp").waitFor();
    await siv.clock.fastForward(11_000);
    await visitRow(siv, 1).getByRole("button", { name: "Framme nummer 1" }).focus();
    await press(siv, "m");
    await visitRow(siv, 1).getByText("Inne hos värden").waitFor();
    await press(siv, "b");
    await visitRow(siv, 1).getByText("Åter i receptionen").waitFor();
    expect(await inHouse(system)).toContain(1);
    await page.clock.fastForward(11_000);
    await visitRow(page, 1).getByText("Åter i receptionen").waitFor();
    await page.getByLabel("Vem kommer?").fill("17");
    await press(page, "Enter", "u");
    await said(page, "Nummer 1 är ute. Ta tillbaka bricka 17.");
    expect(await inHouse(system)).toEqual([5]);
  });
});

test("a threat: Escape twice and Enter, nothing on the screen says so, and a colleague knows", async () => {
  const instant = `${day}T08:40:00Z`;
  await at(instant, async (system) => {
    const page = await open(system, instant, "Petra", "#/reception");
    const amina = await open(system, instant, "Amina", "#/reception");
    await heading(amina, "Besök i dag, Kommunhuset");
    await page.getByLabel("Vem kommer?").fill("Bo");
    await press(page, "Enter");
    await page.getByLabel("Bricka (frivilligt)").fill("21");
    await press(page, "Escape");
    await page.getByLabel("Vem kommer?").fill("Eva");
    await press(page, "Escape", "Escape");
    await heading(page, "Telefonlista");
    await page.getByText("112", { exact: true }).waitFor();
    await page.getByText("Socialjouren").waitFor();
    const shown = await page.locator("main").innerText();
    expect(shown).not.toMatch(/hot|larm|incident|Åsa|besök/i);
    expect(await faultsOf(page, "reception-threat")).toEqual([]);
    await hasFocus(page, "Kalla på kollega");
    await press(page, "Enter");
    await page.getByText(/^Klart 09:4\d\.$/).waitFor();
    await amina.clock.fastForward(11_000);
    await amina.getByText("behöver hjälp i receptionen, Kommunhuset").waitFor();
    expect(await faultsOf(amina, "reception-alarm")).toEqual([]);
    expect(await page.getByText("behöver hjälp").count()).toBe(0);
    await page.getByRole("button", { name: "Tillbaka" }).click();
    expect(await page.getByLabel("Vem kommer?").inputValue()).toBe("Eva");
    await page.getByRole("button", { name: "Telefonlista" }).click();
    await page.getByRole("button", { name: "Anteckna efteråt" }).click();
    await page.getByLabel("Anteckning").fill("Slog i glaset.");
    await page.getByRole("button", { name: "Spara" }).click();
    await said(page, "Sparat. Din chef kan läsa det.");

    const karin = await open(system, instant, "Karin", "#/reception");
    await heading(karin, "Dagens siffror, Kommunhuset");
    await karin.getByText("Slog i glaset.").waitFor();
    // Whoever meets no visitors has nothing to raise.
    expect(await karin.getByRole("button", { name: "Telefonlista" }).count()).toBe(0);
    await karin.getByRole("row", { name: /^Alla 1 3 0 4 1/ }).waitFor();
    expect(await faultsOf(karin, "reception-figures")).toEqual([]);
  });
});

test("whoever has no part in it gets nothing, and an officer only their own visitors", async () => {
  const instant = `${day}T11:50:00Z`;
  await at(instant, async (system) => {
    const page = await open(system, instant, "Petra", "#/reception");
    await page.getByLabel("Vem kommer?").fill(bygglov.bookingId.slice(0, 8));
    await press(page, "Enter", "2", "0", "Enter");
    await said(page, "till plan 4, bricka 20.");
    expect(social.bookingId).not.toBe(bygglov.bookingId);
    const eva = await open(system, instant, "Eva", "#/reception");
    await heading(eva, "Mina besök i dag");
    await row(eva, "Åsa Prov").waitFor();
    expect(await eva.locator(".entry").count()).toBe(1);
    expect(await eva.getByLabel("Vem kommer?").count()).toBe(0);
    expect(await faultsOf(eva, "reception-host")).toEqual([]);
    // A host may turn somebody away, with a reason.
    await row(eva, "Åsa Prov").getByRole("button", { name: "Mer" }).focus();
    await press(eva, "a");
    await press(eva, "Control+Enter");
    await eva.getByText("Välj varför.").waitFor();
    expect(await faultsOf(eva, "reception-turn-away")).toEqual([]);
    await eva.getByLabel("Fel ställe").check();
    await press(eva, "Control+Enter");
    await row(eva, "Åsa Prov").waitFor({ state: "detached" });
    const omar = await open(system, instant, "Omar", "#/reception");
    await omar.getByText("Ingen väntas och ingen är här").waitFor();
    const tove = await open(system, instant, "Tove", "#/reception");
    await heading(tove, "Receptionen är inte din");
    for (const hash of ["huset", "parkering", "tavla", "klartecken", "dagen"]) {
      await omar.goto(`${system.origin}/#/reception/${hash}`);
      await heading(omar, "Sidan är inte din");
    }
    expect(await faultsOf(tove, "reception-not-mine")).toEqual([]);
  });
});

test("in the evening at Granhult a visitor is received; after closing who never checked out is listed and closed", async () => {
  const evening = `${day}T16:10:00Z`;
  await at(evening, async (system) => {
    const page = await open(system, evening, "Amina", "#/reception");
    await page.getByLabel("Kontor").selectOption({ label: "Granhults servicekontor" });
    await heading(page, "Besök i dag, Granhults servicekontor");
    await page.getByText("Ingen väntas och ingen är här").waitFor();
    expect(await faultsOf(page, "reception-empty")).toEqual([]);
    await searches(page);
    await press(page, "Enter", "Enter");
    await said(page, "Nummer 1 till servicecentret.");
    await press(page, "ArrowDown");
    await press(page, "k");
    await visitRow(page, 1).getByText("Värden är kallad").waitFor();
    await press(page, "h");
    await visitRow(page, 1).getByText("Inne hos värden").waitFor();
    await press(page, "u");
    await said(page, "Nummer 1 är ute.");
    expect(await inHouse(system, "granhult")).toEqual([]);
  });
  const closed = `${day}T17:05:00Z`;
  await at(closed, async (system) => {
    const page = await open(system, closed, "Petra", "#/reception");
    await page.getByRole("link", { name: "1 besökare borde ha checkat ut" }).click();
    await page.getByText("Nummer 5, plan 6, bricka 18").waitFor();
    expect(await faultsOf(page, "reception-forgotten")).toEqual([]);
    await page.getByRole("button", { name: "Avsluta … nummer 5" }).click();
    await press(page, "Control+Enter");
    await page.getByText("Välj hur du vet det.").waitFor();
    await page.getByLabel("Brickan är tillbaka").check();
    await press(page, "Control+Enter");
    await said(page, "Nummer 5 är avslutad.");
    await page.getByText("0 besökare").waitFor();
    expect(await inHouse(system)).toEqual([]);
  });
});

test("somebody from outside receives visitors the day after: their hours are entered, and who drops in is called for them", async () => {
  const instant = "2026-12-04T08:10:00Z";
  await at(instant, async (system) => {
    const karin = await open(system, instant, "Karin", "#/bokning/schema/kommunhuset");
    await karin.getByText("Inga de närmaste tre månaderna.").waitFor();
    await karin.getByRole("button", { name: "Lägg till en gästmottagning" }).click();
    await karin.getByLabel("Vem tar emot?").selectOption({ label: "Advokatjouren, Advokatjour" });
    await karin.getByLabel("Mottagningsdag").fill("2026-12-04");
    await karin.getByLabel("Mottagningstid").fill("förmiddag");
    await karin.getByRole("button", { name: "Spara mottagningen" }).click();
    await karin.getByText("Skriv som 13–16.").waitFor();
    await karin.getByLabel("Mottagningstid").fill("9-11");
    await karin.getByLabel("Upprepas").selectOption({ label: "varannan vecka" });
    await karin.getByLabel("Antal gånger").fill("3");
    await karin.getByRole("button", { name: "Spara mottagningen" }).click();
    await said(karin, "3 mottagningar är sparade.");
    // On New Year's Day the house is closed.
    await karin.getByText("Stängt hela eller delar av tiden fre 1 jan 2027: ingen kan komma då.").waitFor();
    expect(await faultsOf(karin, "booking-guests")).toEqual([]);
    await karin.getByRole("button", { name: "Ta bort Advokatjouren fre 1 jan 2027" }).click();
    await said(karin, "Mottagningen är borttagen.");
    await expect.poll(() => karin.getByText("Advokatjouren. Bokade och drop-in").count()).toBe(2);

    const page = await open(system, instant, "Petra", "#/reception");
    await page.getByText("Advokatjouren 09:00–11:00").waitFor();
    await searches(page);
    await press(page, "Enter", "g");
    // Whose visit is nobody's business here is not asked for their name.
    expect(await page.getByLabel("Namn (frivilligt)").count()).toBe(0);
    expect(await faultsOf(page, "reception-guest-drop-in")).toEqual([]);
    await press(page, "Enter");
    await said(page, "Nummer 1 till servicecentret.");
    await visitRow(page, 1).getByText("till Advokatjouren").waitFor();
    expect(await page.getByRole("button", { name: "Kalla nästa till servicecentret" }).count()).toBe(0);
    await page.getByText("bokade och drop-in · 1 väntar").waitFor();
    expect(await faultsOf(page, "reception-guests")).toEqual([]);
    await page.getByRole("button", { name: "Kalla nästa till Advokatjouren" }).click();
    await said(page, "Nummer 1 är kallad.");
    // A check-in of the wrong person is taken back by its letter.
    await page.getByLabel("Vem kommer?").focus();
    await page.keyboard.type("Fel Person");
    await press(page, "Enter", "0", "Enter");
    await said(page, "Nummer 2 till servicecentret.");
    await visitRow(page, 2).getByRole("button", { name: "Kalla" }).focus();
    await press(page, "z");
    await visitRow(page, 2).waitFor({ state: "detached" });
    expect(await page.getByText("Fel Person").count()).toBe(0);
    expect(await inHouse(system)).toEqual([1]);
  });
});
