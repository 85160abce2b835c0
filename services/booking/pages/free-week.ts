import { localDate } from "#shared/time/working-time.ts";
import { bookableBetween, type Slot, type Wish } from "../book/offer.ts";
import { agencyLanguages, timesBetween, type Where } from "../book/take-time.ts";
import { pagesEnv } from "../env.ts";
import { listPeople } from "../people/people-table.ts";
import { byDay, earlier, plusDays, type Week, weekFrom } from "./week.ts";

/** So many weeks are looked through for the next free time, when a week has none. */
const weeksAhead = 4;

/** A week of what the public may have, and the next day with a time when there is none in it. */
export async function freeWeek(
  where: Where,
  { from, wish }: { from: string | undefined; wish: Wish },
  now: Date,
): Promise<{ week: Week; days: ReturnType<typeof byDay<Slot>>; nextFree: string | undefined }> {
  const { BOOKING_TABLE } = pagesEnv();
  const window = bookableBetween(where.service, { now: now.getTime(), internal: false });
  const span = { first: localDate(new Date(window.from)), last: localDate(new Date(window.to)) };
  const week = weekFrom(from ?? span.first, span);
  const asked = { wish, internal: false, now };
  const times = await timesBetween(BOOKING_TABLE, where, { ...asked, from: week.from, to: week.to });
  const ahead =
    times.length > 0 || week.next === undefined
      ? []
      : await timesBetween(BOOKING_TABLE, where, {
          ...asked,
          from: week.next,
          to: earlier(plusDays(week.next, weeksAhead * 7 - 1), span.last),
        });
  return { week, days: byDay(times), nextFree: byDay(ahead)[0]?.date };
}

/** The languages in which somebody has the service, and those that can be interpreted, as codes of ISO 639. */
export async function languagesOf({ service }: Where): Promise<{
  languages: readonly string[];
  interpreted: readonly string[];
}> {
  if (!service.needs.person) return { languages: [], interpreted: [] };
  const people = await listPeople(pagesEnv().BOOKING_TABLE);
  const able = people.filter(({ services }) => services.includes(service.id));
  return {
    languages: inOrder(able.flatMap(({ languages }) => languages)),
    interpreted: inOrder([...people.flatMap(({ interprets }) => interprets), ...agencyLanguages()]),
  };
}

const inOrder = (codes: readonly string[]) => [...new Set(codes)].toSorted();
