import type { CaseList } from "./api/client.ts";

export type Route =
  | { view: "home" }
  | { view: "cases"; list: CaseList }
  | { view: "tasks"; unit: string }
  | { view: "case"; caseId: string }
  | { view: "number"; caseNumber: string }
  | { view: "task"; caseId: string; taskId: string }
  | { view: "figures" }
  | { view: "figure"; figure: string; date: string | undefined }
  | { view: "mail-texts" }
  /** What of the booking is its own to know: booking/booking-route.ts. */
  | { view: "booking"; parts: readonly string[] }
  /** What of the reception is its own to know: reception/reception-view.tsx. */
  | { view: "reception"; page: string | undefined }
  | { view: "unknown" };

const LISTS: Readonly<Record<string, CaseList>> = {
  "att-ta-hand-om": "unassigned",
  mina: "mine",
  vantar: "waiting",
  karantan: "quarantine",
};

const unknown: Route = { view: "unknown" };

/** The view that an address's hash ("#/arende/…") names. The path itself belongs to the API on the same origin. */
export function parseRoute(hash: string): Route {
  const path = hash.replace(/^#/, "").replace(/^\//, "").replace(/\/$/, "");
  if (path === "") return { view: "home" };
  try {
    const [first = "", ...parts] = path.split("/").map(decodeURIComponent);
    return parts.includes("") ? unknown : (routeOf(first, parts) ?? unknown);
  } catch {
    return unknown;
  }
}

function routeOf(first: string, parts: readonly string[]): Route | undefined {
  const [one, two] = parts;
  if (first === "bokning") return { view: "booking", parts };
  if (first === "reception" && parts.length < 2) return { view: "reception", page: one };
  if (parts.length === 0) {
    const list = LISTS[first];
    if (list !== undefined) return { view: "cases", list };
    if (first === "mejltexter") return { view: "mail-texts" };
    return first === "siffror" ? { view: "figures" } : undefined;
  }
  if (one === undefined || parts.length > 2) return undefined;
  if (first === "siffror") return { view: "figure", figure: one, date: two };
  if (first === "uppdrag" && two !== undefined) return { view: "task", caseId: one, taskId: two };
  if (two !== undefined) return undefined;
  if (first === "arende") return { view: "case", caseId: one };
  if (first === "nummer") return { view: "number", caseNumber: one };
  return first === "enhet" ? { view: "tasks", unit: one } : undefined;
}

const address = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join("/")}`;

export const HOME_HREF = "#/";
export const FIGURES_HREF = address("siffror");
export const MAIL_TEXTS_HREF = address("mejltexter");
export const BOOKING_HREF = address("bokning");

/** A view of the booking, by the parts of its address after the first. */
export const bookingHref = (...parts: readonly string[]): string => address("bokning", ...parts);
/** Who is on duty at an office today. */
export const staffingHref = (office: string): string => bookingHref("bemanning", office);
/** Books a meeting for the citizen of a case. */
export const bookForCaseHref = (caseId: string): string => bookingHref("boka", caseId);

export const RECEPTION_HREF = address("reception");

export function casesHref(list: CaseList): string {
  return address(Object.keys(LISTS).find((name) => LISTS[name] === list) ?? "");
}

export const receptionHref = (page: string): string => address("reception", page);
export const tasksHref = (unit: string): string => address("enhet", unit);
export const caseHref = (caseId: string): string => address("arende", caseId);
export const numberHref = (caseNumber: string): string => address("nummer", caseNumber);
export const taskHref = (caseId: string, taskId: string): string => address("uppdrag", caseId, taskId);

/** The days of a figure, or with a date the cases behind it. */
export function figureHref(figure: string, date?: string): string {
  return address("siffror", figure, ...(date === undefined ? [] : [date]));
}
