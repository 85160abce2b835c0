import { PutCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Browser, Page } from "playwright-core";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import {
  bookingKey,
  guestSessionKey,
  ledgerKey,
  officeDayKey,
  personKey,
} from "../../services/booking/keys.ts";
import { faultsOf, openBrowser } from "../browser.ts";
import { change, startTestSystem } from "../system.ts";

let system: System;
let browser: Browser;
/** As citizens may have it: no script runs. */
let plain: Page;
/** For axe, which is a script. */
let looked: Page;
let bookings: string;
const requests: string[] = [];

beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), openBrowser()]);
  bookings = system.assembly.output("BookingTable");
  plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  looked = await (await browser.newContext()).newPage();
  for (const page of [plain, looked]) page.on("request", (request) => requests.push(request.url()));
  await put({
    ...personKey("anna"),
    person: "anna",
    name: "Anna Ek",
    unit: "bygglov",
    services: ["bygglov-radgivning", "vagledning", "ny-i-kommunen"],
    languages: ["sv", "fi"],
    manager: null,
    office: "kommunhuset",
    standIn: null,
    calendarUrl: null,
  });
  for (let ahead = 2; ahead < 20; ahead += 1) await offerDay(dateIn(ahead));
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

async function put(row: Record<string, unknown>): Promise<void> {
  await system.clients.dynamodb.send(new PutCommand({ TableName: bookings, Item: row }));
}

function dateIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

async function offerDay(date: string): Promise<void> {
  const open = { from: `${date}T08:00:00.000Z`, to: `${date}T14:00:00.000Z` };
  await put({
    ...officeDayKey("kommunhuset", date),
    office: "kommunhuset",
    date,
    bookable: [open],
    people: [{ person: "anna", ...open }],
  });
}

const aTime = /^\d\d:\d\d$/;
const times = (page: Page) => page.getByRole("button", { name: aTime });
const asa = "asa@example.org";

/** The latest mail to an address: what it says, and the meeting in it. */
async function mailTo(address: string) {
  await system.quiet();
  const sent = system.sent().filter(({ to }) => to.includes(address));
  const { subject = "", text = "", attachments } = await PostalMime.parse(sent.at(-1)?.raw ?? "");
  const [file] = attachments;
  const meeting =
    file === undefined ? "" : new TextDecoder().decode(file.content as ArrayBuffer).replaceAll(/\r?\n /g, "");
  // The last of each: the time zone before the meeting has a DTSTART too.
  const value = (name: string) =>
    [...meeting.matchAll(new RegExp(`^${name}[^:]*:(.*?)\r?$`, "gm"))].at(-1)?.[1];
  return { howMany: sent.length, subject, text, type: file?.mimeType, method: file?.method, meeting, value };
}

async function toTimes(page: Page): Promise<void> {
  await page.goto(`${system.origin}/b`);
  await page.getByRole("link", { name: "Rådgivning om bygglov" }).click();
  await page.getByRole("link", { name: "Kommunhuset" }).click();
  await times(page).first().waitFor();
}

test("a guest host's times are booked like any other, and it is said when one may come without", async () => {
  const date = dateIn(20);
  const open = { from: `${date}T08:00:00.000Z`, to: `${date}T14:00:00.000Z` };
  const hours = { from: `${date}T09:00:00.000Z`, to: `${date}T10:00:00.000Z` };
  await put({
    ...officeDayKey("kommunhuset", date),
    ...{ office: "kommunhuset", date, kind: "ordinary", evening: false, rev: 1, rooms: [] },
    ...{ open: [hours], bookable: [open], people: [{ person: "guest-energiradgivning", ...hours }] },
  });
  await put({
    ...guestSessionKey("kommunhuset", date, "energiradgivning"),
    ...{ service: "energiradgivning", date, hours: [{ from: "06:00", to: "20:00" }], visitors: "both" },
  });
  await plain.goto(`${system.origin}/b/energiradgivning/kommunhuset?fran=${date}`);
  await plain.getByRole("heading", { name: "Kom utan att boka" }).waitFor();
  const clock = new Date(hours.from).toLocaleTimeString("sv-SE", {
    timeZone: "Europe/Stockholm",
    hour: "2-digit",
    minute: "2-digit",
  });
  expect(await plain.getByRole("listitem").filter({ hasText: "–" }).textContent()).toContain(clock);
  await looked.goto(plain.url());
  expect(await faultsOf(looked, "booking-drop-in")).toEqual([]);
  await plain.getByRole("button", { name: clock }).click();
  await plain.getByLabel("Ditt namn").fill("Bo Ek");
  await plain.getByLabel("E-postadress").fill("bo-energi@example.org");
  await plain.getByRole("button", { name: "Boka tiden" }).click();
  await plain.getByText("Din tid är bokad.").waitFor();
  expect((await mailTo("bo-energi@example.org")).text).toContain("Du träffar: Energirådgivaren");
  expect((await fetch(`${system.origin}/b/advokatjour/kommunhuset`)).status).toBe(404);
});

test("two come to a meeting for a group: seats are held, booked and given back, and what is full is refused", async () => {
  const wish = { service: "ny-i-kommunen", office: "kommunhuset", startsAt: `${dateIn(19)}T08:00:00.000Z` };
  const jonas = { sub: "jonas" };
  await plain.goto(`${system.origin}/b/ny-i-kommunen/kommunhuset`);
  await plain.getByText("Just nu är inga träffar planerade.").waitFor();
  const host = await change(system, "/booking/bookings", jonas, { ...wish, key: "valkomna-alla" });
  expect(host.status).toBe(201);
  await plain.goto(`${system.origin}/b`);
  await plain.getByText("60 minuter, i grupp").waitFor();
  await plain.getByRole("link", { name: "Informationsmöte för nyinflyttade" }).click();
  await plain.getByRole("link", { name: "Kommunhuset" }).click();
  await plain.getByText("12 platser kvar").waitFor();
  await looked.goto(plain.url());
  expect(await faultsOf(looked, "booking-groups")).toEqual([]);
  await plain.getByLabel("Hur många kommer ni?").selectOption("2");
  await plain.locator("main ul button").click();
  await plain.getByRole("heading", { name: "Vem kommer?" }).waitFor();
  await plain.getByLabel("Ditt namn").fill("Ny Ek");
  await plain.getByLabel("E-postadress").fill("ny@example.org");
  await plain.getByRole("button", { name: "Boka tiden" }).click();
  await plain.getByText("Din tid är bokad.").waitFor();
  expect(await plain.locator("dl").textContent()).toContain("Hur många som kommer2");
  const own = plain.url().split("?")[0] ?? "";
  expect((await mailTo("ny@example.org")).howMany).toBe(1);
  // Seats are not moved: there is no page for it.
  expect(await plain.getByRole("link", { name: "Flytta till en annan tid" }).count()).toBe(0);
  const moved = await fetch(`${own}/flytta`, { redirect: "manual" });
  expect(moved.headers.get("location")).toBe(new URL(own).pathname);

  const nine = { ...wish, session: host.body.bookingId, seats: 9, key: "nio-till" };
  expect((await change(system, "/booking/bookings", jonas, nine)).status).toBe(201);
  await plain.getByRole("link", { name: "Boka en annan träff" }).click();
  await plain.getByText("1 plats kvar").waitFor();
  await plain.getByLabel("Hur många kommer ni?").selectOption("2");
  await plain.locator("main ul button").click();
  await plain.getByRole("heading", { name: "Så många platser finns inte kvar" }).waitFor();
  expect(await plain.getByLabel("Hur många kommer ni?").inputValue()).toBe("2");
  await plain.goto(`${own}/avboka`);
  await plain.getByRole("button", { name: "Ja, avboka" }).click();
  await plain.getByRole("heading", { name: "Tiden är avbokad" }).waitFor();
  await plain.goto(`${system.origin}/b/ny-i-kommunen/kommunhuset`);
  await plain.getByText("3 platser kvar").waitFor();
  // There is no line for a meeting for a group, and a meeting that is called off is gone.
  expect((await fetch(`${system.origin}/b/ny-i-kommunen/kommunhuset/ko`)).status).toBe(404);
  const off = `/booking/bookings/${host.body.bookingId}/cancel`;
  expect((await change(system, off, jonas, { version: host.body.version })).status).toBe(200);
  await plain.locator("main ul button").click();
  await plain.getByRole("heading", { name: "Den träffen är inställd" }).waitFor();
  await plain.getByText("Just nu är inga träffar planerade.").waitFor();
});

test("whoever gives a mobile's number alone is told by text message, through the gateway", async () => {
  await toTimes(plain);
  await times(plain).last().click();
  await plain.getByText("får en svensk mobil bekräftelsen som sms").waitFor();
  await plain.getByLabel("Ditt namn").fill("Bo Mobil");
  await plain.getByLabel("Telefonnummer").fill("070-174 06 17");
  await plain.getByRole("button", { name: "Boka tiden" }).click();
  await plain.getByText("Din tid är bokad. Du får också ett sms.").waitFor();
  const sms = await mailTo("46701740617@sms.example.se");
  expect(sms).toMatchObject({ howMany: 1, subject: "", type: undefined });
  const path = new URL(plain.url()).pathname;
  expect(sms.text.trim()).toMatch(
    new RegExp(
      `^Björkeby kommun: Bokad tid .*, Kommunhuset\\. Ändra eller avboka: https://arende\\.example\\.se${path}$`,
    ),
  );
  await plain.goto(`${system.origin}${path}/avboka`);
  await plain.getByRole("button", { name: "Ja, avboka" }).click();
  await plain.getByRole("heading", { name: "Tiden är avbokad" }).waitFor();
  expect((await mailTo("46701740617@sms.example.se")).text).toContain("är avbokad. Frågor: ");
});

test("a citizen books, gets a mail, moves and cancels by the link in it, without JavaScript", async () => {
  await toTimes(plain);
  await times(plain).first().click();
  await plain.getByRole("heading", { name: "Vem kommer?" }).waitFor();
  await plain.getByLabel("Ditt namn").fill("Åsa Öberg");
  await plain.getByRole("button", { name: "Boka tiden" }).click();
  await plain.getByRole("link", { name: "Skriv din e-postadress eller ditt telefonnummer" }).waitFor();
  expect(await plain.title()).toMatch(/^Fel: /);
  expect(await plain.getByLabel("Ditt namn").inputValue()).toBe("Åsa Öberg");
  await plain.getByLabel("E-postadress").fill(asa);
  await plain.getByRole("button", { name: "Boka tiden" }).click();
  await plain.getByText("Din tid är bokad.").waitFor();
  expect(await plain.getByText("Fastighetsbeteckning").count()).toBe(1);
  expect(await plain.getByText("Anna Ek").count()).toBe(1);

  const booked = await mailTo(asa);
  expect(booked).toMatchObject({ howMany: 1, type: "text/calendar", method: "REQUEST" });
  expect([booked.value("METHOD"), booked.value("SEQUENCE")]).toEqual(["REQUEST", "0"]);
  expect(booked.text).toContain("Du träffar: Anna Ek");
  const path = /https:\/\/arende\.example\.se(\/b\/m\/[a-z2-7]{52})/.exec(booked.text)?.[1] ?? "no link";
  const own = `${system.origin}${path}`;

  const file = await fetch(`${own}/kalender.ics`);
  expect(file.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  expect(await file.text()).toContain(`UID:${booked.value("UID")}`);

  await plain.goto(own);
  await plain.getByRole("link", { name: "Flytta till en annan tid" }).click();
  await plain.getByRole("link", { name: "Senare tider" }).first().click();
  await times(plain).first().click();
  await plain.getByText("Din tid är flyttad.").waitFor();
  const moved = await mailTo(asa);
  expect(moved).toMatchObject({ howMany: 2, method: "REQUEST" });
  expect([moved.value("UID"), moved.value("SEQUENCE")]).toEqual([booked.value("UID"), "1"]);
  expect(moved.value("DTSTART")).not.toBe(booked.value("DTSTART"));

  await looked.goto(`${own}/flytta`);
  expect(await faultsOf(looked, "booking-move")).toEqual([]);
  await looked.goto(own);
  expect(await faultsOf(looked, "booking-own")).toEqual([]);
  await looked.goto(`${own}/avboka`);
  expect(await faultsOf(looked, "booking-cancel")).toEqual([]);

  await plain.getByRole("link", { name: "Avboka" }).click();
  await plain.getByRole("button", { name: "Ja, avboka" }).click();
  await plain.getByRole("heading", { name: "Tiden är avbokad" }).waitFor();
  const cancelled = await mailTo(asa);
  expect(cancelled).toMatchObject({ howMany: 3, method: "CANCEL" });
  expect([cancelled.value("UID"), cancelled.value("SEQUENCE")]).toEqual([booked.value("UID"), "2"]);
  // Neither moved nor cancelled any more, whatever is asked.
  for (const act of ["flytta", "avboka", "kalender.ics"])
    expect((await fetch(`${own}/${act}`, { redirect: "manual" })).status).toBe(303);
  expect((await post(`${own}/avboka`, {})).status).toBe(303);
  await plain.goto(own);
  expect(await plain.getByRole("heading", { name: "Tiden är avbokad" }).count()).toBe(1);
  expect((await mailTo(asa)).howMany).toBe(3);
});

function post(url: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
}

test("whoever needs a language or a room without stairs sees only what fits", async () => {
  await toTimes(looked);
  expect(await faultsOf(looked, "booking-times")).toEqual([]);
  await looked.getByText("Språk, tillgänglighet").click();
  await looked.getByLabel("Språk som").selectOption("fi");
  await looked.getByLabel("Lokal utan trappor").check();
  await looked.getByRole("button", { name: "Visa tider som passar" }).click();
  expect(await times(looked).count()).toBeGreaterThan(0);
  expect(await faultsOf(looked, "booking-times-wishes")).toEqual([]);
  await looked.goto(`${system.origin}/b/bygglov-radgivning/granhult`);
  await looked.getByText("Inga lediga tider de här dagarna").waitFor();
  expect(await faultsOf(looked, "booking-times-none")).toEqual([]);
});

test("a time that was taken meanwhile is told, with three that can be booked; and one who holds too many waits", async () => {
  await toTimes(looked);
  await toTimes(plain);
  await times(plain).first().click();
  await plain.getByRole("heading", { name: "Vem kommer?" }).waitFor();
  await times(looked).first().click();
  await looked.getByRole("heading", { name: "Tiden hann bli tagen" }).waitFor();
  expect(await faultsOf(looked, "booking-taken")).toEqual([]);
  const nearest = looked.getByRole("alert").getByRole("button");
  expect(await nearest.count()).toBe(3);
  await nearest.first().click();
  await looked.getByRole("heading", { name: "Vem kommer?" }).waitFor();
  expect(await faultsOf(looked, "booking-who")).toEqual([]);
  await looked.getByRole("button", { name: "Boka tiden" }).click();
  await looked.getByText("Tiden är inte bokad än").waitFor();
  expect(await faultsOf(looked, "booking-who-error")).toEqual([]);

  await toTimes(plain);
  await times(plain).last().click();
  await plain.getByRole("heading", { name: "Vem kommer?" }).waitFor();
  const third = plain.url();
  await toTimes(looked);
  await times(looked).first().click();
  await looked.getByRole("heading", { name: "Vänta en stund" }).waitFor();
  expect(await faultsOf(looked, "booking-too-many")).toEqual([]);
  // Whoever lets one go may have another.
  await plain.getByRole("button", { name: "Välj en annan tid" }).click();
  await times(plain).last().click();
  await plain.getByRole("heading", { name: "Vem kommer?" }).waitFor();
  expect(plain.url()).not.toBe(third);
});

test("a hold that ran out books nothing; what was typed goes along to the next time", async () => {
  await plain.getByLabel("Ditt namn").fill("Bo Ek");
  await plain.getByLabel("Telefonnummer").fill("070-174 06 05");
  await runOut();
  await plain.getByRole("button", { name: "Boka tiden" }).click();
  await plain.getByRole("heading", { name: "Tiden hölls inte längre" }).waitFor();
  await looked.goto(plain.url());
  expect(await faultsOf(looked, "booking-expired")).toEqual([]);
  await plain.getByRole("button").first().click();
  await plain.getByText("Din tid är bokad.").waitFor();
});

/** As if the minutes of all that are held had gone by. */
async function runOut(): Promise<void> {
  const { dynamodb } = system.clients;
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: bookings }));
  for (const { bookingId, ledgers } of Items.filter(({ status }) => status === "held")) {
    await dynamodb.send(
      new UpdateCommand({
        TableName: bookings,
        Key: bookingKey(bookingId),
        UpdateExpression: "SET heldUntil = :past",
        ExpressionAttributeValues: { ":past": "2020-01-01T00:00:00.000Z" },
      }),
    );
    for (const { resource, date } of ledgers) {
      await dynamodb.send(
        new UpdateCommand({
          TableName: bookings,
          Key: ledgerKey(resource, date),
          UpdateExpression: "SET entries.#id.u = :past",
          ExpressionAttributeNames: { "#id": bookingId },
          ExpressionAttributeValues: { ":past": 1 },
        }),
      );
    }
  }
}

test("a form sent twice is one booking", async () => {
  await toTimes(plain);
  const form = plain.locator("form[method=post]").first();
  const fields = {
    form: await form.locator("input[name=form]").inputValue(),
    tid: (await times(plain).nth(3).getAttribute("value")) ?? "",
  };
  const there = `${system.origin}/b/bygglov-radgivning/kommunhuset`;
  const [one, other] = await Promise.all([post(there, fields), post(there, fields)]);
  const own = one.headers.get("location");
  expect([one.status, other.status, other.headers.get("location")]).toEqual([303, 303, own]);
  const who = { namn: "Åsa Öberg", epost: "twice@example.org" };
  const confirmed = await Promise.all([1, 2].map(() => post(`${system.origin}${own}`, who)));
  expect(confirmed.map(({ status }) => status)).toEqual([303, 303]);
  expect((await mailTo("twice@example.org")).howMany).toBe(1);
});

test("a guess, half a link and a secret service are all the very same page", async () => {
  const shown = async (path: string) => {
    const answer = await fetch(`${system.origin}${path}`);
    return [answer.status, await answer.text()];
  };
  const own = new URL((await bookedBy("gissa@example.org")).own);
  // Back to the form: what it led to is shown, and nothing is booked again.
  await plain.goBack();
  await plain.getByRole("heading", { name: "Din bokade tid" }).waitFor();
  const last = own.pathname.at(-1) === "a" ? "q" : "a";
  const unknown = await shown(`/b/m/${"a".repeat(52)}`);
  expect(unknown[0]).toBe(404);
  for (const path of [
    `${own.pathname.slice(0, -1)}${last}`,
    own.pathname.slice(0, -9),
    "/b/ekonomiskt-bistand",
    "/b/ekonomiskt-bistand/kommunhuset",
    "/b/finns-inte",
    "/b/vagledning/masten",
    `${own.pathname}/okand`,
  ])
    expect(await shown(path)).toEqual(unknown);
  expect((await post(`${system.origin}/b`, {})).status).toBe(404);
  await looked.goto(`${system.origin}/b/m/${"a".repeat(52)}`);
  expect(await faultsOf(looked, "booking-no-link")).toEqual([]);
});

test("of a secret service neither the mail nor the page says more than when and where", async () => {
  const date = dateIn(5);
  const whole = { from: `${date}T08:00:00.000Z`, to: `${date}T14:00:00.000Z` };
  await put({
    ...officeDayKey("kommunhuset", date),
    office: "kommunhuset",
    date,
    bookable: [whole],
    people: [{ person: "sara", ...whole }],
  });
  await put({
    ...personKey("sara"),
    person: "sara",
    name: "Sara Sol",
    unit: "ifo-mottagning",
    services: ["ekonomiskt-bistand"],
    languages: ["sv"],
    manager: null,
    office: "kommunhuset",
    standIn: null,
    calendarUrl: null,
  });
  const address = "tyst@example.org";
  const { status } = await change(
    system,
    "/booking/bookings",
    { sub: "amina" },
    {
      key: "a secret one",
      service: "ekonomiskt-bistand",
      office: "kommunhuset",
      startsAt: `${date}T09:00:00.000Z`,
      party: { name: "Åsa Öberg", email: address, phone: null, about: null },
    },
  );
  expect(status).toBe(201);
  const telling = /bistånd|Sara|Besöksrum|Legitimation|Åsa/i;
  const { subject, text, meeting, value } = await mailTo(address);
  expect(`${subject} ${text} ${meeting}`).not.toMatch(telling);
  expect(value("SUMMARY")).toBe("Bokat möte");
  const path = /https:\/\/arende\.example\.se(\/b\/m\/[a-z2-7]{52})/.exec(text)?.[1] ?? "no link";
  await plain.goto(`${system.origin}${path}`);
  await plain.getByRole("heading", { name: "Din bokade tid" }).waitFor();
  expect(await plain.content()).not.toMatch(telling);
  await plain.getByRole("link", { name: "Flytta till en annan tid" }).click();
  await times(plain).first().waitFor();
  expect(await plain.content()).not.toMatch(telling);
});

/** A booking that is made, and its own page. */
async function bookedBy(address: string): Promise<{ own: string }> {
  await toTimes(plain);
  await times(plain).last().click();
  await plain.getByLabel("Ditt namn").fill("Åsa Öberg");
  await plain.getByLabel("E-postadress").fill(address);
  await plain.getByRole("button", { name: "Boka tiden" }).click();
  await plain.getByText("Din tid är bokad.").waitFor();
  return { own: plain.url() };
}

test("the pages are safe, light and ask nobody else; and no function asked for more than it may", async () => {
  await looked.goto(`${system.origin}/b`);
  expect(await looked.getByRole("link", { name: "ekonomiskt" }).count()).toBe(0);
  expect(await faultsOf(looked, "booking-services")).toEqual([]);
  await looked.goto(`${system.origin}/b/bygglov-radgivning`);
  expect(await faultsOf(looked, "booking-places")).toEqual([]);
  const answer = await fetch(`${system.origin}/b/bygglov-radgivning/kommunhuset`);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
  expect(Buffer.byteLength(await answer.text())).toBeLessThan(30_000);
  expect(requests.filter((url) => !url.startsWith(system.origin))).toEqual([]);
  await system.quiet();
  expect(system.door.refusals()).toEqual([]);
});
