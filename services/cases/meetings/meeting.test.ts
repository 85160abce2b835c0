import { expect, test } from "vitest";
import { type Meeting, shownMeetings } from "./meeting.ts";

const meeting = (bookingId: string, more: Partial<Meeting> = {}): Meeting => ({
  bookingId,
  bookingVersion: 3,
  service: "vagledning",
  unit: "servicecenter",
  office: "kommunhuset",
  startsAt: "2026-12-01T09:00:00.000Z",
  endsAt: "2026-12-01T09:30:00.000Z",
  status: "confirmed",
  at: "2026-11-24T08:00:00.000Z",
  ...more,
});
const ids = (meetings: readonly Meeting[], units: readonly string[]) =>
  shownMeetings(meetings, { units }).map(({ bookingId }) => bookingId);

test("meetings are shown soonest first, with the names of their service and office and nothing of the unit", () => {
  const later = meeting("b", { startsAt: "2026-12-03T09:00:00.000Z" });
  expect(ids([later, meeting("a")], [])).toEqual(["a", "b"]);
  expect(shownMeetings([meeting("a")], { units: [] })).toEqual([
    {
      bookingId: "a",
      service: "Vägledning på servicecenter",
      office: "Kommunhuset",
      startsAt: "2026-12-01T09:00:00.000Z",
      endsAt: "2026-12-01T09:30:00.000Z",
      status: "confirmed",
    },
  ]);
});

test("a meeting of a secret service, or of one that the config does not know, is shown to its own unit alone", () => {
  const hidden = [
    meeting("a", { service: "ekonomiskt-bistand", unit: "ifo-mottagning" }),
    meeting("b", { service: "finns-inte-mer", unit: "ifo-mottagning" }),
  ];
  expect(ids(hidden, ["servicecenter", "bygglov"])).toEqual([]);
  expect(ids(hidden, ["ifo-mottagning"])).toEqual(["a", "b"]);
});
