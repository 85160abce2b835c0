import { bookingHref } from "../route.ts";

export type BookingRoute =
  | { view: "book"; caseId: string | undefined }
  | { view: "day"; office: string | undefined; date: string | undefined }
  | { view: "meeting"; bookingId: string }
  | { view: "unsettled" }
  | { view: "pending" }
  | { view: "waiting" }
  | { view: "rota"; office: string | undefined }
  | { view: "staffing"; office: string | undefined }
  | { view: "absence" }
  | { view: "unknown" };

/** The view of the booking that the rest of an address names. */
export function parseBookingRoute([name = "boka", one, two, ...more]: readonly string[]): BookingRoute {
  const unknown: BookingRoute = { view: "unknown" };
  if (more.length > 0 || (two !== undefined && name !== "dag")) return unknown;
  switch (name) {
    case "boka":
      return { view: "book", caseId: one };
    case "dag":
      return two === undefined || isDate(two) ? { view: "day", office: one, date: two } : unknown;
    case "mote":
      return one === undefined ? unknown : { view: "meeting", bookingId: one };
    case "ny-tid":
      return one === undefined ? { view: "unsettled" } : unknown;
    case "att-svara":
      return one === undefined ? { view: "pending" } : unknown;
    case "vantelista":
      return one === undefined ? { view: "waiting" } : unknown;
    case "schema":
      return { view: "rota", office: one };
    case "bemanning":
      return { view: "staffing", office: one };
    case "franvaro":
      return one === undefined ? { view: "absence" } : unknown;
    default:
      return unknown;
  }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

export const BOOK_HREF = bookingHref("boka");
export const DAY_HREF = bookingHref("dag");
export const UNSETTLED_HREF = bookingHref("ny-tid");
export const PENDING_HREF = bookingHref("att-svara");
export const WAITING_HREF = bookingHref("vantelista");
export const ROTA_HREF = bookingHref("schema");
export const ABSENCE_HREF = bookingHref("franvaro");
export const dayHref = (office: string, date: string): string => bookingHref("dag", office, date);
export const meetingHref = (bookingId: string): string => bookingHref("mote", bookingId);
export const rotaHref = (office: string): string => bookingHref("schema", office);
