import ICAL from "ical.js";
import { expect, test } from "vitest";
import { municipality } from "#shared/config.ts";
import type { Booking } from "./booking.ts";
import { calendarFile } from "./calendar-file.ts";

const booking: Booking = {
  bookingId: "0".repeat(32),
  version: 3,
  status: "confirmed",
  service: "bygglov-radgivning",
  unit: "bygglov",
  office: "kommunhuset",
  startsAt: "2026-11-26T09:00:00.000Z",
  endsAt: "2026-11-26T09:45:00.000Z",
  person: "anna",
  room: "kommunhuset-12",
  seats: 1,
  audience: "public",
  language: null,
  equipment: [],
  ledgers: [],
  heldUntil: null,
  sequence: 1,
  linkVersion: 1,
  caseId: null,
  agreed: null,
  createdAt: "2026-11-24T08:00:00.000Z",
  asked: "",
};
const at = new Date("2026-11-24T08:00:00.000Z");

function serviceOf(id: string) {
  const service = municipality().booking.services.find((one) => one.id === id);
  if (service === undefined) throw new Error(`no service ${id}`);
  return service;
}

function read(text: string) {
  const meeting = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent");
  return (name: string) => meeting?.getFirstPropertyValue(name)?.toString() ?? null;
}

test("a booking in the calendar says what, when and where, and is known by the same name for ever", () => {
  const value = read(
    calendarFile(booking, serviceOf("bygglov-radgivning"), {
      method: "REQUEST",
      attendee: "asa@example.org",
      at,
    }),
  );
  expect(["uid", "sequence", "summary", "location", "dtstart", "attendee", "url"].map(value)).toEqual([
    `${"0".repeat(32)}@example.se`,
    "1",
    "Rådgivning om bygglov",
    "Kommunhuset, Besöksrum 12",
    "2026-11-26T10:00:00",
    "mailto:asa@example.org",
    null,
  ]);
});

test("a secret service's says the time alone", () => {
  const service = serviceOf("ekonomiskt-bistand");
  const text = calendarFile({ ...booking, service: service.id }, service, { method: "PUBLISH", at });
  expect(["summary", "location", "description"].map(read(text))).toEqual(["Bokat möte", null, null]);
  expect(text).not.toContain("bistånd");
});
