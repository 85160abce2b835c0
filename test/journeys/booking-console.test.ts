import { isDeepStrictEqual } from "node:util";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedDemoBooking } from "../../local/demo-booking.ts";
import type { System } from "../../local/system.ts";
import { daysLater } from "../../services/booking/hours/local-dates.ts";
import { localOf } from "../../services/booking/hours/local-time.ts";
import { faultsOf, openBrowser, pageOf } from "../browser.ts";
import { rawMail, send } from "../mail.ts";
import { ask, change, startTestSystem } from "../system.ts";

let system: System;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), openBrowser()]);
  const ended = endWhenPublishing(20);
  expect(await seedDemoBooking(system, { now: new Date() })).toEqual([]);
  expect(ended()).toBe(true);
  system.door.watch(undefined);
  page = await pageOf(browser, system.origin, "Amina");
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

/** The first publishing of a rota ends with so many of its days written: the rest of the demo's times are there all the same. */
function endWhenPublishing(days: number): () => boolean {
  let written = 0;
  system.door.watch(({ caller, instance, operation }) => {
    if (caller !== "booking/api" || operation !== "TransactWriteItems") return "pass";
    written += 1;
    if (written !== days) return "pass";
    system.hostOf(caller).kill(instance);
    return "lost";
  });
  return () => written > days;
}

const amina = { sub: "amina" };
const jonas = { sub: "jonas" };
const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
const said = (words: string) => page.locator(".notice").getByText(words).waitFor();
const choose = (label: string, option: string) => page.getByLabel(label).selectOption({ label: option });
const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");

/** The free times of a service in a fortnight from a day on, as an agent is offered them. */
async function freeTimes(service: string, office = "kommunhuset", from = 0) {
  const date = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const query = new URLSearchParams({ service, office, from: date(from), to: date(from + 13) });
  return (await ask(system, `/booking/free-times?${query}`, amina)).body.times;
}

async function book(startsAt: string, key: string, party?: object) {
  const asked = { service: "bygglov-radgivning", office: "kommunhuset", startsAt, key, party };
  return await change(system, "/booking/bookings", jonas, asked);
}

test("an agent books for a caller by keyboard alone within half a minute", async () => {
  await page.getByText("Inget att ta hand om").waitFor();
  const begun = Date.now();
  await page.locator("body").press("g");
  await page.keyboard.press("b");
  await page.getByRole("heading", { name: "Boka ett möte" }).waitFor();
  await page.getByLabel("Vad gäller mötet?").waitFor();
  const key = (name: string) => page.keyboard.press(name, { delay: 30 });
  await key("Tab");
  await page.keyboard.type("Väg", { delay: 60 });
  await page.getByText("Första lediga:").waitFor();
  for (const _ of ["place", "more", "first time"]) await key("Tab");
  await key("ArrowRight");
  await key("Enter");
  await page.getByText("Hålls till").waitFor();
  await page.keyboard.type("Åsa Berg", { delay: 60 });
  await key("Tab");
  await page.keyboard.type("070-174 06 05", { delay: 60 });
  await key("Tab");
  await page.keyboard.type("asa@example.org", { delay: 60 });
  await key("Enter");
  await page.getByText("Du är välkommen", { exact: false }).waitFor();
  const seconds = (Date.now() - begun) / 1000;
  console.log(`booked by keyboard in ${seconds.toFixed(1)} s`);
  expect(seconds).toBeLessThanOrEqual(30);
  expect(await focused()).toMatch(/^Bokat: /);
  await page.getByText("En bekräftelse skickas till asa@example.org.").waitFor();
  expect(await faultsOf(page, "booking-receipt")).toEqual([]);
});

test("a time that somebody else took meanwhile is refused with three others, the first a press away", async () => {
  await press("Boka ett möte till");
  await choose("Vad gäller mötet?", "Rådgivning om bygglov, 45 min");
  await page.getByText("Första lediga:").waitFor();
  expect(await faultsOf(page, "booking-times")).toEqual([]);
  const [first] = await freeTimes("bygglov-radgivning");
  expect((await book(first.startsAt, "somebody-else")).status).toBe(201);
  await page.locator(".time-button").first().click();
  await page.getByText("Tiden hann bli tagen. Närmast lediga:").waitFor();
  expect(await page.locator(".alternatives button").count()).toBe(3);
  expect(await focused()).toBe(await page.locator(".alternatives button").first().textContent());
  expect(await faultsOf(page, "booking-taken")).toEqual([]);
  await page.keyboard.press("Enter");
  await page.getByText("Hålls till").waitFor();
  expect(await page.getByText("Eva, Besöksrum", { exact: false }).count()).toBe(1);
  expect(await faultsOf(page, "booking-held")).toEqual([]);
  await page.getByLabel("E-post (frivilligt)").fill("asa");
  await press("Boka tiden");
  await page.getByText("Skriv en hel adress").waitFor();
  await page.getByLabel("E-post (frivilligt)").fill("asa@example.org");
  await page.getByLabel("Namn (frivilligt)").fill("Åsa Berg");
  await press("Boka tiden");
  await page.getByRole("heading", { name: /^Bokat: / }).waitFor();
  await page.getByRole("listitem").filter({ hasText: "Fastighetsbeteckning" }).waitFor();
});

test("a caller gets a seat in a meeting for a group, and another is arranged", async () => {
  await page.goto(`${system.origin}/#/bokning`);
  await page.reload();
  await choose("Vad gäller mötet?", "Informationsmöte för nyinflyttade, 60 min");
  await page.getByText("12 platser kvar").waitFor();
  await page.getByLabel("Hur många kommer?").selectOption("2");
  expect(await faultsOf(page, "booking-groups-console")).toEqual([]);
  await page.getByRole("button", { name: /^Boka 2 platser/ }).click();
  await page.getByText("Hålls till").waitFor();
  // Seats are taken once: they are not repeated.
  expect(await page.getByLabel("Upprepas").count()).toBe(0);
  await page.getByLabel("Telefon (frivilligt)").fill("070-174 06 05");
  await press("Boka tiden");
  await page.getByRole("heading", { name: /^Bokat: / }).waitFor();
  await page.getByText("En bekräftelse skickas som sms till 070-174 06 05.").waitFor();
  await press("Boka ett möte till");
  await choose("Vad gäller mötet?", "Informationsmöte för nyinflyttade, 60 min");
  await page.getByText("10 platser kvar").waitFor();
  await press("Ordna en ny träff");
  await page.locator(".time-button").first().click();
  await page.getByText("Hålls till").waitFor();
  await press("Boka tiden");
  await page.getByRole("heading", { name: /^Bokat: / }).waitFor();
  await press("Boka ett möte till");
  await choose("Vad gäller mötet?", "Informationsmöte för nyinflyttade, 60 min");
  await page.getByText("12 platser kvar").waitFor();
});

test("a held time that is left is free again", async () => {
  await choose("Vad gäller mötet?", "Rådgivning om bygglov, 45 min");
  const [first] = await freeTimes("bygglov-radgivning");
  await page.locator(".time-button").first().click();
  await page.getByText("Hålls till").waitFor();
  expect((await freeTimes("bygglov-radgivning"))[0].startsAt).not.toBe(first.startsAt);
  await page.getByRole("link", { name: "Dagen", exact: true }).click();
  await page.getByRole("heading", { name: "Dagen" }).waitFor();
  await expect.poll(async () => (await freeTimes("bygglov-radgivning"))[0].startsAt).toBe(first.startsAt);
});

test("a hold whose time ran out says so, keeps what was written and offers the nearest times", async () => {
  // A page of its own: its clock stays wrong.
  const late = await pageOf(browser, system.origin, "Jonas", "#/bokning");
  await late.getByLabel("Vad gäller mötet?").selectOption({ label: "Rådgivning om bygglov, 45 min" });
  await late.locator(".time-button").first().waitFor();
  await late.clock.install();
  await late.locator(".time-button").first().click();
  await late.getByLabel("Namn (frivilligt)").fill("Nils Ek");
  await late.clock.fastForward("11:00");
  await late.getByText("Tiden hålls inte längre. Det du skrev är kvar. Närmast lediga:").waitFor();
  expect(await late.getByLabel("Namn (frivilligt)").inputValue()).toBe("Nils Ek");
  expect(await late.locator(".alternatives button").count()).toBe(3);
  await late.getByRole("link", { name: "Dagen", exact: true }).click();
  await late.getByRole("heading", { name: "Dagen" }).waitFor();
  await late.context().close();
});

test("a meeting is repeated: what is taken on one date is booked at another time, and all that is left is cancelled at once", async () => {
  const weeks = [
    ...(await freeTimes("bygglov-radgivning")),
    ...(await freeTimes("bygglov-radgivning", "kommunhuset", 14)),
  ];
  const free: readonly string[] = weeks.map(({ startsAt }) => startsAt);
  /** The free time at the same clock so many days later; the clocks may be changed between. */
  const later = (startsAt: string, days: number) => {
    const { date, time } = localOf(new Date(startsAt));
    return free.find((one) =>
      isDeepStrictEqual(localOf(new Date(one)), { date: daysLater(date, days), time }),
    );
  };
  const first = free.find((one) => later(one, 7) !== undefined && later(one, 14) !== undefined) ?? "";
  expect((await book(later(first, 7) ?? "", "in-the-way-of-a-series")).status).toBe(201);
  await page.goto(`${system.origin}/#/bokning`);
  await choose("Vad gäller mötet?", "Rådgivning om bygglov, 45 min");
  await press("Senare, språk, tolk, utrustning");
  const { date, time } = localOf(new Date(first));
  await page.getByLabel("Tidigast", { exact: true }).fill(date);
  await page.locator(".day-of-times").first().getByRole("button", { name: time }).click();
  await page.getByLabel("E-post (frivilligt)").fill("bo@example.org");
  await page.getByLabel("Upprepas").selectOption({ label: "varje vecka" });
  await page.getByLabel("Antal gånger").fill("1");
  await press("Boka alla tider");
  await page.getByText("Skriv ett tal från 2 till 26.").waitFor();
  expect(await faultsOf(page, "booking-repeat")).toEqual([]);
  await page.getByLabel("Antal gånger").fill("3");
  await page.getByLabel("Antal gånger").press("Enter");
  await page.getByRole("heading", { name: "Bokat: 2 av 3 gånger" }).waitFor();
  expect(await focused()).toBe("Bokat: 2 av 3 gånger");
  expect(await faultsOf(page, "booking-series-receipt")).toEqual([]);
  await page.locator(".occurrences button").first().click();
  await page.getByRole("heading", { name: "Bokat: 3 gånger" }).waitFor();
  await page.locator(".occurrences a").first().click();
  await page.getByText("1 av 3").waitFor();
  await page.getByRole("heading", { name: "Alla gånger, varje vecka" }).waitFor();
  await expect.poll(() => page.locator(".occurrences li").count()).toBe(2);
  expect(await faultsOf(page, "booking-series")).toEqual([]);
  await press("Avboka");
  await page.getByLabel("Avboka det här och alla senare").check();
  expect(await faultsOf(page, "booking-series-cancel")).toEqual([]);
  await page.getByRole("dialog").getByRole("button", { name: "Avboka" }).click();
  await said("2 möten är avbokade.");
  await expect.poll(() => page.locator(".occurrences").getByText("Avbokad").count()).toBe(2);
});

test("a day's bookings are listed, one is moved, moved back, and cancelled after one question", async () => {
  const [first] = await freeTimes("bygglov-radgivning");
  const made = await book(first.startsAt, "to-be-moved", {
    name: "Nils Ek",
    email: "nils@example.org",
    phone: null,
    about: null,
  });
  expect(made.status).toBe(201);
  const date = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" }).format(
    new Date(first.startsAt),
  );
  await page.goto(`${system.origin}/#/bokning/dag/kommunhuset/${date}`);
  const row = page.locator(".day-table tbody tr").filter({ hasText: "Nils Ek" });
  await row.getByText("Bokad").waitFor();
  expect(await faultsOf(page, "booking-day")).toEqual([]);
  await row.getByRole("link").click();
  await page.getByText("nils@example.org").first().waitFor();
  const standing = await page.locator(".meeting-time strong").textContent();
  await press("Boka om");
  await page.locator(".time-button").nth(5).waitFor();
  expect(await faultsOf(page, "booking-move")).toEqual([]);
  await page.locator(".time-button").nth(5).click();
  await said("Ett mejl om det skickas till nils@example.org.");
  await expect.poll(() => page.locator(".meeting-time strong").textContent()).not.toBe(standing);
  await press("Flytta tillbaka");
  await said("Mötet står på sin gamla tid igen.");
  expect(await page.locator(".meeting-time strong").textContent()).toBe(standing);
  await press("Avboka");
  await page.getByRole("heading", { name: "Avboka mötet?" }).waitFor();
  expect(await faultsOf(page, "booking-cancel")).toEqual([]);
  await page.getByRole("dialog").getByRole("button", { name: "Avboka" }).click();
  await said("Mötet är avbokat.");
  await page.getByText("Avbokad").waitFor();
  expect(await page.getByRole("button", { name: "Boka om" }).count()).toBe(0);
});

test("a visit to a secret floor is in the day's list without name or service", async () => {
  const [first] = await freeTimes("ekonomiskt-bistand");
  const asked = { service: "ekonomiskt-bistand", office: "kommunhuset", startsAt: first.startsAt };
  const party = { name: "Hemlig Person", email: null, phone: null, about: null };
  const made = await change(system, "/booking/bookings", jonas, { ...asked, key: "secret-visit", party });
  expect(made.status).toBe(201);
  const date = first.startsAt.slice(0, 10);
  await page.goto(`${system.origin}/#/bokning/dag/kommunhuset/${date}`);
  await page.getByText("Besök, plan och tjänst dold").waitFor();
  expect(await page.getByText("Hemlig Person").count()).toBe(0);
  expect(await page.getByText("ekonomiskt bistånd", { exact: false }).count()).toBe(0);
});

test("a meeting is booked from a case, with who wrote and outside the opening hours when agreed", async () => {
  await send(system.smtpPort, rawMail({ subject: "Kan jag komma förbi?" }));
  await system.quiet();
  await page.getByRole("link", { name: "Att ta hand om", exact: true }).click();
  await page.getByRole("link", { name: "Kan jag komma förbi?" }).click();
  await page.getByRole("link", { name: "Boka möte" }).click();
  await page.getByText("Bokningen hör till ärendet").waitFor();
  await choose("Vad gäller mötet?", "Vägledning på servicecenter, 30 min");
  const [first] = await freeTimes("vagledning");
  await press("Utanför öppettid");
  await press("Håll tiden");
  await page.getByText("Välj en dag och en tid som finns.").waitFor();
  expect(await faultsOf(page, "booking-agreed")).toEqual([]);
  await page.getByLabel("Dag", { exact: true }).fill(first.startsAt.slice(0, 10));
  await page.getByLabel("Klockan").fill("19:15");
  await page.getByLabel("Orsak").fill("Arbetar dagtid");
  await press("Håll tiden");
  await page.getByText("Hålls till").waitFor();
  expect(await page.getByLabel("E-post (frivilligt)").inputValue()).toMatch(/@example\.org$/);
  await press("Boka tiden");
  await page.getByRole("link", { name: "Visa bokningen" }).click();
  await page.getByText("Arbetar dagtid (Amina)").waitFor();
  expect(await faultsOf(page, "booking-meeting")).toEqual([]);
  await system.quiet();
  await page.getByRole("link", { name: "Att ta hand om", exact: true }).click();
  await page.getByRole("link", { name: "Kan jag komma förbi?" }).click();
  const meeting = page.locator(".case-meetings li");
  expect(await meeting.textContent()).toMatch(/19:15–19:45, Vägledning på servicecenter Kommunhuset Bokad/);
  expect(await faultsOf(page, "case-with-meeting")).toEqual([]);
  await meeting.getByRole("link").click();
  await page.getByText("Arbetar dagtid (Amina)").waitFor();
  await page.getByRole("link", { name: "Till ärendet" }).click();
  await page.getByRole("heading", { name: "Kan jag komma förbi?" }).waitFor();
  await page.getByRole("link", { name: "Bokning", exact: true }).click();
});

test("meetings of somebody who is away need a new time, and one press gives it", async () => {
  const [first] = await freeTimes("vagledning", "granhult");
  const asked = { service: "vagledning", office: "granhult", startsAt: first.startsAt, key: "at-granhult" };
  const party = { name: "Bo Ek", email: "bo@example.org", phone: null, about: null };
  expect((await change(system, "/booking/bookings", jonas, { ...asked, party })).status).toBe(201);
  await page.getByRole("link", { name: "Behöver ny tid", exact: true }).click();
  await page.getByText("Alla möten har en tid som håller").waitFor();
  expect(await faultsOf(page, "booking-unsettled-empty")).toEqual([]);
  await page.getByRole("link", { name: "Frånvaro", exact: true }).click();
  await choose("Vem är frånvarande?", "Ritva");
  await page.getByLabel("Från och med").fill(first.startsAt.slice(0, 10));
  await press("Spara frånvaron");
  await page.getByText("1 möte behöver en ny tid.", { exact: false }).waitFor();
  await page.getByText("anmäld av Amina").waitFor();
  await press("Skapa en kalenderlänk");
  const feed = await page.getByLabel("Kalenderlänk").inputValue();
  expect(await (await fetch(feed)).text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(await faultsOf(page, "booking-absence")).toEqual([]);
  // Whoever leads the servicecenter ends it for her.
  const karin = await pageOf(browser, system.origin, "Karin", "#/bokning/franvaro");
  await karin.getByLabel("Vem är frånvarande?").selectOption({ label: "Amina" });
  await karin.getByText(/^Amina prenumererar på sina möten sedan /).waitFor();
  await karin.getByRole("button", { name: "Stäng av länken" }).click();
  await karin.getByText("Länken är avstängd.").waitFor();
  expect((await fetch(feed)).status).toBe(404);
  await karin.context().close();
  await press("Stäng av länken");
  await page.getByRole("button", { name: "Skapa en kalenderlänk" }).waitFor();
  await page.getByRole("link", { name: "Ge det en ny tid" }).click();
  await page.getByText("Bo Ek", { exact: false }).waitFor();
  expect(await faultsOf(page, "booking-unsettled")).toEqual([]);
  await page.locator(".unsettled .buttons button").first().click();
  await said("Ett mejl om det skickas till bo@example.org.");
  await page.getByText("Alla möten har en tid som håller").waitFor();
});

test("a rota with one evening in a month is refused with that month named, and published when mended", async () => {
  page = await pageOf(browser, system.origin, "Karin", "#/bokning/schema/granhult");
  await page.getByText("Schemat går att publicera.").waitFor();
  expect(await faultsOf(page, "booking-rota")).toEqual([]);
  const today = new Date();
  const next = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 15));
  const month = next.toISOString().slice(0, 7);
  const days = await ask(system, `/booking/offices/granhult/days?from=${month}-01&to=${month}-28`, amina);
  const evening = days.body.days.find(
    (day: { evening: boolean; kind: string }) => day.evening && day.kind !== "exception",
  );
  await press("Lägg till en avvikande dag");
  await page.getByLabel("Dag", { exact: true }).fill(evening.date);
  await press("Spara dagen");
  await page.getByText("Skriv varför: det visas för invånarna.").waitFor();
  await page.getByLabel("Orsak, visas för invånarna").fill("Utbildning");
  await press("Spara dagen");
  const name = new Intl.DateTimeFormat("sv-SE", { month: "long", year: "numeric" }).format(next);
  const badge = page.locator(".months li").filter({ hasText: name });
  await badge.getByText("1 av 2 kvällar").waitFor();
  await press("Publicera");
  await page
    .getByText(`Schemat är inte publicerat. ${name.slice(0, 1).toUpperCase()}${name.slice(1)} har 1 av 2`, {
      exact: false,
    })
    .waitFor();
  expect(await faultsOf(page, "booking-rota-refused")).toEqual([]);
  await page.getByRole("listitem").filter({ hasText: "Utbildning" }).getByRole("button").click();
  await badge.getByText("2 av 2 kvällar").waitFor();
  await press("Publicera");
  await said("Schemat är publicerat.");
});

test("a room is closed with a reason, its meeting stands under Behöver ny tid, and it is opened again", async () => {
  const from = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const to = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const [slot] = await freeTimes("motesrum", "granhult", 2);
  const wish = { service: "motesrum", office: "granhult", startsAt: slot?.startsAt, room: "granhult-sal" };
  const made = await change(system, "/booking/bookings", amina, { ...wish, key: "i-salen-som-stängs" });
  expect(made.status).toBe(201);
  const panel = page.getByRole("region", { name: "Stängda rum" });
  await press("Stäng ett rum");
  await choose("Vilket rum?", "Samlingssalen");
  await panel.getByLabel("Från och med").fill(from);
  await panel.getByLabel("Till och med").fill(to);
  await press("Stäng rummet");
  await page.getByText("Skriv varför, så att kollegorna vet.").waitFor();
  await panel.getByLabel("Varför?").fill("Golvet slipas");
  await press("Stäng rummet");
  await page.getByText("Rummet är stängt. 1 möte behöver en ny tid.").waitFor();
  expect(await faultsOf(page, "booking-room-closed")).toEqual([]);
  expect(await freeTimes("motesrum", "granhult", 2)).toEqual([]);
  const row = page.getByRole("listitem").filter({ hasText: "Golvet slipas" });
  await row.getByRole("button", { name: "Öppna igen" }).click();
  await said("Rummet kan bokas igen.");
  await row.waitFor({ state: "detached" });
  const { bookingId } = made.body;
  const { version } = (await ask(system, `/booking/bookings/${bookingId}`, amina)).body;
  expect((await change(system, `/booking/bookings/${bookingId}/cancel`, amina, { version })).status).toBe(
    200,
  );
});

test("every change of a rota tells at once what it would mean, and what cannot be read is marked", async () => {
  const field = page.getByLabel("Ritva, torsdag vecka 1");
  await field.fill("16-17");
  await page.locator(".months").getByText("0 av 2 kvällar").first().waitFor();
  await page.getByText("Ändringar som inte är sparade").waitFor();
  await field.fill("sen kväll");
  await page.getByText("Rätta de markerade fälten").waitFor();
  expect(await field.getAttribute("aria-invalid")).toBe("true");
  await field.fill("16-18");
  await field.blur();
  expect(await field.inputValue()).toBe("16–18");
  await page.getByText("Schemat går att publicera.").waitFor();
  await choose("Lägg till någon", "Jonas");
  await page.getByLabel("Jonas, tisdag vecka 1").fill("9-12");
  await page
    .getByText(/Jonas är schemalagd på två platser/)
    .first()
    .waitFor();
  await page.getByText(/Jonas är inte godkänd av Karin/).waitFor();
  await press("Publicera");
  await page
    .getByText("Schemat är inte publicerat. Jonas är inte godkänd av Karin", { exact: false })
    .waitFor();
  const { body } = await ask(system, "/booking/offices/granhult/rotas", amina);
  expect(body.rotas).toMatchObject([{ status: "published" }]);
  expect(await faultsOf(page, "booking-rota-faults")).toEqual([]);
});

test("what was booked is counted by day, and each number leads to its meetings", async () => {
  await system.quiet();
  await page.goto(`${system.origin}/#/siffror`);
  const section = page.getByRole("region", { name: "Bokningar" });
  await section.getByText("tider är bokade på").waitFor();
  expect(await faultsOf(page, "figures-with-bookings")).toEqual([]);
  const row = section.getByRole("row").filter({ hasText: "Bokningar hos Bygglov" });
  await row.getByRole("link").first().click();
  await page.getByRole("heading", { name: "Bokningar hos Bygglov, i dag" }).waitFor();
  expect(await faultsOf(page, "figure-of-bookings")).toEqual([]);
  await page.locator(".counted a").first().click();
  await page.getByText("Rådgivning om bygglov").first().waitFor();
});
