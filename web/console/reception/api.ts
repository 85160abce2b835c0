import type { Request } from "../api/request.ts";
import {
  dayFiguresSchema,
  houseSchema,
  incidentSchema,
  incidentsSchema,
  officesSchema,
  parkingSchema,
  peopleSchema,
  todaySchema,
  visitSchema,
  wallSchema,
} from "./schemas.ts";

const part = encodeURIComponent;
const base = (office: string): string => `/booking/reception/${part(office)}`;

/** Who arrives: by booking, by the code on their slip, or unbooked for a purpose. The same key makes one visit, however often it is sent. */
export type CheckIn = {
  key: string;
  bookingId?: string;
  code?: string;
  purpose?: string;
  floor?: number;
  host?: string;
  name?: string;
  plate?: string;
  badge?: number;
};

/** Which visit, as its path names it. */
export type VisitName = { office: string; date: string; number: number };

/** The API of the reception as the console sees it. */
export function createReceptionApi({ get, change }: Request) {
  return {
    offices: (signal: AbortSignal) => get("/booking/offices", officesSchema, signal),
    people: (signal: AbortSignal) => get("/booking/people", peopleSchema, signal),
    today: (office: string, signal: AbortSignal) => get(`${base(office)}/today`, todaySchema, signal),
    house: (office: string, signal: AbortSignal) => get(`${base(office)}/house`, houseSchema, signal),
    wall: (office: string, signal: AbortSignal) => get(`${base(office)}/wall`, wallSchema, signal),
    parking: (office: string, signal: AbortSignal) => get(`${base(office)}/parking`, parkingSchema, signal),
    figures: (path: string, signal: AbortSignal) => get(path, dayFiguresSchema, signal),
    incidents: (office: string, signal: AbortSignal) =>
      get(`${base(office)}/incidents`, incidentsSchema, signal),
    checkIn: (office: string, body: CheckIn) => change("POST", `${base(office)}/visits`, body, visitSchema),
    callNext: (office: string, guestHost: string | null) =>
      change("POST", `${base(office)}/call-next`, { floor: null, guestHost }, visitSchema),
    act: ({ office, date, number }: VisitName, action: string, body: object) =>
      change("POST", `${base(office)}/days/${date}/visits/${number}/${action}`, body, visitSchema),
    raise: (office: string) => change("POST", `${base(office)}/incidents`, {}, incidentSchema),
    describe: (office: string, { incidentId, at }: { incidentId: string; at: string }, text: string) =>
      change("POST", `${base(office)}/incidents/${part(incidentId)}/note`, { at, text }, incidentSchema),
  };
}

export const figuresPath = (office: string, date: string): string => `${base(office)}/days/${date}/figures`;
