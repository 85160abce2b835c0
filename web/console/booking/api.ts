import type { Request } from "../api/request.ts";
import {
  checkSchema,
  exceptionSavedSchema,
  guestSavedSchema,
  guestSessionsSchema,
  keptRotaSchema,
  officeDaysSchema,
  publishedSchema,
  publishNoSchema,
  type Rota,
  roomClosedSchema,
  roomClosuresSchema,
  roomOpenedSchema,
  rotasSchema,
} from "./rota-schemas.ts";
import {
  absencesSchema,
  bookingSchema,
  bookingsSchema,
  cancelledSchema,
  endedSchema,
  enteredSchema,
  feedSchema,
  insteadSchema,
  madeFeedSchema,
  madeSeriesSchema,
  officesSchema,
  type Party,
  pendingSchema,
  peopleSchema,
  raisedGapSchema,
  sessionsSchema,
  staffingSchema,
  timesSchema,
  unsettledSchema,
  waitingListSchema,
  waitingSchema,
} from "./schemas.ts";

const part = encodeURIComponent;
const BAD_ID = [400, 403, 404] as const;

/** What is asked of a meeting besides its time; what is left out may be anything. */
export type Wish = {
  service: string;
  office: string;
  language?: string;
  interpreter?: string;
  equipment: readonly string[];
  seats: number;
};

/** Where the free times of a fortnight are asked for; also what they are called in the cache. */
export function timesPath(
  { service, office, language, interpreter, equipment, seats }: Wish,
  from: string,
  to: string,
) {
  const query = new URLSearchParams({ service, office, from, to, seats: String(seats) });
  if (language !== undefined) query.set("language", language);
  if (interpreter !== undefined) query.set("interpreter", interpreter);
  if (equipment.length > 0) query.set("equipment", equipment.join(","));
  return `/booking/free-times?${query}`;
}

export const sessionsPath = ({ service, office }: Wish, from: string, to: string): string =>
  `/booking/sessions?${new URLSearchParams({ service, office, from, to })}`;

export const officePath = (office: string): string => `/booking/offices/${part(office)}`;
export const staffingPath = (office: string): string => `${officePath(office)}/staffing`;
export const dayPath = (office: string, date: string): string => `${officePath(office)}/days/${part(date)}`;
export const bookingPath = (bookingId: string): string => `/booking/bookings/${part(bookingId)}`;
export const seriesPath = (bookingId: string): string => `${bookingPath(bookingId)}/series`;
const personPath = (person: string): string => `/booking/people/${part(person)}`;
export const absencesPath = (person: string, from: string, to: string): string =>
  `${personPath(person)}/absences?from=${from}&to=${to}`;
export const feedPath = (person: string): string => `${personPath(person)}/feed`;
const rotaPath = (office: string, rotaId: string): string => `${officePath(office)}/rotas/${part(rotaId)}`;

export const roomClosuresPath = (office: string, from: string, to: string): string =>
  `${officePath(office)}/room-closures?from=${from}&to=${to}`;
export const guestSessionsPath = (office: string, from: string, to: string): string =>
  `${officePath(office)}/guest-sessions?from=${from}&to=${to}`;

/** When a guest host receives visitors on a day, local times, and who may come. */
export type SavedSession = { hours: readonly { from: string; to: string }[]; visitors: string };

type Made = {
  key: string;
  startsAt: string;
  party?: Party | undefined;
  caseId?: string;
  agreed?: string;
  /** The meeting for a group in which seats are taken. */
  session?: string;
};
/** How often a meeting is booked again, and how many times in all. */
export type Repeat = { everyWeeks: number; times: number };
type Moved = { version: number; office: string; startsAt: string; agreed?: string } & Partial<
  Omit<Wish, "service" | "office">
> & { person?: string; room?: string };

/** Who waits for what: the same key is the same place in line, however often it is sent. */
export type InLine = Wish & {
  key: string;
  from: string;
  to: string;
  part: string | null;
  contact: { name: string | null; phone: string | null; email: string };
};

/** The part of the API that the booking's views ask. */
export function createBookingApi({ get, change }: Request) {
  return {
    offices: (signal: AbortSignal) => get("/booking/offices", officesSchema, signal),
    people: (signal: AbortSignal) => get("/booking/people", peopleSchema, signal),
    times: (path: string, signal: AbortSignal) => get(path, timesSchema, signal),
    day: (path: string, signal: AbortSignal) => get(path, bookingsSchema, signal, BAD_ID),
    booking: (path: string, signal: AbortSignal) => get(path, bookingSchema, signal, BAD_ID),
    unsettled: (signal: AbortSignal) => get("/booking/unsettled", unsettledSchema, signal),
    pending: (signal: AbortSignal) => get("/booking/pending", pendingSchema, signal),
    decide: (bookingId: string, answer: { yes: boolean; version: number; reason?: string }) => {
      const { yes, ...body } = answer;
      const path = `${bookingPath(bookingId)}/${yes ? "approve" : "decline"}`;
      return change("POST", path, body, bookingSchema, insteadSchema);
    },
    noteInterpreter: (bookingId: string, version: number, reference: string) =>
      change(
        "POST",
        `${bookingPath(bookingId)}/interpreter`,
        { version, reference },
        bookingSchema,
        insteadSchema,
      ),
    make: (body: Made & Wish & { hold: boolean }) =>
      change("POST", "/booking/bookings", body, bookingSchema, insteadSchema),
    makeSeries: (body: Made & Wish & Repeat) =>
      change("POST", "/booking/series", body, madeSeriesSchema, insteadSchema),
    sessions: (path: string, signal: AbortSignal) => get(path, sessionsSchema, signal, BAD_ID),
    series: (path: string, signal: AbortSignal) => get(path, bookingsSchema, signal, BAD_ID),
    cancelFollowing: (bookingId: string) =>
      change("POST", `${bookingPath(bookingId)}/cancel-following`, {}, cancelledSchema, insteadSchema),
    confirm: (bookingId: string, party: Party | undefined) =>
      change("POST", `${bookingPath(bookingId)}/confirm`, { party }, bookingSchema, insteadSchema),
    move: (bookingId: string, body: Moved) =>
      change("POST", `${bookingPath(bookingId)}/move`, body, bookingSchema, insteadSchema),
    cancel: (bookingId: string, version: number) =>
      change("POST", `${bookingPath(bookingId)}/cancel`, { version }, bookingSchema, insteadSchema),

    staffing: (path: string, signal: AbortSignal) => get(path, staffingSchema, signal, BAD_ID),
    solveStaffing: (
      office: string,
      body: { from: string; to: string; present: number; how: string; text: string },
    ) => change("POST", `${staffingPath(office)}/solve`, body, raisedGapSchema),

    waiting: (signal: AbortSignal) => get("/booking/waiting", waitingListSchema, signal),
    getInLine: (body: InLine) => change("POST", "/booking/waiting", body, waitingSchema),
    changeWaiting: (waitingId: string, what: "remove" | "restore", version: number) =>
      change("POST", `/booking/waiting/${part(waitingId)}/${what}`, { version }, waitingSchema),

    officeDays: (path: string, signal: AbortSignal) => get(path, officeDaysSchema, signal),
    rotas: (path: string, signal: AbortSignal) => get(path, rotasSchema, signal),
    check: (rotaId: string, rota: Rota) =>
      change("POST", `${rotaPath(rota.office, rotaId)}/check`, { rota }, checkSchema),
    saveRota: (rotaId: string, rota: Rota, seen: number) =>
      change("PUT", rotaPath(rota.office, rotaId), { seen, rota }, keptRotaSchema),
    approve: (office: string, rotaId: string, body: { seen: number; person: string }) =>
      change("POST", `${rotaPath(office, rotaId)}/approve`, body, keptRotaSchema),
    publish: (office: string, rotaId: string, seen: number) =>
      change("POST", `${rotaPath(office, rotaId)}/publish`, { seen }, publishedSchema, publishNoSchema),
    saveException: (
      office: string,
      date: string,
      exception: { date: string; open: readonly { from: string; to: string }[]; reason: string } | null,
    ) => change("PUT", `${officePath(office)}/exceptions/${part(date)}`, { exception }, exceptionSavedSchema),
    guestSessions: (path: string, signal: AbortSignal) => get(path, guestSessionsSchema, signal),
    saveGuestSession: (office: string, date: string, service: string, session: SavedSession | null) =>
      change(
        "PUT",
        `${officePath(office)}/guest-sessions/${part(date)}/${part(service)}`,
        { session },
        guestSavedSchema,
      ),

    roomClosures: (path: string, signal: AbortSignal) => get(path, roomClosuresSchema, signal),
    closeRoom: (
      office: string,
      room: string,
      body: { key: string; from: string; to: string; reason: string },
    ) => change("POST", `${officePath(office)}/rooms/${part(room)}/closures`, body, roomClosedSchema),
    openRoom: (office: string, closureId: string, from: string) =>
      change(
        "POST",
        `${officePath(office)}/room-closures/${part(closureId)}/end`,
        { from },
        roomOpenedSchema,
      ),

    absences: (path: string, signal: AbortSignal) => get(path, absencesSchema, signal),
    enterAbsence: (person: string, body: { key: string; from: string; to: string }) =>
      change("POST", `${personPath(person)}/absences`, body, enteredSchema),
    feed: (path: string, signal: AbortSignal) => get(path, feedSchema, signal),
    makeFeed: (person: string) => change("POST", feedPath(person), {}, madeFeedSchema),
    endFeed: (person: string) => change("POST", `${feedPath(person)}/end`, {}, feedSchema),
    endAbsence: (person: string, absenceId: string, from: string) =>
      change("POST", `${personPath(person)}/absences/${part(absenceId)}/end`, { from }, endedSchema),
  };
}
