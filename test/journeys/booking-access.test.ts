import { afterAll, beforeAll, expect, test } from "vitest";
import { routes } from "#services/booking/api.ts";
import { demoStaff } from "../../local/demo-staff.ts";
import type { System } from "../../local/system.ts";
import { rowsOf } from "../../provbank/invariants.ts";
import { type OpenOffice, openKommunhuset } from "../../provbank/offices.ts";
import { change, startTestSystem } from "../system.ts";

/** A word that only those may see who may know who comes to the secret floor. */
const word = "Sekretnamnsson";
let system: System;
let place: OpenOffice;
let secret: { bookingId: string; date: string };
beforeAll(async () => {
  system = await startTestSystem();
  place = await openKommunhuset(system);
  const officer = {
    person: "plan2",
    name: "Siv",
    unit: "ifo-mottagning",
    services: ["ekonomiskt-bistand"],
    languages: ["sv"],
    manager: "chef",
    office: "kommunhuset",
    standIn: null,
    calendarUrl: null,
  };
  const saved = await change(system, "/booking/people/plan2", { sub: "chef" }, { person: officer }, "PUT");
  expect(saved.status).toBe(200);
  const made = await change(
    system,
    "/booking/bookings",
    { sub: "plan2" },
    {
      key: "hemligt-mote",
      service: "ekonomiskt-bistand",
      office: "kommunhuset",
      startsAt: place.times[1],
      agreed: "Enligt överenskommelse",
      person: "plan2",
      party: { name: word, email: null, phone: "070-174 06 11", about: word },
    },
  );
  expect([made.status, made.body.party.name]).toEqual([201, word]);
  secret = { bookingId: made.body.bookingId, date: place.date };
});
afterAll(() => system.stop());

const everybody = [...demoStaff, { sub: "nobody", roles: [], units: [] }];

/** What is asked for a span of dates. */
const spanned = ["/days", "/absences", "/guest-sessions", "/room-closures"];

function filled(path: string): string {
  const parts: Record<string, string> = {
    bookingId: secret.bookingId,
    office: "kommunhuset",
    date: secret.date,
    rotaId: "grund",
    person: "plan2",
    absenceId: "f".repeat(32),
    room: "kommunhuset-12",
    closureId: "f".repeat(32),
    incidentId: "f".repeat(32),
    waitingId: "f".repeat(32),
    service: "energiradgivning",
    number: "1",
    item: "nyckel-ekbacken-1",
    loanId: "f".repeat(32),
  };
  const full = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`what is the ${name} of ${path}?`);
    return part;
  });
  const span = `from=${secret.date}&to=${secret.date}`;
  if (path === "/booking/free-times") return `${full}?service=ekonomiskt-bistand&office=kommunhuset&${span}`;
  if (path === "/booking/sessions") return `${full}?service=ny-i-kommunen&office=kommunhuset&${span}`;
  return spanned.some((end) => path.endsWith(end)) ? `${full}?${span}` : full;
}

async function asked(sub: string, method: string, path: string, token = true) {
  const answer = await fetch(`${system.origin}${path}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${await system.oidc.tokenFor(sub)}` } : {}),
      ...(method === "GET" ? {} : { "content-type": "application/json" }),
    },
    // What would be understood, and would change the secret booking if it could.
    ...(method === "GET"
      ? {}
      : { body: JSON.stringify({ version: 1, seen: 1, party: null, key: "x".repeat(10) }) }),
  });
  return { status: answer.status, text: await answer.text() };
}

test("whoever has none of a route's roles gets what nobody gets for nothing at all, and changes nothing", async () => {
  const reference = await asked("nobody", "GET", "/booking/offices");
  expect(reference.status).toBe(404);
  const before = JSON.stringify(await rowsOf(system, "BookingTable"));
  let denied = 0;
  for (const { method, path, allow } of routes)
    for (const { sub, roles } of everybody) {
      if (roles.some((role) => allow.includes(role))) continue;
      const answer = await asked(sub, method, filled(path));
      expect([method, path, sub, answer.status, answer.text]).toEqual([
        method,
        path,
        sub,
        404,
        reference.text,
      ]);
      denied += 1;
    }
  expect(denied).toBeGreaterThan(routes.length);
  expect(JSON.stringify(await rowsOf(system, "BookingTable"))).toBe(before);
});

test("no route answers without a token", async () => {
  for (const { method, path } of routes)
    expect((await asked("nobody", method, filled(path), false)).status).toBe(401);
});

test("who comes to the secret floor, and what for, is read by its own unit alone, whatever is asked", async () => {
  const told: string[] = [];
  const known: string[] = [];
  for (const { method, path, allow } of routes.filter((route) => route.method === "GET"))
    for (const { sub, roles, units } of demoStaff) {
      if (!roles.some((role) => allow.includes(role))) continue;
      const { text } = await asked(sub, method, filled(path));
      const tells = text.includes(word) || (path.includes("{bookingId}") && text.includes("ekonomiskt"));
      if (!tells) continue;
      (units.includes("ifo-mottagning") ? known : told).push(`${sub}: ${path}`);
    }
  expect(told).toEqual([]);
  expect(known).toEqual(expect.arrayContaining(["plan2: /booking/bookings/{bookingId}"]));
});

test("a secret booking is moved and cancelled by its own unit alone", async () => {
  const path = `/booking/bookings/${secret.bookingId}`;
  for (const sub of ["amina", "reception", "chef", "avfall"]) {
    const answer = await change(system, `${path}/cancel`, { sub }, { version: 1 });
    expect([sub, answer.status]).toEqual([sub, 404]);
  }
  expect((await change(system, `${path}/cancel`, { sub: "plan2" }, { version: 1 })).body.status).toBe(
    "cancelled",
  );
});
