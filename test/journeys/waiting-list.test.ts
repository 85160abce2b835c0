import { PutCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Browser, Page } from "playwright-core";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { ledgerKey, officeDayKey, personKey } from "../../services/booking/keys.ts";
import { faultsOf, openBrowser, pageOf } from "../browser.ts";
import { ask, change, startTestSystem } from "../system.ts";

/** People are told by day: the functions' clock says noon, whenever this runs. */
const noon = new Date(`${new Date().toISOString().slice(0, 10)}T11:00:00Z`);
let system: System;
let browser: Browser;
/** As citizens may have it: no script runs. */
let plain: Page;
/** For axe, which is a script. */
let looked: Page;
let bookings: string;
/** The only day with a time, and it has one. */
const date = dateIn(8);
const times = `/b/bygglov-radgivning/kommunhuset`;
const person = (id: string, service: string, unit: string) => ({
  ...personKey(id),
  person: id,
  name: "Anna Ek",
  unit,
  services: [service],
  languages: ["sv", "fi"],
  manager: null,
  office: "kommunhuset",
  standIn: null,
  calendarUrl: null,
});

beforeAll(async () => {
  process.env["CLOCK_OFFSET_MS"] = String(noon.getTime() - Date.now());
  [system, browser] = await Promise.all([startTestSystem(), openBrowser()]);
  delete process.env["CLOCK_OFFSET_MS"];
  bookings = system.assembly.output("BookingTable");
  plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  looked = await (await browser.newContext()).newPage();
  await put(person("anna", "bygglov-radgivning", "bygglov"));
  await offer(date, "08:00", "08:45");
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

async function put(row: Record<string, unknown>): Promise<void> {
  await system.clients.dynamodb.send(new PutCommand({ TableName: bookings, Item: row }));
}

function dateIn(days: number): string {
  return new Date(noon.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

async function offer(day: string, from: string, to: string, who = "anna"): Promise<void> {
  const open = { from: `${day}T${from}:00.000Z`, to: `${day}T${to}:00.000Z` };
  await put({
    ...officeDayKey("kommunhuset", day),
    office: "kommunhuset",
    date: day,
    bookable: [open],
    people: [{ person: who, ...open }],
  });
}

async function mailsTo(address: string) {
  await system.quiet();
  const sent = system.sent().filter(({ to }) => to.includes(address));
  const { subject = "", text = "" } = await PostalMime.parse(sent.at(-1)?.raw ?? "");
  const path = /https:\/\/arende\.example\.se(\/b\/[km]\/[a-z2-7]{52})/.exec(text)?.[1] ?? "no link";
  return { howMany: sent.length, subject, text, link: `${system.origin}${path}` };
}

/** The twice-hourly round. */
async function round(): Promise<void> {
  await system.hostOf("booking/day-round").invoke({});
  await system.quiet();
}

/** As if the time for which what was given back rests had gone by. */
async function releaseDelayGone(): Promise<void> {
  for (const resource of ["person:anna", "room:kommunhuset-12", "room:kommunhuset-14"] as const) {
    const Key = ledgerKey(resource, date);
    const { Items = [] } = await system.clients.dynamodb.send(new ScanCommand({ TableName: bookings }));
    const row = Items.find(({ pk, sk }) => pk === Key.pk && sk === Key.sk);
    for (const id of Object.keys(row?.["entries"] ?? {}).filter((one) => one.startsWith("r-")))
      await system.clients.dynamodb.send(
        new UpdateCommand({
          TableName: bookings,
          Key,
          UpdateExpression: "SET entries.#id.u = :past",
          ExpressionAttributeNames: { "#id": id },
          ExpressionAttributeValues: { ":past": 1 },
        }),
      );
  }
}

async function waiting() {
  return (await ask(system, "/booking/waiting", { sub: "amina" })).body.waiting;
}

async function book(page: Page, email: string): Promise<void> {
  await page.getByLabel("Ditt namn").fill("Åsa Öberg");
  await page.getByLabel("E-postadress").fill(email);
  await page.getByRole("button", { name: "Boka tiden" }).click();
  await page.getByText("Din tid är bokad.").waitFor();
}

async function getInLine(page: Page, email: string): Promise<void> {
  await page.goto(`${system.origin}${times}`);
  await page.getByRole("link", { name: "Ställ dig i kö för en tid" }).first().click();
  await page.getByLabel("E-postadress").fill(email);
  await page.getByRole("button", { name: "Ställ mig i kö" }).click();
  await page.getByText("Nu står du i kö.").waitFor();
}

const aTime = /\d\d:\d\d/;
const asa = "asa@example.org";

test("no time, in line, somebody cancels, told, booked, and no longer in line; without JavaScript", async () => {
  await plain.goto(`${system.origin}${times}?fran=${date}`);
  expect(await plain.getByRole("heading", { name: "Passar ingen tid?" }).count()).toBe(1);
  await looked.goto(`${system.origin}${times}?fran=${date}`);
  expect(await faultsOf(looked, "waiting-times")).toEqual([]);
  await plain.getByRole("button", { name: aTime }).first().click();
  await book(plain, "bo@example.org");
  const bos = plain.url();

  await plain.goto(`${system.origin}${times}`);
  await plain.getByText("Inga lediga tider de här dagarna").waitFor();
  await looked.goto(`${system.origin}${times}`);
  expect(await faultsOf(looked, "waiting-none")).toEqual([]);
  await plain.getByRole("link", { name: "Ställ dig i kö för en tid" }).click();
  await plain.getByLabel("E-postadress").fill("asa@");
  await plain.getByRole("button", { name: "Ställ mig i kö" }).click();
  await plain.getByRole("link", { name: "Skriv e-postadressen som namn@exempel.se" }).waitFor();
  await plain.getByLabel("E-postadress").fill(asa);
  await plain.getByRole("button", { name: "Ställ mig i kö" }).click();
  await plain.getByText("Nu står du i kö.").waitFor();
  const started = await mailsTo(asa);
  expect(started).toMatchObject({ howMany: 1, subject: "Du står i kö för en tid" });
  expect(started.link).toBe(new URL(plain.url().replace("?i-ko", "")).href);
  await looked.goto(`${system.origin}${times}/ko`);
  expect(await faultsOf(looked, "waiting-form")).toEqual([]);
  await looked.getByRole("button", { name: "Ställ mig i kö" }).click();
  await looked.getByText("Du står inte i kö än").waitFor();
  expect(await faultsOf(looked, "waiting-form-error")).toEqual([]);
  await looked.goto(`${started.link}?i-ko`);
  expect(await faultsOf(looked, "waiting-own")).toEqual([]);
  await getInLine(plain, "second@example.org");

  await plain.goto(`${bos}/avboka`.replace("?bokad", ""));
  await plain.getByRole("button", { name: "Ja, avboka" }).click();
  await plain.getByRole("heading", { name: "Tiden är avbokad" }).waitFor();
  await round();
  expect((await mailsTo(asa)).howMany).toBe(1);
  await releaseDelayGone();
  await round();
  await round();
  const told = await mailsTo(asa);
  expect(told.howMany).toBe(2);
  expect(told.subject).toMatch(/^En tid är ledig: /);
  expect(told.link).toBe(started.link);
  expect((await mailsTo("second@example.org")).howMany).toBe(1);
  expect(await waiting()).toMatchObject([
    { told: [{}], contact: { email: asa } },
    { told: [], contact: { email: "second@example.org" } },
  ]);

  await looked.goto(told.link);
  expect(await faultsOf(looked, "waiting-free")).toEqual([]);
  await plain.goto(told.link);
  await plain.getByRole("button", { name: aTime }).first().click();
  await plain.getByRole("heading", { name: "Vem kommer?" }).waitFor();
  // Not this one after all: back to the place in line, which is still theirs.
  await plain.getByRole("button", { name: "Välj en annan tid" }).click();
  await plain.getByRole("heading", { name: "Du står i kö" }).waitFor();
  await plain.getByRole("button", { name: aTime }).first().click();
  await book(plain, asa);
  expect(await mailsTo(asa)).toMatchObject({
    howMany: 3,
    subject: expect.stringContaining("Din bokade tid"),
  });
  await plain.goto(told.link);
  await plain.getByText("Du har fått en tid.").waitFor();
  await looked.goto(told.link);
  expect(await faultsOf(looked, "waiting-ended")).toEqual([]);
  expect(await waiting()).toMatchObject([{ contact: { email: "second@example.org" } }]);
});

test("whoever does not wait any longer leaves by the link, once; a guess is the page of nothing", async () => {
  const { link } = await mailsTo("second@example.org");
  await plain.goto(link);
  await plain.getByText("Ingen tid är ledig just nu").waitFor();
  await plain.getByRole("button", { name: "Jag väntar inte längre" }).click();
  await plain.getByText("Vi hör inte av oss mer om det här.").waitFor();
  expect((await fetch(`${link}/lamna`, { method: "POST", redirect: "manual" })).status).toBe(303);
  expect(await waiting()).toEqual([]);
  const answer = async (url: string) => {
    const got = await fetch(url);
    return [got.status, await got.text()];
  };
  const unknown = await answer(`${system.origin}/b/k/${"a".repeat(52)}`);
  expect(unknown[0]).toBe(404);
  const bookings_ = (await mailsTo(asa)).link.replace("/b/m/", "/b/k/");
  expect(await answer(bookings_)).toEqual(unknown);
  expect(await answer(link.replace("/b/k/", "/b/m/"))).toEqual(unknown);
  expect(await answer(`${system.origin}/b/ekonomiskt-bistand/kommunhuset/ko`)).toEqual(unknown);
});

test("whoever has a time waits for an earlier one, and is moved to it", async () => {
  const booked = (await mailsTo(asa)).link;
  await plain.goto(`${booked}/flytta`);
  await plain.getByRole("link", { name: "Ställ dig i kö för en tidigare tid" }).first().click();
  await plain.getByLabel("E-postadress").fill(asa);
  await plain.getByRole("button", { name: "Ställ mig i kö" }).click();
  await plain.getByText("Nu står du i kö.").waitFor();
  await offer(dateIn(6), "09:00", "09:45");
  await round();
  const told = await mailsTo(asa);
  expect(told.subject).toMatch(/^En tid är ledig: /);
  await plain.goto(told.link);
  await plain.getByRole("button", { name: aTime }).click();
  await plain.getByText("Din tid är flyttad.").waitFor();
  expect(await waiting()).toEqual([]);
});

test("whoever has a time with an interpreter waits for an earlier one with an interpreter, and gets it", async () => {
  const email = "tolk@example.org";
  await offer(dateIn(9), "08:00", "08:45");
  await plain.goto(`${system.origin}${times}?fran=${dateIn(9)}&tolk=so`);
  await plain.getByRole("button", { name: aTime }).first().click();
  await book(plain, email);
  await plain.goto((await mailsTo(email)).link);
  await plain.getByText("somaliska").waitFor();
  await plain.getByRole("link", { name: "Flytta till en annan tid" }).click();
  await plain.getByRole("link", { name: "Ställ dig i kö för en tidigare tid" }).first().click();
  expect(await plain.getByLabel("Tolk (kostar inget)").inputValue()).toBe("so");
  await plain.getByLabel("E-postadress").fill(email);
  await plain.getByRole("button", { name: "Ställ mig i kö" }).click();
  await plain.getByText("somaliska").waitFor();
  await offer(dateIn(4), "09:00", "09:45");
  await round();
  const told = await mailsTo(email);
  await plain.goto(told.link);
  await plain.getByRole("button", { name: aTime }).first().click();
  await plain.getByText("Din tid är flyttad.").waitFor();
  await plain.getByText("somaliska").waitFor();
});

test("one address waits for three times and no more", async () => {
  for (const _ of [1, 2, 3]) await getInLine(plain, "many@example.org");
  await plain.goto(`${system.origin}${times}/ko`);
  await plain.getByLabel("E-postadress").fill("Many@example.org");
  await plain.getByRole("button", { name: "Ställ mig i kö" }).click();
  await plain.getByRole("heading", { name: "Du står redan i kö" }).waitFor();
  expect((await waiting()).length).toBe(3);
});

test("an agent puts a caller in line; the list keeps who waits for a secret service for its unit", async () => {
  const wish = {
    key: "a caller in line",
    service: "ekonomiskt-bistand",
    office: "kommunhuset",
    from: dateIn(1),
    to: dateIn(20),
    contact: { name: "Hemlig Prov", email: "tyst@example.org", phone: "070-174 06 05" },
  };
  const made = await change(system, "/booking/waiting", { sub: "ifo" }, wish);
  expect(made.status).toBe(201);
  const { text, subject } = await mailsTo("tyst@example.org");
  expect(`${subject} ${text}`).not.toMatch(/bistånd|Hemlig/i);
  const shown = async (sub: string) => (await ask(system, "/booking/waiting", { sub })).body.waiting.at(-1);
  expect(await shown("amina")).toMatchObject({ hidden: true, service: null, contact: null });
  expect(await shown("ifo")).toMatchObject({ hidden: false, contact: { name: "Hemlig Prov" } });
  const { waitingId } = made.body;
  const path = `/booking/waiting/${waitingId}/remove`;
  expect((await change(system, path, { sub: "amina" }, { version: 1 })).status).toBe(404);
  expect((await change(system, path, { sub: "ifo" }, { version: 2 })).status).toBe(409);
  expect((await change(system, path, { sub: "ifo" }, { version: 1 })).body.status).toBe("removed");

  const page = await pageOf(browser, system.origin, "Amina", "#/bokning/boka");
  await page.getByLabel("Vad gäller mötet?").selectOption({ label: "Rådgivning om bygglov, 45 min" });
  await page.getByRole("button", { name: "Ställ i kö …" }).click();
  await page.getByLabel("E-post", { exact: true }).fill("ring@example.org");
  expect(await faultsOf(page, "waiting-agent")).toEqual([]);
  await page.getByRole("button", { name: "Ställ i kö", exact: true }).click();
  await page.locator(".notice").getByText("står i kö").waitFor();
  await page.getByRole("link", { name: "Väntelista" }).click();
  const inList = page.getByText("ring@example.org", { exact: true });
  await inList.waitFor();
  expect(await faultsOf(page, "waiting-list")).toEqual([]);
  const row = page.getByRole("listitem").filter({ hasText: "ring@example.org" });
  await row.getByRole("button", { name: "Ta bort" }).click();
  await inList.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Ångra" }).click();
  await inList.waitFor();
  expect((await mailsTo("ring@example.org")).howMany).toBe(1);
});

test("no function asked for more than it may", async () => {
  await system.quiet();
  expect(system.door.refusals()).toEqual([]);
});
