import { localDate } from "#shared/time/working-time.ts";
import type { Where } from "../book/take-time.ts";
import { pagesEnv } from "../env.ts";
import { sessionHours } from "../hours/guest-session.ts";
import type { Stretch } from "../hours/stretches.ts";
import { findOfficeDay } from "../offices/day-table.ts";
import { listGuestSessions } from "../offices/plan-table.ts";
import { plusDays } from "./week.ts";

const daysAhead = 28;
const most = 6;

/** When anybody may come to a guest host without a booking, the next weeks: as much of their hours as the office is open. */
export async function dropInTimes({ service, office }: Where, now: Date): Promise<readonly Stretch[]> {
  if (service.guestHost === undefined) return [];
  const table = pagesEnv().BOOKING_TABLE;
  const period = { from: localDate(now), to: plusDays(localDate(now), daysAhead) };
  const sessions = (await listGuestSessions(table, office, period))
    .filter((session) => session.service === service.id && session.visitors !== "booked")
    .slice(0, most);
  const hours = await Promise.all(
    sessions.map(async (session) => {
      const { open = [] } = (await findOfficeDay(table, office, session.date)) ?? {};
      const stretches = open.map(({ from, to }) => ({ from: new Date(from), to: new Date(to) }));
      return sessionHours(session, stretches);
    }),
  );
  return hours.flat().filter(({ to }) => to > now);
}
