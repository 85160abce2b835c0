import * as z from "zod/mini";
import type { Booking } from "../book/booking.ts";
import { serviceOf } from "../book/take-time.ts";
import { guestSessionSchema, sessionHours } from "../hours/guest-session.ts";
import { findOfficeDay } from "../offices/day-table.ts";
import { listGuestSessions } from "../offices/plan-table.ts";
import { guestHostOf } from "../people/guest-hosts.ts";
import type { Visit } from "./visit.ts";

/** Somebody from outside who receives visitors today, and for how many they have to make time. */
export const guestsTodaySchema = z.object({
  host: z.string(),
  name: z.string(),
  /** As much of their hours as the office is open; instants. */
  hours: z.array(z.object({ from: z.string(), to: z.string() })),
  visitors: guestSessionSchema.shape.visitors,
  /** Who comes is not asked. */
  secret: z.boolean(),
  /** Booked visitors who have not come. */
  expected: z.int(),
  waiting: z.int(),
});
export type GuestsToday = z.infer<typeof guestsTodaySchema>;

export async function guestsToday(
  table: string,
  today: { office: string; date: string; expected: readonly Booking[]; visits: readonly Visit[] },
): Promise<GuestsToday[]> {
  const { office, date, expected, visits } = today;
  const sessions = await listGuestSessions(table, office, { from: date, to: date });
  if (sessions.length === 0) return [];
  const day = await findOfficeDay(table, office, date);
  const open = (day?.open ?? []).map(({ from, to }) => ({ from: new Date(from), to: new Date(to) }));
  return sessions.flatMap((session) => {
    const service = serviceOf(session.service);
    if (service?.guestHost === undefined) return [];
    const host = guestHostOf(service.id);
    const hours = sessionHours(session, open);
    return [
      {
        host,
        name: service.guestHost.name,
        hours: hours.map(({ from, to }) => ({ from: from.toISOString(), to: to.toISOString() })),
        visitors: session.visitors,
        secret: service.visibility === "secret",
        expected: expected.filter(({ person }) => person === host).length,
        waiting: visits.filter((visit) => visit.host === host && visit.state === "waiting").length,
      },
    ];
  });
}
