import type { Request } from "../api/request.ts";
import { useDesk } from "../desk.ts";
import { createFetchCache } from "../fetch-cache.ts";
import { createBookingApi } from "./api.ts";

type BookingDesk = ReturnType<typeof createBookingDesk>;

function createBookingDesk(request: Request) {
  const api = createBookingApi(request);
  return {
    api,
    offices: createFetchCache((_key, signal) => api.offices(signal)),
    people: createFetchCache((_key, signal) => api.people(signal)),
    times: createFetchCache(api.times),
    sessions: createFetchCache(api.sessions),
    days: createFetchCache(api.day),
    bookings: createFetchCache(api.booking),
    series: createFetchCache(api.series),
    unsettled: createFetchCache((_key, signal) => api.unsettled(signal)),
    pending: createFetchCache((_key, signal) => api.pending(signal)),
    staffing: createFetchCache(api.staffing),
    waiting: createFetchCache((_key, signal) => api.waiting(signal)),
    officeDays: createFetchCache(api.officeDays),
    rotas: createFetchCache(api.rotas),
    guestSessions: createFetchCache(api.guestSessions),
    roomClosures: createFetchCache(api.roomClosures),
    absences: createFetchCache(api.absences),
    feeds: createFetchCache(api.feed),
  };
}

/** One for each session, as long as it lasts. */
const desks = new WeakMap<Request, BookingDesk>();

/** What the booking's views have in common: their part of the API, and what it has answered. */
export function useBookingDesk(): BookingDesk {
  const { request } = useDesk();
  const known = desks.get(request);
  if (known !== undefined) return known;
  const desk = createBookingDesk(request);
  desks.set(request, desk);
  return desk;
}
