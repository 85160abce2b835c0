import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { type Invitation, invitation } from "./ics.ts";

const booked: Invitation = {
  uid: "b7c1@example.se",
  sequence: 0,
  method: "REQUEST",
  start: new Date("2026-11-24T09:00:00Z"),
  end: new Date("2026-11-24T09:45:00Z"),
  summary: "Bygglov för uteplats",
  description: "Ta med: ritning, situationsplan; legitimation.\nReception på plan 2.",
  location: "Stadshuset, Storgatan 1",
  organizer: { name: "Björkeby servicecenter", address: "kommunen@example.se" },
  attendee: { name: "Åsa Öberg", address: "asa@example.org" },
  url: "https://arende.example.se/m/abc",
  stamp: new Date("2026-11-20T12:00:00Z"),
  alarmMinutes: 60,
};

/** What another program reads: the calendar and its one meeting. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const meeting = calendar.getFirstSubcomponent("vevent");
  if (meeting === null) throw new Error("no meeting");
  const value = (name: string) => meeting.getFirstPropertyValue(name)?.toString() ?? null;
  const instant = (name: string) =>
    new ICAL.Event(meeting)[name === "dtstart" ? "startDate" : "endDate"].toJSDate();
  const parameter = (name: string, key: string) => meeting.getFirstProperty(name)?.getParameter(key) ?? null;
  return { calendar, meeting, value, instant, parameter, method: calendar.getFirstPropertyValue("method") };
}

test("a booking that is moved twice and called off is one meeting, each version above the last", () => {
  const moved = { ...booked, sequence: 1, start: new Date("2027-03-26T09:00:00Z") };
  const again = { ...booked, sequence: 2, start: new Date("2027-03-29T08:00:00Z") };
  const versions = [booked, moved, again, { ...again, sequence: 3, method: "CANCEL" as const }].map(
    (version) => read(invitation({ ...version, end: new Date(version.start.getTime() + 45 * 60_000) })),
  );
  expect(
    versions.map(({ method, value }) => [
      value("uid"),
      Number(value("sequence")),
      method,
      value("status"),
      value("dtstart"),
    ]),
  ).toEqual([
    ["b7c1@example.se", 0, "REQUEST", "CONFIRMED", "2026-11-24T10:00:00"],
    // Ten o'clock before and after the clocks go forward.
    ["b7c1@example.se", 1, "REQUEST", "CONFIRMED", "2027-03-26T10:00:00"],
    ["b7c1@example.se", 2, "REQUEST", "CONFIRMED", "2027-03-29T10:00:00"],
    ["b7c1@example.se", 3, "CANCEL", "CANCELLED", "2027-03-29T10:00:00"],
  ]);
  expect(versions.map(({ instant }) => instant("dtstart"))).toEqual([
    booked.start,
    moved.start,
    again.start,
    again.start,
  ]);
});

// The file's own time zone says when they are, whatever the reader knows of Stockholm.
test.each([
  "2026-01-07T09:00:00Z",
  "2026-03-28T22:59:00Z",
  "2026-03-29T00:59:00Z",
  "2026-03-29T01:00:00Z",
  "2026-07-01T06:30:00Z",
  "2026-10-24T21:59:00Z",
  "2026-10-25T00:30:00Z",
  "2026-10-25T01:30:00Z",
  "2026-10-25T02:00:00Z",
  "2041-06-07T10:00:00Z",
])("%s is the same instant to who reads it", (instant) => {
  const start = new Date(instant);
  const { instant: at } = read(invitation({ ...booked, start, end: new Date(start.getTime() + 900_000) }));
  expect(at("dtstart")).toEqual(start);
});

test("the text, the place and the names are as they were written", () => {
  const { value, parameter } = read(invitation(booked));
  expect([value("summary"), value("description"), value("location"), value("url")]).toEqual([
    booked.summary,
    booked.description,
    booked.location,
    booked.url,
  ]);
  expect([value("organizer"), parameter("organizer", "cn")]).toEqual([
    "mailto:kommunen@example.se",
    "Björkeby servicecenter",
  ]);
  expect([value("attendee"), parameter("attendee", "cn")]).toEqual(["mailto:asa@example.org", "Åsa Öberg"]);
});

test("whoever booked has said yes, and no answer is asked for", () => {
  const { parameter } = read(invitation(booked));
  expect([parameter("attendee", "partstat"), parameter("attendee", "rsvp")]).toEqual(["ACCEPTED", "FALSE"]);
});

test("what is only published names nobody who comes", () => {
  const { meeting, method, value } = read(invitation({ ...booked, method: "PUBLISH" }));
  expect([method, value("status"), meeting.hasProperty("attendee")]).toEqual(["PUBLISH", "CONFIRMED", false]);
});

describe("a reminder", () => {
  const alarm = (change: Partial<Invitation>) =>
    read(invitation({ ...booked, ...change })).meeting.getFirstSubcomponent("valarm");

  test("comes so many minutes before", () => {
    expect(alarm({ alarmMinutes: 90 })?.getFirstPropertyValue("trigger")?.toString()).toBe("-PT90M");
  });

  test("does not come for a meeting that was called off", () => {
    expect(alarm({ method: "CANCEL" })).toBeNull();
  });

  test("does not come unasked", () => {
    const { alarmMinutes: _minutes, ...unasked } = booked;
    expect(read(invitation(unasked)).meeting.getFirstSubcomponent("valarm")).toBeNull();
  });
});

describe("a quiet invitation", () => {
  const secret = {
    ...booked,
    summary: "Skuldrådgivning",
    description: "Skuldrådgivning: ta med brev",
    location: "Skuldrådgivningen",
    url: "https://example.se/skuldrådgivning",
    organizer: { name: "Skuldrådgivningen", address: "kommunen@example.se" },
    attendee: { name: "Skuldrådgivning, Åsa", address: "asa@example.org" },
    quiet: true,
  };

  test.each(["REQUEST", "CANCEL", "PUBLISH"] as const)(
    "says when, and nothing of the matter: %s",
    (method) => {
      const text = invitation({ ...secret, method });
      expect(text.replaceAll("\r\n ", "").toLowerCase()).not.toContain("skuld");
      const { value, instant, calendar } = read(text);
      expect([value("summary"), value("class"), instant("dtend")]).toEqual([
        "Bokat möte",
        "PRIVATE",
        secret.end,
      ]);
      expect(calendar.toString()).toContain("Bokat möte");
    },
  );
});

describe("the lines", () => {
  const long = { ...booked, summary: "Å".repeat(200), location: `${"x".repeat(65)}😀${"é".repeat(80)}` };

  test("end with CRLF and are at most 75 octets, and no character is split", () => {
    const text = invitation(long);
    const lines = text.split("\r\n");
    expect(lines.at(-1)).toBe("");
    expect(lines.join("")).not.toMatch(/[\r\n]/);
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBe(75);
    expect(read(text).value("location")).toBe(long.location);
  });

  test("hold nothing that somebody wrote as a line of its own", () => {
    const text = invitation({
      ...booked,
      uid: "a\r\nMETHOD:CANCEL",
      summary: "Hej\r\nATTENDEE:mailto:mallory@example.org",
      attendee: { name: 'Å"sa\r\nSTATUS:CANCELLED', address: "asa@example.org\r\nSTATUS:CANCELLED" },
      url: "https://example.se/\r\nSTATUS:CANCELLED",
    });
    const { calendar, meeting, value, parameter } = read(text);
    expect(calendar.getAllProperties("method")).toHaveLength(1);
    expect([meeting.getAllProperties("attendee").length, meeting.getAllProperties("status").length]).toEqual([
      1, 1,
    ]);
    expect(value("summary")).toBe("Hej\nATTENDEE:mailto:mallory@example.org");
    expect(parameter("attendee", "cn")).toBe("Å'sa STATUS:CANCELLED");
  });

  test("of whatever is written are read as the same text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (summary) => {
        const expected = summary.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n]/gu, "");
        expect(read(invitation({ ...booked, summary })).value("summary")).toBe(expected);
      }),
    );
  });
});
