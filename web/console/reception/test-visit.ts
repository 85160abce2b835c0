import type { Expected, Visit } from "./schemas.ts";

/** A visitor to floor 4 who came at ten, Swedish time, on 24 November 2026. */
export function someVisit(number: number, more: Partial<Visit> = {}): Visit {
  return {
    office: "kommunhuset",
    date: "2026-11-24",
    number,
    state: "waiting",
    purpose: "floor",
    floor: 4,
    reception: "host",
    badge: null,
    arrivedAt: "2026-11-24T09:00:00.000Z",
    waitingFrom: "2026-11-24T09:00:00.000Z",
    lastTriedAt: null,
    tries: 0,
    unanswered: false,
    slip: null,
    may: ["call", "turnAway", "goAway"],
    hidden: false,
    name: null,
    host: null,
    colleague: null,
    ...more,
  };
}

export function someExpected(bookingId: string, more: Partial<Expected> = {}): Expected {
  return {
    bookingId,
    startsAt: "2026-11-24T09:30:00.000Z",
    endsAt: "2026-11-24T10:15:00.000Z",
    floor: 4,
    unsettled: false,
    hidden: false,
    name: null,
    host: null,
    keys: [],
    ...more,
  };
}
