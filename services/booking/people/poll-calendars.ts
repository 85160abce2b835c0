import { municipality } from "#shared/config.ts";
import { log } from "#shared/logging.ts";
import { isRefused } from "#shared/refusal.ts";
import { now } from "#shared/time/clock.ts";
import { pollCalendarsEnv } from "../env.ts";
import { calendarUrlSource } from "../free-busy/source.ts";
import { findKeptBusy, saveKeptBusy } from "./busy-table.ts";
import { listPeople } from "./people-table.ts";

/** Calendars asked at the same time. */
const atOnce = 4;
const dayMs = 86_400_000;

/**
 * Asks, every ten minutes, the calendars of all who have one when they are busy. A calendar that does not answer is as it was: what
 * is offered says when it was last seen. Whose it is stands in the log, never its address.
 */
export async function handler(): Promise<void> {
  const at = now();
  const { BOOKING_TABLE } = pollCalendarsEnv();
  const { calendarHosts, services } = municipality().booking;
  const people = (await listPeople(BOOKING_TABLE)).filter(({ calendarUrl }) => calendarUrl !== null);
  const horizonDays = Math.max(1, ...services.map((service) => service.horizonDays));
  const source = calendarUrlSource({
    allowedHosts: calendarHosts,
    horizonDays,
    addressOf: async (person) => people.find((one) => one.person === person)?.calendarUrl ?? undefined,
    load: (person) => findKeptBusy(BOOKING_TABLE, person),
    save: (person, kept) => saveKeptBusy(BOOKING_TABLE, person, kept),
  });
  const to = new Date(at.getTime() + horizonDays * dayMs);
  const left = [...people];
  let unanswered = 0;
  const ask = async (): Promise<void> => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) {
      const answer = await source.busy(one.person, at, to, at);
      if (!isRefused(answer) && !answer.stale) continue;
      unanswered += 1;
      log("CALENDAR_NOT_READ", { person: one.person, refused: isRefused(answer) ? answer.refused : "stale" });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  log("CALENDARS_ASKED", { asked: people.length, unanswered });
}
