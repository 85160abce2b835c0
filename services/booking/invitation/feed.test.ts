import ICAL from "ical.js";
import { expect, test } from "vitest";
import { feed } from "./feed.ts";

const organizer = { address: "kommunen@example.se" };
const meeting = {
  uid: "b7c1@example.se",
  sequence: 2,
  start: new Date("2026-10-23T08:00:00Z"),
  end: new Date("2026-10-23T08:30:00Z"),
  place: "Stadshuset, rum 12",
  stamp: new Date("2026-10-01T12:00:00Z"),
};

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return { calendar, meetings: calendar.getAllSubcomponents("vevent") };
}

test("a person's meetings say when and where, in local time over the change of clocks", () => {
  const later = { ...meeting, uid: "b7c2@example.se", place: "Telefon" };
  const { calendar, meetings } = read(
    feed(organizer, [
      meeting,
      { ...later, start: new Date("2026-10-26T09:00:00Z"), end: new Date("2026-10-26T09:30:00Z") },
    ]),
  );
  expect(calendar.getFirstPropertyValue("method")).toBe("PUBLISH");
  const shown = ["uid", "sequence", "summary", "dtstart", "dtend", "status", "class", "organizer"];
  expect(meetings.map((event) => shown.map((name) => String(event.getFirstPropertyValue(name))))).toEqual([
    [
      "b7c1@example.se",
      "2",
      "Bokat möte, Stadshuset, rum 12",
      "2026-10-23T10:00:00",
      "2026-10-23T10:30:00",
      "CONFIRMED",
      "PRIVATE",
      "mailto:kommunen@example.se",
    ],
    [
      "b7c2@example.se",
      "2",
      "Bokat möte, Telefon",
      "2026-10-26T10:00:00",
      "2026-10-26T10:30:00",
      "CONFIRMED",
      "PRIVATE",
      "mailto:kommunen@example.se",
    ],
  ]);
});

test("nothing else of a booking comes out, whatever the caller's object holds", () => {
  const whole = { ...meeting, citizen: "Åsa Öberg", description: "Skulder", url: "https://example.se/m/x" };
  const text = feed(organizer, [whole]).replaceAll("\r\n ", "");
  expect(text).toContain("Bokat möte");
  expect(text).not.toMatch(/Öberg|Skulder|example\.se\/m|ATTENDEE/);
});

test("a calendar without meetings is a calendar", () => {
  const { calendar, meetings } = read(feed(organizer, []));
  expect([calendar.name, meetings]).toEqual(["vcalendar", []]);
});
