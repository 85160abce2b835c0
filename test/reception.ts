import type { Booking } from "../services/booking/book/booking.ts";
import { type Party, saveBooking } from "../services/booking/book/booking-table.ts";
import type { Arrival } from "../services/booking/reception/visit.ts";

/** A confirmed booking of bygglov at kommunhuset, 24 November 2026 at ten, Swedish time eleven. */
export function someBooking(bookingId: string, more: Partial<Booking> = {}): Booking {
  return {
    bookingId,
    version: 1,
    status: "confirmed",
    service: "bygglov-radgivning",
    unit: "bygglov",
    office: "kommunhuset",
    startsAt: "2026-11-24T10:00:00.000Z",
    endsAt: "2026-11-24T10:45:00.000Z",
    person: "bygglov",
    room: null,
    seats: 1,
    audience: "internal",
    language: null,
    equipment: [],
    ledgers: [],
    heldUntil: null,
    sequence: 0,
    linkVersion: 1,
    caseId: null,
    agreed: null,
    createdAt: "2026-11-01T08:00:00.000Z",
    asked: "x",
    ...more,
  };
}

export async function putBooking(
  table: string,
  booking: Booking,
  name: string | null = null,
): Promise<Booking> {
  const party: Party = { name, email: null, phone: null, about: null };
  const saved = await saveBooking(
    table,
    { next: booking, seen: 0, ledgers: [] },
    { party, events: [], now: new Date(booking.createdAt) },
  );
  if (saved !== "saved") throw new Error(saved);
  return booking;
}

export function someArrival(number: number, more: Partial<Arrival> = {}): Arrival {
  return {
    visitId: number.toString(16).padStart(32, "0"),
    office: "kommunhuset",
    number,
    purpose: "floor",
    floor: 4,
    reception: "host",
    secret: false,
    badge: null,
    asked: "x",
    unit: null,
    service: null,
    host: null,
    booking: undefined,
    ...more,
  };
}
