import { shortHash } from "#shared/ids.ts";
import { isRefused, type Refused, refuse } from "#shared/refusal.ts";
import { busyTimes, type CalendarRefusal, type Interval } from "./busy-times.ts";
import { type Connection, type FetchRefusal, fetchCalendar } from "./fetch-calendar.ts";

/** `no-calendar`: nobody has said where this person's calendar is. */
export type FreeBusyRefusal = "no-calendar" | FetchRefusal | CalendarRefusal;

export type BusyAnswer = {
  busy: readonly Interval[];
  /** When the calendar said so. */
  checkedAt: Date;
  /** The calendar could not be asked now: this is what it said last. */
  stale: boolean;
};

/** Where it is known when somebody is busy, whatever keeps their calendar. `person` is a subject of the staff table. */
export type FreeBusySource = {
  busy(person: string, from: Date, to: Date, now: Date): Promise<BusyAnswer | Refused<FreeBusyRefusal>>;
};

/** What is kept of a calendar: only when its owner is busy, and between which instants that is known. */
export type KeptBusy = {
  /** Hash of the address that it came from: the address itself is a secret. */
  addressHash: string;
  etag: string | null;
  checkedAt: Date;
  from: Date;
  to: Date;
  busy: readonly Interval[];
};

export type CalendarUrls = Connection & {
  /** The https address of a person's calendar, if there is one. */
  addressOf(person: string): Promise<string | undefined>;
  load(person: string): Promise<KeptBusy | undefined>;
  save(person: string, kept: KeptBusy): Promise<void>;
  /** How far ahead of now busy times are kept, in days: as far as anybody may book. */
  horizonDays: number;
};

const dayMs = 86_400_000;

/**
 * Busy times from calendars that are published at an address (iCalendar). Each question asks the calendar, by its ETag when
 * there is one. When it cannot be had or read, the last answer stands, as stale, if it reaches over all that is asked.
 */
export function calendarUrlSource(urls: CalendarUrls): FreeBusySource {
  return {
    async busy(person, from, to, now) {
      const address = await urls.addressOf(person);
      if (address === undefined) return refuse("no-calendar");
      const addressHash = shortHash(address);
      const last = await urls.load(person);
      const kept = last?.addressHash === addressHash && last.from <= from && to <= last.to ? last : undefined;

      const answer = await ask(address, kept, urls, {
        from: new Date(Math.min(from.getTime(), now.getTime())),
        to: new Date(Math.max(to.getTime(), now.getTime() + urls.horizonDays * dayMs)),
      });
      if (!isRefused(answer)) {
        const fresh: KeptBusy = { ...answer, addressHash, checkedAt: now };
        await urls.save(person, fresh);
        return { busy: within(fresh.busy, from, to), checkedAt: now, stale: false };
      }
      // A host that is no longer allowed is not to be relied on either.
      if (kept === undefined || answer.refused === "host-not-allowed") return answer;
      return { busy: within(kept.busy, from, to), checkedAt: kept.checkedAt, stale: true };
    },
  };
}

/** What the calendar says now: `kept` again when it has not changed, or all of the window anew. */
async function ask(
  address: string,
  kept: KeptBusy | undefined,
  connection: Connection,
  window: Interval,
): Promise<Pick<KeptBusy, "etag" | "from" | "to" | "busy"> | Refused<FreeBusyRefusal>> {
  const fetched = await fetchCalendar(address, kept?.etag ?? null, connection);
  if (fetched === "unchanged") return kept ?? refuse("calendar-unreachable");
  if (isRefused(fetched)) return fetched;
  const busy = busyTimes(fetched.text, window.from, window.to);
  return isRefused(busy) ? busy : { etag: fetched.etag, ...window, busy };
}

function within(busy: readonly Interval[], from: Date, to: Date): readonly Interval[] {
  return busy
    .filter((time) => time.from < to && time.to > from)
    .map((time) => ({ from: time.from < from ? from : time.from, to: time.to > to ? to : time.to }));
}
