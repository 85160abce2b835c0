import { localDate } from "#shared/time/working-time.ts";

/** What a page of free times shows: dates in Sweden, both included, and where its neighbours begin. */
export type Week = { from: string; to: string; previous: string | undefined; next: string | undefined };

/** A week of days from a date, within what can be booked at all: nothing before the first day, nothing after the last. */
export function weekFrom(from: string, { first, last }: { first: string; last: string }): Week {
  const begins = from < first ? first : from > last ? last : from;
  const following = plusDays(begins, 7);
  const before = plusDays(begins, -7);
  return {
    from: begins,
    to: earlier(plusDays(begins, 6), last),
    previous: begins === first ? undefined : before < first ? first : before,
    next: following > last ? undefined : following,
  };
}

/** Times under their dates in Sweden, in order. */
export function byDay<Time extends { start: Date }>(
  times: readonly Time[],
): readonly { date: string; times: readonly Time[] }[] {
  const days = new Map<string, Time[]>();
  for (const time of times.toSorted((a, b) => a.start.getTime() - b.start.getTime())) {
    const date = localDate(time.start);
    days.set(date, [...(days.get(date) ?? []), time]);
  }
  return [...days].map(([date, those]) => ({ date, times: those }));
}

/** The calendar date so many days later. */
export function plusDays(date: string, days: number): string {
  const noon = new Date(`${date}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + days);
  return noon.toISOString().slice(0, 10);
}

export function earlier(one: string, other: string): string {
  return one < other ? one : other;
}
