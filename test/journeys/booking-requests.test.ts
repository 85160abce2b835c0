import type { Browser, Page } from "playwright-core";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { type OpenOffice, openKommunhuset } from "../../provbank/offices.ts";
import { faultsOf, openBrowser, pageOf } from "../browser.ts";
import { ask, change, startTestSystem } from "../system.ts";

const amina = { sub: "amina" };
const omar = { sub: "avfall" };
let system: System;
let browser: Browser;
let plain: Page;
let place: OpenOffice;
beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), openBrowser()]);
  plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  place = await openKommunhuset(system);
  const { people } = (await ask(system, "/booking/people", amina)).body;
  const known = people.find(({ person }: { person: string }) => person === "amina");
  const person = { ...known, interprets: ["ar"], calendarUrl: null };
  await change(system, "/booking/people/amina", { sub: "chef" }, { person }, "PUT");
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

/** The mails to an address: subject, text and the state of the meeting in the calendar file. */
async function mailsTo(address: string) {
  await system.quiet();
  const sent = system.sent().filter(({ to }) => to.includes(address));
  return await Promise.all(
    sent.map(async ({ raw }) => {
      const { subject = "", text = "", attachments } = await PostalMime.parse(raw);
      const file = new TextDecoder().decode(attachments[0]?.content as ArrayBuffer);
      const value = (name: string) => new RegExp(`^${name}:(.*?)\r?$`, "m").exec(file)?.[1];
      const status = [...file.matchAll(/^STATUS:(.*?)\r?$/gm)].at(-1)?.[1];
      return { subject, text, sequence: value("SEQUENCE"), status };
    }),
  );
}

/** A citizen asks for the hall on our pages; the request as the unit sees it. */
async function asked(email: string) {
  await plain.goto(`${system.origin}/b/motesrum/kommunhuset`);
  await plain
    .getByRole("button", { name: /^\d\d:\d\d$/ })
    .first()
    .click();
  await plain.getByLabel("Ditt namn").fill("Åsa Prov");
  await plain.getByLabel("E-postadress").fill(email);
  await plain.getByRole("button", { name: "Boka tiden" }).click();
  await plain.getByRole("heading", { name: "Vi har tagit emot din förfrågan" }).waitFor();
  // Mails may overtake each other: nobody answers in the same second.
  await system.quiet();
  const { requests } = (await ask(system, "/booking/pending", amina)).body;
  return requests.find((one: { party: { email: string } }) => one.party.email === email);
}

describe("a hall that somebody asks for", () => {
  test("is kept, answered by its unit and by no other, and is theirs when it says yes", async () => {
    const request = await asked("asa@example.org");
    expect(request).toMatchObject({ status: "requested", mayDecide: true, decision: null });
    const path = `/booking/bookings/${request.bookingId}`;
    const { version } = request;
    const others = await change(system, `${path}/approve`, omar, { version });
    expect([others.status, others.body.error.code]).toEqual([403, "not-your-unit"]);
    const taken = await change(system, "/booking/bookings", amina, {
      key: "vill-ha-samma",
      service: "motesrum",
      office: "kommunhuset",
      startsAt: request.startsAt,
    });
    expect(taken.body.error.code).toBe("taken");
    const yes = await change(system, `${path}/approve`, amina, { version });
    expect([yes.status, yes.body.status, yes.body.decision.by]).toEqual([200, "confirmed", "Amina"]);
    const again = await change(system, `${path}/approve`, amina, { version });
    expect([again.status, again.body.error.code]).toEqual([409, "changed"]);
    expect((await ask(system, "/booking/pending", amina)).body.requests).toEqual([]);
    const mails = await mailsTo("asa@example.org");
    expect(mails.map(({ sequence, status }) => [sequence, status])).toEqual([
      ["0", "TENTATIVE"],
      ["1", "CONFIRMED"],
    ]);
    expect(mails[0]?.text).toContain("Tiden hålls åt dig tills vi har svarat.");
    expect(mails[1]?.text).toContain("Vi har sagt ja");
    await change(system, `${path}/cancel`, amina, { version: yes.body.version });
  });

  test("is given back by whoever asked, by their link, and waits for no answer any more", async () => {
    const request = await asked("eva@example.org");
    await plain.goto(`${plain.url().split("?")[0]}/avboka`);
    await plain.getByRole("button", { name: "Ja, avboka" }).click();
    await plain.getByRole("heading", { name: "Tiden är avbokad" }).waitFor();
    const { body } = await ask(system, `/booking/bookings/${request.bookingId}`, amina);
    expect(body.status).toBe("cancelled");
    expect((await ask(system, "/booking/pending", amina)).body.requests).toEqual([]);
  });

  test("and does not get is told why, and the time is free again", async () => {
    const request = await asked("bo@example.org");
    const path = `/booking/bookings/${request.bookingId}`;
    const short = await change(system, `${path}/decline`, amina, { version: request.version, reason: " " });
    expect(short.status).toBe(400);
    const reason = "Salen är stängd för ombyggnad den veckan.";
    const no = await change(system, `${path}/decline`, amina, { version: request.version, reason });
    expect([no.body.status, no.body.decision.reason]).toEqual(["cancelled", reason]);
    const mails = await mailsTo("bo@example.org");
    expect(mails.at(-1)).toMatchObject({ sequence: "1", status: "CANCELLED" });
    expect(mails.at(-1)?.text).toContain(`Varför: ${reason}`);
    const free = await ask(
      system,
      `/booking/free-times?service=motesrum&office=kommunhuset&from=${request.startsAt.slice(0, 10)}&to=${request.startsAt.slice(0, 10)}`,
      amina,
    );
    expect(free.body.times.map(({ startsAt }: { startsAt: string }) => startsAt)).toContain(request.startsAt);
  });
});

test("both wait on one page, and are answered there by keyboard or mouse", async () => {
  const page = await pageOf(browser, system.origin, "Amina", "#/bokning/att-svara");
  await page.getByText("Inget väntar på svar").waitFor();
  expect(await faultsOf(page, "booking-pending-empty")).toEqual([]);
  await asked("cilla@example.org");
  await asked("dan@example.org");
  const meeting = { key: "tolk-i-konsolen", service: place.service, office: place.office };
  const more = { startsAt: place.times[3], interpreter: "fa" };
  expect((await change(system, "/booking/bookings", omar, { ...meeting, ...more })).status).toBe(201);
  await page.reload();
  await page.getByRole("heading", { name: "Ja eller nej" }).waitFor();
  await page.getByRole("button", { name: "Säg nej …" }).first().click();
  await page.getByRole("button", { name: "Skicka nej" }).click();
  await page.getByText("Skriv varför, så att den som frågar förstår.").waitFor();
  expect(await faultsOf(page, "booking-pending")).toEqual([]);
  await page.getByLabel("Varför inte?").fill("Salen är redan lovad bort.");
  await page.getByRole("button", { name: "Skicka nej" }).press("Enter");
  await page.locator(".notice").getByText("Nej är svarat.", { exact: false }).waitFor();
  await page.getByRole("button", { name: "Säg ja" }).press("Enter");
  await page.locator(".notice").getByText("Bokningen är godkänd.", { exact: false }).waitFor();
  await page.getByLabel("Beställningsnummer").fill("T-77");
  await page.keyboard.press("Enter");
  await page.locator(".notice").getByText("Tolken är beställd.").waitFor();
  await page.getByText("Inget väntar på svar").waitFor();
});

test("a unit is told in its mailbox that somebody asks, and never who or for what", async () => {
  const { people } = (await ask(system, "/booking/people", amina)).body;
  const eva = people.find(({ person }: { person: string }) => person === "bygglov");
  const person = { ...eva, services: [...eva.services, "tekniskt-samrad"], calendarUrl: null };
  await change(system, "/booking/people/bygglov", { sub: "chef" }, { person }, "PUT");
  const samrad = {
    key: "samrad-for-asa",
    service: "tekniskt-samrad",
    office: place.office,
    startsAt: place.times[1],
    party: { name: "Åsa Prov", email: "samrad@example.org", phone: null, about: "Garage" },
  };
  const made = await change(system, "/booking/bookings", amina, samrad);
  expect([made.body.status, made.body.mayDecide]).toEqual(["requested", false]);
  expect((await change(system, "/booking/bookings", amina, samrad)).body.bookingId).toBe(made.body.bookingId);
  await system.quiet();
  const mailbox = "bygglov@example.se";
  const notices = system.sent().filter(({ to }) => to.includes(mailbox));
  expect(notices).toHaveLength(1);
  const { subject, text = "" } = await PostalMime.parse(notices[0]?.raw ?? "");
  expect(subject).toBe("En bokning väntar på ert svar");
  expect(text).toContain("#/bokning/att-svara");
  expect(`${subject} ${text}`).not.toMatch(/Åsa|Garage|samråd/i);
  const path = `/booking/bookings/${made.body.bookingId}`;
  const yes = await change(system, `${path}/approve`, { sub: "bygglov" }, { version: 1 });
  expect(yes.body.status).toBe("confirmed");
  await change(system, `${path}/cancel`, amina, { version: yes.body.version });
});

describe("an interpreter", () => {
  const meeting = (nth: number, interpreter: string) =>
    change(system, "/booking/bookings", omar, {
      key: `tolkat-${interpreter}-${nth}`,
      service: place.service,
      office: place.office,
      startsAt: place.times[nth],
      interpreter,
    });

  test("is a colleague who is free; she is not to be had for anything else meanwhile", async () => {
    const made = await meeting(0, "ar");
    expect(made.body.interpreter).toEqual({ language: "ar", person: "amina", ordered: null, toOrder: false });
    const other = await change(system, "/booking/bookings", omar, {
      key: "amina-sjalv",
      service: "vagledning",
      office: place.office,
      startsAt: place.times[0],
      person: "amina",
    });
    expect(other.body.error.code).toBe("taken");
    const { interpreters } = (await ask(system, "/booking/pending", amina)).body;
    expect(interpreters).toEqual([]);
  });

  test("from outside is ordered by hand, again when the time is moved, and called off with the meeting", async () => {
    const made = await meeting(2, "fa");
    const path = `/booking/bookings/${made.body.bookingId}`;
    const pending = async () =>
      (await ask(system, "/booking/pending", amina)).body.interpreters.map(
        ({ bookingId, status }: { bookingId: string; status: string }) => [bookingId, status],
      );
    expect(made.body.interpreter).toEqual({ language: "fa", person: null, ordered: null, toOrder: true });
    expect(await pending()).toEqual([[made.body.bookingId, "confirmed"]]);
    const ordered = await change(system, `${path}/interpreter`, amina, { version: 1, reference: "T-1" });
    expect(ordered.body.interpreter).toMatchObject({ ordered: { reference: "T-1" }, toOrder: false });
    expect(await pending()).toEqual([]);
    const twice = await change(system, `${path}/interpreter`, amina, { version: 2, reference: "T-1" });
    expect(twice.body.error.code).toBe("wrong-status");
    const to = { version: 2, office: place.office, startsAt: place.times[4] };
    const moved = await change(system, `${path}/move`, amina, to);
    expect(moved.body.interpreter).toMatchObject({ language: "fa", toOrder: true });
    const reordered = await change(system, `${path}/interpreter`, amina, { version: 3, reference: "T-2" });
    expect(reordered.body.interpreter.ordered).toEqual({ reference: "T-2", startsAt: place.times[4] });
    await change(system, `${path}/cancel`, amina, { version: 4 });
    expect(await pending()).toEqual([[made.body.bookingId, "cancelled"]]);
    const off = await change(system, `${path}/interpreter`, amina, { version: 5, reference: "T-2" });
    expect([off.body.interpreter.ordered, await pending()]).toEqual([null, []]);
  });

  test("into a language that nobody has is no time to be had", async () => {
    expect((await meeting(6, "is")).body.error.code).toBe("taken");
  });
});

describe("a series", () => {
  /** A time that can be had, and so can the one a week later: weeks with red days are passed over. */
  async function bothThisWeekAndTheNext(): Promise<string | undefined> {
    const to = new Date(Date.parse(place.date) + 13 * 86_400_000).toISOString().slice(0, 10);
    const query = `service=motesrum&office=${place.office}&from=${place.date}&to=${to}`;
    const { times } = (await ask(system, `/booking/free-times?${query}`, amina)).body;
    const clock = {
      timeZone: "Europe/Stockholm",
      weekday: "long",
      hour: "numeric",
      minute: "numeric",
    } as const;
    const alike = Map.groupBy(times as { startsAt: string }[], ({ startsAt }) =>
      new Date(startsAt).toLocaleString("sv-SE", clock),
    );
    return [...alike.values()].find(({ length }) => length === 2)?.[0]?.startsAt;
  }

  test("whose first time is taken is told of with the first that could be had", async () => {
    const startsAt = await bothThisWeekAndTheNext();
    const hall = { service: "motesrum", office: place.office, startsAt };
    const first = await change(system, "/booking/bookings", amina, { ...hall, key: "salen-ar-tagen" });
    const party = { name: null, email: "andra@example.org", phone: null, about: null };
    const more = { key: "serie-utan-forsta", party, everyWeeks: 1, times: 3 };
    const made = await change(system, "/booking/series", omar, { ...hall, ...more });
    const [taken, second] = made.body.occurrences;
    expect([taken.refused, taken.alternatives.length > 0, second.refused]).toEqual(["taken", true, null]);
    const mails = await mailsTo("andra@example.org");
    expect(mails).toHaveLength(1);
    const path = `/booking/bookings/${second.booking.bookingId}/cancel-following`;
    await change(system, path, omar, {});
    await change(system, `/booking/bookings/${first.body.bookingId}/cancel`, amina, { version: 1 });
  });

  const series = (more: object = {}) =>
    change(system, "/booking/series", omar, {
      key: "varannan-vecka",
      service: "motesrum",
      office: place.office,
      startsAt: place.times[5],
      party: { name: "Bo Prov", email: "serie@example.org", phone: null, about: null },
      everyWeeks: 2,
      times: 4,
      ...more,
    });

  test("takes what can be had at the same local time, says what cannot, and is told of once", async () => {
    const made = await series();
    const { occurrences } = made.body;
    expect(occurrences).toHaveLength(4);
    const had = occurrences.filter(({ booking }: { booking: object | null }) => booking !== null);
    const not = occurrences.filter(({ booking }: { booking: object | null }) => booking === null);
    // The days are published for sixty days from today: the last of them are beyond.
    expect(had.length).toBeGreaterThanOrEqual(2);
    for (const { refused } of not) expect(refused).toBe("outside-hours");
    const clock = (startsAt: string) =>
      new Date(startsAt).toLocaleTimeString("sv-SE", { timeZone: "Europe/Stockholm" });
    expect(
      new Set(had.map(({ booking }: { booking: { startsAt: string } }) => clock(booking.startsAt))).size,
    ).toBe(1);
    expect(await series()).toMatchObject({ status: 200, body: { seriesId: made.body.seriesId } });
    const mails = await mailsTo("serie@example.org");
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain("Serie: Tiden är en av flera. Veckor emellan: 2.");
    const other = await series({ everyWeeks: 1 });
    expect([other.status, other.body.error.code]).toEqual([422, "other-wish"]);
    const first = had[0].booking.bookingId;
    const path = `/booking/bookings/${first}/cancel-following`;
    expect((await change(system, path, omar, {})).body).toEqual({ cancelled: had.length });
    expect((await change(system, path, omar, {})).body).toEqual({ cancelled: 0 });
    const told = await mailsTo("serie@example.org");
    expect(told).toHaveLength(2);
    expect(told[1]?.text).toContain("De senare tiderna i serien är också avbokade.");
  });
});
