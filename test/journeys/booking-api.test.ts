import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { type OpenOffice, openKommunhuset } from "../../provbank/offices.ts";
import { ask, change, startTestSystem } from "../system.ts";

const amina = { sub: "amina" };
/** Here it is always this day: what is booked and arranged is in the winter and the spring that follow. */
const today = new Date("2026-11-24T08:00:00Z");
let system: System;
let place: OpenOffice;
beforeAll(async () => {
  process.env["CLOCK_OFFSET_MS"] = String(today.getTime() - Date.now());
  system = await startTestSystem();
  delete process.env["CLOCK_OFFSET_MS"];
  place = await openKommunhuset(system, today);
});
afterAll(() => system.stop());

let keys = 0;
function newKey(): string {
  keys += 1;
  return `nyckel-${keys.toString().padStart(6, "0")}`;
}
/** The free times of the day, an hour apart. */
const time = (nth: number): string => place.times[nth] ?? "";
const wish = (more: object = {}) => ({
  key: newKey(),
  service: place.service,
  office: place.office,
  startsAt: time(0),
  party: { name: "Åsa Prov", email: null, phone: "070-174 06 10", about: null },
  ...more,
});
const book = (more: object = {}, as = amina) => change(system, "/booking/bookings", as, wish(more));

describe("a time", () => {
  test("is booked, shown with who comes, moved and given back", async () => {
    const made = await book();
    expect([made.status, made.body.status, made.body.person]).toEqual([201, "confirmed", "bygglov"]);
    const path = `/booking/bookings/${made.body.bookingId}`;
    expect((await ask(system, path, amina)).body.party.name).toBe("Åsa Prov");
    const to = { version: 1, office: place.office, startsAt: time(1) };
    const moved = await change(system, `${path}/move`, amina, to);
    expect([moved.status, moved.body.startsAt, moved.body.version]).toEqual([200, time(1), 2]);
    expect(await change(system, `${path}/move`, amina, to)).toMatchObject({
      status: 409,
      body: { error: { code: "changed" }, current: { booking: { version: 2 } } },
    });
    const day = await ask(system, `/booking/offices/${place.office}/days/${place.date}`, amina);
    expect(day.body.bookings.map((one: { bookingId: string }) => one.bookingId)).toEqual([
      made.body.bookingId,
    ]);
    expect((await change(system, `${path}/cancel`, amina, { version: 2 })).body.status).toBe("cancelled");
    expect(
      (await ask(system, `/booking/offices/${place.office}/days/${place.date}`, amina)).body.bookings,
    ).toEqual([]);
  });

  test("that is taken is refused with times that can be booked", async () => {
    const first = await book();
    const second = await book();
    expect([second.status, second.body.error.code]).toEqual([409, "taken"]);
    const [other] = second.body.current.alternatives;
    const third = await book({ startsAt: other.startsAt });
    expect(third.status).toBe(201);
    for (const { body } of [first, third])
      await change(system, `/booking/bookings/${body.bookingId}/cancel`, amina, { version: body.version });
  });

  test("is booked once with the same key, and a key is not for another wish", async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 5 }, () => book({ key })));
    expect(new Set(answers.map(({ body }) => body.bookingId)).size).toBe(1);
    const other = await book({ key, startsAt: time(2) });
    expect([other.status, other.body.error.code]).toEqual([422, "other-wish"]);
    const { bookingId } = answers[0]?.body ?? {};
    await change(system, `/booking/bookings/${bookingId}/cancel`, amina, { version: 1 });
  });

  test("is held for ten minutes, and confirmed with who comes", async () => {
    const held = await book({ hold: true, party: undefined });
    expect([held.body.status, held.body.party]).toEqual(["held", null]);
    expect((await book()).status).toBe(409);
    const party = { name: "Bo Prov", email: "bo@example.org", phone: null, about: "Altan" };
    const path = `/booking/bookings/${held.body.bookingId}`;
    const confirmed = await change(system, `${path}/confirm`, amina, { party });
    expect([confirmed.body.status, confirmed.body.party]).toEqual(["confirmed", party]);
    expect((await change(system, `${path}/confirm`, amina, { party })).body.version).toBe(2);
    await change(system, `${path}/cancel`, amina, { version: 2 });
  });

  test.each([
    ["no service of ours", { service: "frisering" }, 404, "not-found"],
    ["an office that does not offer it", { office: "masten" }, 404, "not-found"],
    ["a time at night", { startsAt: "2027-01-15T01:00:00.000Z" }, 409, "outside-hours"],
    ["a time that has been", { startsAt: "2026-01-15T09:00:00.000Z" }, 422, "too-soon"],
    ["a key that is no key", { key: "1" }, 400, "invalid-request"],
    [
      "an address that is none",
      { party: { name: null, email: "åsa", phone: null, about: null } },
      400,
      "invalid-request",
    ],
  ])("with %s is refused", async (_what, more, status, code) => {
    const answer = await book(more);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  test.each(["vaxel", "webb", "drift", "registrator"])("is not for %s to book", async (sub) => {
    expect((await book({}, { sub })).status).toBe(404);
  });
});

describe("an officer's own calendar", () => {
  const path = "/booking/people/bygglov/feed";
  const officer = { sub: "bygglov" };
  const fetched = async (feed: string) => {
    const answer = await fetch(`${system.origin}${feed}`);
    return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text() };
  };
  const meetingsIn = (text: string) =>
    new ICAL.Component(ICAL.parse(text))
      .getAllSubcomponents("vevent")
      .map((one) => new ICAL.Event(one))
      .map(({ startDate, sequence, summary }) => [startDate.toJSDate().toISOString(), sequence, summary]);

  test("shows when and where they meet, follows what is moved and given back, and tells nothing more", async () => {
    const made = await book({
      startsAt: time(2),
      party: { name: "Hemlig Prov", email: null, phone: null, about: "Altan" },
    });
    const booking = `/booking/bookings/${made.body.bookingId}`;
    const held = await book({ startsAt: time(4), hold: true, party: undefined });
    expect(held.body.status).toBe("held");
    expect((await ask(system, path, officer)).body).toEqual({ madeAt: null });
    const { status, body } = await change(system, path, officer, {});
    expect([status, body.path]).toEqual([201, expect.stringMatching(/^\/b\/kalender\/[a-z2-7]{52}\.ics$/)]);
    const shown = await fetched(body.path);
    expect([shown.status, shown.type]).toEqual([200, "text/calendar; charset=utf-8"]);
    expect(meetingsIn(shown.text)).toEqual([
      [time(2), 0, expect.stringMatching(/^Bokat möte, .*[Kk]ommunhus/)],
    ]);
    expect(shown.text).not.toMatch(/Hemlig|Altan|ygglov/);
    await change(system, `${booking}/move`, amina, { version: 1, office: place.office, startsAt: time(3) });
    expect(meetingsIn((await fetched(body.path)).text)).toEqual([[time(3), 1, expect.any(String)]]);
    await change(system, `${booking}/cancel`, amina, { version: 2 });
    expect(meetingsIn((await fetched(body.path)).text)).toEqual([]);
    await change(system, `/booking/bookings/${held.body.bookingId}/cancel`, amina, { version: 1 });
  });

  test("has one address: a new one ends the old, which then is as a guess; and so does turning it off", async () => {
    const guess = await fetched(`/b/kalender/${"a".repeat(52)}.ics`);
    expect(guess.status).toBe(404);
    const first = (await change(system, path, officer, {})).body.path as string;
    const second = (await change(system, path, officer, {})).body.path as string;
    expect(await fetched(first)).toEqual(guess);
    expect((await fetched(second)).status).toBe(200);
    const last = second.at(-5) === "a" ? "q" : "a";
    for (const other of [`${second.slice(0, -5)}${last}.ics`, second.slice(0, -4), `${second}/mer`])
      expect(await fetched(other)).toEqual(guess);
    expect((await change(system, `${path}/end`, officer, {})).body).toEqual({ madeAt: null });
    expect(await fetched(second)).toEqual(guess);
  });

  test("is nobody else's to open; a manager may end it", async () => {
    for (const sub of ["amina", "chef", "avfall"])
      expect([sub, (await change(system, path, { sub }, {})).status]).toEqual([sub, 404]);
    const { path: feed } = (await change(system, path, officer, {})).body;
    expect((await change(system, `${path}/end`, amina, {})).status).toBe(404);
    expect((await fetched(feed)).status).toBe(200);
    expect((await change(system, `${path}/end`, { sub: "chef" }, {})).status).toBe(200);
    expect((await fetched(feed)).status).toBe(404);
  });
});

describe("a room for a department's own meeting", () => {
  const omar = { sub: "avfall" };
  const room = (more: object = {}) =>
    book({ service: "motesrum", startsAt: time(0), minutes: 90, seats: 12, party: undefined, ...more }, omar);

  test("is booked by its people for as long as they need, by them alone, and stays as long when it moves", async () => {
    const made = await room();
    expect([made.status, made.body.room, made.body.person]).toEqual([201, "kommunhuset-ekbacken", null]);
    expect(Date.parse(made.body.endsAt) - Date.parse(made.body.startsAt)).toBe(90 * 60_000);
    expect((await room({ startsAt: time(1) })).body.error.code).toBe("taken");
    const path = `/booking/bookings/${made.body.bookingId}`;
    const to = { version: 1, office: place.office, startsAt: time(2), seats: 12 };
    const moved = await change(system, `${path}/move`, omar, to);
    expect(Date.parse(moved.body.endsAt) - Date.parse(moved.body.startsAt)).toBe(90 * 60_000);
    await change(system, `${path}/cancel`, omar, { version: 2 });
  });

  test.each([
    ["for more than it holds", { seats: 31 }, 409, "taken"],
    ["for seven minutes", { minutes: 7 }, 400, "invalid-request"],
    [
      "with a length of one's own for a person's time",
      { service: "bygglov-radgivning", minutes: 90 },
      422,
      "length-is-given",
    ],
  ])("%s is refused", async (_what, more, status, code) => {
    const answer = await room(more);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });
});

describe("a rota", () => {
  const chief = { sub: "chef" };
  const evening = (weekIndex: number) => ({
    weekIndex,
    weekday: "thu",
    from: "16:00",
    to: "18:00",
    person: "jonas",
  });
  const rota = (shifts: object[]) => ({
    office: "granhult",
    validFrom: "2027-03-01",
    validTo: "2027-04-30",
    anchorMonday: "2027-03-01",
    cycleWeeks: 4,
    shifts,
    approvals: [],
  });
  const path = "/booking/offices/granhult/rotas/kvallar";

  test("with one evening a month is refused with the months named, and published when it has two", async () => {
    const saved = await change(system, path, chief, { seen: 0, rota: rota([evening(0)]) }, "PUT");
    const approved = await change(system, `${path}/approve`, chief, {
      seen: saved.body.version,
      person: "jonas",
    });
    const refused = await change(system, `${path}/publish`, chief, { seen: approved.body.version });
    expect([refused.status, refused.body.error.code]).toEqual([422, "breaks-promise"]);
    const short = refused.body.current.faults.filter(
      ({ code }: { code: string }) => code === "too-few-evenings",
    );
    expect(short).toEqual([
      { code: "too-few-evenings", month: "2027-03", has: 1, needs: 2 },
      { code: "too-few-evenings", month: "2027-04", has: 1, needs: 2 },
    ]);
    const every = [evening(0), evening(1), evening(2), evening(3)];
    const mended = await change(
      system,
      path,
      chief,
      { seen: approved.body.version, rota: rota(every) },
      "PUT",
    );
    const published = await change(system, `${path}/publish`, chief, { seen: mended.body.version });
    expect([published.status, published.body.rota.status]).toEqual([200, "published"]);
    const { days } = (
      await ask(system, "/booking/offices/granhult/days?from=2027-03-01&to=2027-03-31", amina)
    ).body;
    const evenings = days.filter((day: { evening: boolean }) => day.evening);
    expect(evenings.map((day: { date: string }) => day.date)).toEqual(["2027-03-04", "2027-03-18"]);
  });

  test("that is in force stays so while the next one is drafted", async () => {
    const { rotas } = (await ask(system, "/booking/offices/granhult/rotas", chief)).body;
    const [{ version }] = rotas;
    const drafted = await change(system, path, chief, { seen: version, rota: rota([]) }, "PUT");
    expect([drafted.status, drafted.body.status]).toEqual([200, "draft"]);
    const exception = { date: "2027-03-09", open: [], reason: "Elavbrott" };
    await change(system, "/booking/offices/granhult/exceptions/2027-03-09", chief, { exception }, "PUT");
    const { days } = (
      await ask(system, "/booking/offices/granhult/days?from=2027-03-01&to=2027-03-31", amina)
    ).body;
    expect(days.find(({ date }: { date: string }) => date === "2027-03-09")).toMatchObject({
      kind: "exception",
      open: [],
    });
    const fourth = await change(
      system,
      "/booking/offices/granhult/exceptions/2027-03-04",
      chief,
      { exception: { date: "2027-03-04", open: [{ from: "16:00", to: "19:00" }], reason: "Extra kväll" } },
      "PUT",
    );
    expect(fourth.status).toBe(200);
    const after = (await ask(system, "/booking/offices/granhult/days?from=2027-03-04&to=2027-03-04", amina))
      .body;
    expect(after.days[0].people.map(({ person }: { person: string }) => person)).toEqual(["jonas"]);
  });

  test("that ends sooner than the one it takes the place of leaves nobody in the days after it", async () => {
    const april = "/booking/offices/granhult/days?from=2027-04-01&to=2027-04-30";
    const peopleOf = async () =>
      (await ask(system, april, amina)).body.days.flatMap(({ people }: { people: object[] }) => people);
    expect((await peopleOf()).length).toBeGreaterThan(0);
    const { version } = (await ask(system, "/booking/offices/granhult/rotas", chief)).body.rotas[0];
    const every = [evening(0), evening(1), evening(2), evening(3)];
    const shorter = { ...rota(every), validTo: "2027-03-31" };
    const saved = await change(system, path, chief, { seen: version, rota: shorter }, "PUT");
    // The draft before had nobody in it, and took the approval with it.
    const seen = { seen: saved.body.version, person: "jonas" };
    const approved = await change(system, `${path}/approve`, chief, seen);
    const published = await change(system, `${path}/publish`, chief, { seen: approved.body.version });
    expect([published.status, published.body.rota.publishedTo]).toEqual([200, "2027-03-31"]);
    expect(await peopleOf()).toEqual([]);
  });

  test("is approved by nobody but the person's own manager, and published by no agent", async () => {
    expect((await change(system, `${path}/approve`, amina, { seen: 1, person: "jonas" })).status).toBe(404);
    expect((await change(system, `${path}/publish`, amina, { seen: 1 })).status).toBe(404);
  });
});

describe("a meeting for a group", () => {
  const seat = (session: string) => book({ service: "ny-i-kommunen", startsAt: time(4), session, seats: 2 });

  test("keeps its time while somebody has seats, but not whoever leads it; called off, its guests have no time of a person's proposed", async () => {
    const host = (await book({ service: "ny-i-kommunen", startsAt: time(4), party: undefined })).body;
    const guest = (await seat(host.bookingId)).body;
    expect([guest.status, guest.person]).toEqual(["confirmed", null]);
    const path = `/booking/bookings/${host.bookingId}`;
    const to = (startsAt: string, version: number) => ({ version, office: place.office, startsAt });
    expect((await change(system, `${path}/move`, amina, to(time(3), 1))).body.error.code).toBe("has-guests");
    expect((await change(system, `${path}/move`, amina, to(time(4), 1))).status).toBe(200);
    expect(
      (await change(system, `/booking/bookings/${guest.bookingId}/move`, amina, to(time(3), 1))).status,
    ).toBe(409);
    expect((await change(system, `${path}/cancel`, amina, { version: 2 })).body.status).toBe("cancelled");
    expect((await change(system, `${path}/cancel`, amina, { version: 2 })).body.status).toBe("cancelled");
    const { unsettled } = (await ask(system, "/booking/unsettled", amina)).body;
    const found = unsettled.find(
      (one: { booking: { bookingId: string } }) => one.booking.bookingId === guest.bookingId,
    );
    expect([found.booking.status, found.proposals]).toEqual(["unsettled", []]);
    expect((await seat(host.bookingId)).status).toBe(409);
    await change(system, `/booking/bookings/${guest.bookingId}/cancel`, amina, {
      version: found.booking.version,
    });
  });

  test("whose cancelling was asked for as it no longer stands keeps its guests", async () => {
    const host = (await book({ service: "ny-i-kommunen", startsAt: time(4), party: undefined })).body;
    const guest = (await seat(host.bookingId)).body;
    await change(system, `/booking/bookings/${host.bookingId}/cancel`, amina, { version: 7 });
    expect((await ask(system, `/booking/bookings/${guest.bookingId}`, amina)).body.status).toBe("confirmed");
    await change(system, `/booking/bookings/${host.bookingId}/cancel`, amina, { version: 1 });
    const after = (await ask(system, `/booking/bookings/${guest.bookingId}`, amina)).body;
    await change(system, `/booking/bookings/${guest.bookingId}/cancel`, amina, { version: after.version });
  });
});

test("an absence unsettles what it meets, and says how many; each has proposals", async () => {
  const made = await book({ startsAt: time(1) });
  expect(made.status).toBe(201);
  const away = { key: newKey(), from: time(1), to: time(3) };
  const entered = await change(system, "/booking/people/bygglov/absences", { sub: "bygglov" }, away);
  expect([entered.status, entered.body.unsettled]).toEqual([200, 1]);
  expect((await change(system, "/booking/people/amina/absences", { sub: "bygglov" }, away)).status).toBe(404);
  const { unsettled } = (await ask(system, "/booking/unsettled", amina)).body;
  expect(unsettled).toHaveLength(1);
  const [{ booking, proposals }] = unsettled;
  expect([booking.bookingId, booking.status]).toEqual([made.body.bookingId, "unsettled"]);
  const moved = await change(system, `/booking/bookings/${booking.bookingId}/move`, amina, {
    version: booking.version,
    office: place.office,
    startsAt: proposals[0].startsAt,
  });
  expect([moved.status, moved.body.status]).toEqual([200, "confirmed"]);
  expect((await ask(system, "/booking/unsettled", amina)).body.unsettled).toEqual([]);
});
