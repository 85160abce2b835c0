import { expect, it } from "vitest";
import { parseRoute, staffingHref } from "../route.ts";
import {
  ABSENCE_HREF,
  BOOK_HREF,
  DAY_HREF,
  dayHref,
  meetingHref,
  parseBookingRoute,
  ROTA_HREF,
  rotaHref,
  UNSETTLED_HREF,
  WAITING_HREF,
} from "./booking-route.ts";

function viewAt(href: string) {
  const route = parseRoute(href);
  return route.view === "booking" ? parseBookingRoute(route.parts) : route;
}

it("opens what its own links name", () => {
  expect(viewAt("#/bokning")).toEqual({ view: "book", caseId: undefined });
  expect(viewAt(BOOK_HREF)).toEqual({ view: "book", caseId: undefined });
  expect(viewAt(DAY_HREF)).toEqual({ view: "day", office: undefined, date: undefined });
  expect(viewAt(dayHref("granhult", "2026-12-01"))).toEqual({
    view: "day",
    office: "granhult",
    date: "2026-12-01",
  });
  expect(viewAt(meetingHref("b1"))).toEqual({ view: "meeting", bookingId: "b1" });
  expect(viewAt(UNSETTLED_HREF)).toEqual({ view: "unsettled" });
  expect(viewAt(ROTA_HREF)).toEqual({ view: "rota", office: undefined });
  expect(viewAt(rotaHref("granhult"))).toEqual({ view: "rota", office: "granhult" });
  expect(viewAt(ABSENCE_HREF)).toEqual({ view: "absence" });
  expect(viewAt(WAITING_HREF)).toEqual({ view: "waiting" });
  expect(viewAt(staffingHref("granhult"))).toEqual({ view: "staffing", office: "granhult" });
});

it.each([
  "#/bokning/annat",
  "#/bokning/mote",
  "#/bokning/ny-tid/x",
  "#/bokning/franvaro/x",
  "#/bokning/vantelista/x",
  "#/bokning/bemanning/granhult/x",
  "#/bokning/boka/a/b",
  "#/bokning/dag/granhult/2026-13-01",
  "#/bokning/dag/granhult/i-dag",
  "#/bokning/dag/granhult/2026-12-01/x",
])("knows no view at %j", (href) => {
  expect(viewAt(href)).toEqual({ view: "unknown" });
});
