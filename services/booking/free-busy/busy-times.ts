import { runInNewContext } from "node:vm";
import ICAL from "ical.js";
import { type Refused, refuse } from "#shared/refusal.ts";
import { type Part, type Property, timeOf, utc, type Wall, type Zone, zonesOf } from "./zones.ts";

/** A stretch of time, `to` not in it. */
export type Interval = { from: Date; to: Date };

/** `not-a-calendar`: it cannot be read, or one of its meetings cannot. `calendar-too-large`: in size, or in what its rules ask. */
export type CalendarRefusal = "not-a-calendar" | "calendar-too-large";

const most = {
  characters: 10_000_000,
  meetings: 20_000,
  /** Turns of all recurrence rules together. */
  turns: 100_000,
  intervals: 5_000,
  /** A rule may ask for a day that never comes, and ical.js looks for it forever. */
  ms: 3_000,
};
const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

/**
 * When a calendar (RFC 5545) says that its owner is busy between two instants: sorted, none touching another, cut at the
 * two. Cancelled and transparent meetings are free, tentative ones busy. Whole days, and times of no known zone, are
 * Swedish. A meeting that cannot be read makes the whole calendar refused, or its time would be taken for free. Of titles
 * and all else nothing is even read.
 */
export function busyTimes(
  icsText: string,
  from: Date,
  to: Date,
): readonly Interval[] | Refused<CalendarRefusal> {
  if (icsText.length > most.characters) return refuse("calendar-too-large");
  const work = () => readBusy(icsText, { from: from.getTime(), to: to.getTime() });
  try {
    return runInNewContext("work()", { work }, { timeout: most.ms });
  } catch (error) {
    return refuse(isOverdue(error) ? "calendar-too-large" : "not-a-calendar");
  }
}

/** The error comes from the other context, and is no instance of this one's `Error`. */
function isOverdue(error: unknown): boolean {
  const overdue = "ERR_SCRIPT_EXECUTION_TIMEOUT";
  return typeof error === "object" && error !== null && "code" in error && error.code === overdue;
}

type Span = { from: number; to: number };

function readBusy(text: string, window: Span): readonly Interval[] | Refused<CalendarRefusal> {
  const parsed: Part | Part[] = ICAL.parse(neededLines(text));
  const calendars = isPart(parsed) ? [parsed] : parsed;
  if (calendars.length === 0 || calendars.some(([name]) => name !== "vcalendar"))
    return refuse("not-a-calendar");
  const parts = calendars.flatMap(([, , within]) => within);
  if (parts.length > most.meetings) return refuse("calendar-too-large");

  const zoneOf = zonesOf(calendars);
  const meetings = parts.filter(([name]) => name === "vevent").map((part) => meetingOf(part, zoneOf));
  const replaced = replacedStarts(meetings);
  const budget = { turns: most.turns };
  const spans: Span[] = parts
    .filter(([name]) => name === "vfreebusy")
    .flatMap((part) => statedBusy(part, zoneOf));
  for (const meeting of meetings) {
    if (meeting.isFree || meeting.start === undefined) continue;
    const series = meeting.replaces === undefined ? replaced.get(meeting.uid) : undefined;
    for (const span of spansOf(meeting, meeting.start, series, window, budget)) spans.push(span);
    if (budget.turns < 0) return refuse("calendar-too-large");
  }
  const busy = merged(spans, window);
  return busy.length > most.intervals ? refuse("calendar-too-large") : busy;
}

function isPart(parsed: Part | Part[]): parsed is Part {
  return typeof parsed[0] === "string";
}

const needed = new Set([
  ...["BEGIN", "END", "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"],
  ...["STATUS", "TRANSP", "FREEBUSY", "TZID", "TZOFFSETFROM", "TZOFFSETTO"],
]);

/** The unfolded lines that tell when. A title that is broken by its program, as many are, is no matter then. */
function neededLines(text: string): string {
  return text
    .replace(/^\uFEFF/, "")
    .replace(/\r?\n[ \t]/g, "")
    .split(/\r\n?|\n/)
    .filter((line) => needed.has(line.slice(0, 14).split(/[:;]/, 1)[0]?.toUpperCase() ?? ""))
    .join("\r\n");
}

/** A time in a calendar: on the wall, whether it means the whole day, and in which zone. */
type Moment = { wall: Wall; isDate: boolean; zone: Zone };
type ZoneOf = (tzid: string | undefined) => Zone;

type Meeting = {
  uid: unknown;
  isFree: boolean;
  start: Moment | undefined;
  /** How long it is: on the wall, as days are, and then in real time. */
  length: { wall: number; exact: number };
  rules: readonly object[];
  /** Starts that are named one by one, each with an end of its own when it has one. */
  extra: readonly { start: Moment; end: number | undefined }[];
  except: readonly Moment[];
  /** The start in the series that this meeting stands in place of. */
  replaces: Moment | undefined;
};

function meetingOf([, properties]: Part, zoneOf: ZoneOf): Meeting {
  const all = (name: string) => properties.filter((property) => property[0] === name);
  const first = (name: string) => all(name)[0];
  const moments = (name: string) =>
    all(name).flatMap((property) => valuesOf(property).map((value) => momentOf(property, value, zoneOf)));
  const text = (name: string) => String(first(name)?.[3] ?? "").toUpperCase();
  const start = moments("dtstart")[0];
  return {
    uid: first("uid")?.[3],
    isFree: text("status") === "CANCELLED" || text("transp") === "TRANSPARENT",
    start,
    length: lengthOf(start, moments("dtend")[0], first("duration")?.[3]),
    rules: all("rrule").map(([, , , rule]) => ruleOf(rule)),
    extra: all("rdate").flatMap((property) =>
      valuesOf(property).map((value) => ({
        start: momentOf(property, Array.isArray(value) ? value[0] : value, zoneOf),
        end: Array.isArray(value) ? periodOf(property, value, zoneOf).to : undefined,
      })),
    ),
    except: moments("exdate"),
    replaces: moments("recurrence-id")[0],
  };
}

function valuesOf([, , , ...values]: Property): readonly unknown[] {
  return values;
}

function ruleOf(rule: unknown): object {
  if (typeof rule !== "object" || rule === null || !("freq" in rule)) throw new Error("no rule");
  return rule;
}

const written = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(Z?))?$/;

function momentOf([, parameters]: Property, value: unknown, zoneOf: ZoneOf): Moment {
  const [, date, time, inUtc] = written.exec(String(value)) ?? [];
  const wall = Date.parse(`${date}T${time ?? "00:00:00"}Z`);
  if (Number.isNaN(wall)) throw new Error("no time");
  const tzid = parameters["tzid"];
  const zone = inUtc === "Z" ? utc : zoneOf(typeof tzid === "string" ? tzid : undefined);
  return { wall, isDate: time === undefined, zone: time === undefined ? zoneOf(undefined) : zone };
}

function at({ wall, zone }: Moment): number {
  return zone(wall);
}

function lengthOf(start: Moment | undefined, end: Moment | undefined, duration: unknown): Meeting["length"] {
  if (start === undefined) return { wall: 0, exact: 0 };
  // The same hours on the wall on every day of a series, also when the clocks change in between.
  if (end !== undefined && end.zone === start.zone) return { wall: end.wall - start.wall, exact: 0 };
  if (end !== undefined) return { wall: 0, exact: at(end) - at(start) };
  if (duration === undefined) return { wall: start.isDate ? dayMs : 0, exact: 0 };
  return durationOf(duration);
}

function durationOf(value: unknown): Meeting["length"] {
  const { weeks, days, hours, minutes, seconds, isNegative } = ICAL.Duration.fromString(String(value));
  if (isNegative) return { wall: 0, exact: 0 };
  return { wall: (weeks * 7 + days) * dayMs, exact: (hours * 60 + minutes) * minuteMs + seconds * 1_000 };
}

/** A period, as ical.js hands it on: a start, and an end or a duration. */
function periodOf(property: Property, period: unknown, zoneOf: ZoneOf): Span {
  const [start, end] = Array.isArray(period) ? period : [];
  const from = momentOf(property, start, zoneOf);
  if (!String(end).includes("P")) return { from: at(from), to: at(momentOf(property, end, zoneOf)) };
  const { wall, exact } = durationOf(end);
  return { from: at(from), to: from.zone(from.wall + wall) + exact };
}

/** What a VFREEBUSY says is busy (RFC 5545 §3.8.2.6). */
function statedBusy([, properties]: Part, zoneOf: ZoneOf): readonly Span[] {
  return properties
    .filter(
      ([name, parameters]) => name === "freebusy" && String(parameters["fbtype"]).toUpperCase() !== "FREE",
    )
    .flatMap((property) => valuesOf(property).map((period) => periodOf(property, period, zoneOf)));
}

/** Starts of a series at which nothing happens: by instant, and by whole day. */
type Starts = { instants: Set<number>; days: Set<Wall> };

function startsOf(moments: readonly Moment[]): Starts {
  return {
    instants: new Set(moments.map(at)),
    days: new Set(moments.filter(({ isDate }) => isDate).map(({ wall }) => wall)),
  };
}

/** For each series, the starts that a meeting of their own stands in place of, be it free or not. */
function replacedStarts(meetings: readonly Meeting[]): ReadonlyMap<unknown, readonly Moment[]> {
  const replaced = new Map<unknown, Moment[]>();
  for (const { uid, replaces } of meetings) {
    if (replaces === undefined) continue;
    const others = replaced.get(uid);
    if (others === undefined) replaced.set(uid, [replaces]);
    else others.push(replaces);
  }
  return replaced;
}

function spansOf(
  meeting: Meeting,
  start: Moment,
  replaced: readonly Moment[] = [],
  window: Span,
  budget: { turns: number },
): readonly Span[] {
  const { length, rules, extra, except } = meeting;
  // A day on either side: no zone is further from UTC.
  const near = { from: window.from - length.wall - length.exact - dayMs, to: window.to + dayMs };
  const isNear = (wall: Wall) => wall >= near.from && wall <= near.to;
  const spanAt = (wall: Wall, zone: Zone): Span => ({
    from: zone(wall),
    to: zone(wall + length.wall) + length.exact,
  });
  const recurs = rules.length > 0 || extra.length > 0;
  if (!recurs) return isNear(start.wall) ? [spanAt(start.wall, start.zone)] : [];

  const walls =
    rules.length === 0 ? [start.wall] : rules.flatMap((rule) => turnsOf(rule, start, near, budget));
  const spans = [
    ...walls.filter(isNear).map((wall) => ({ wall, ...spanAt(wall, start.zone) })),
    ...extra
      .filter((one) => isNear(one.start.wall))
      .map((one) => {
        const span = spanAt(one.start.wall, one.start.zone);
        return { wall: one.start.wall, from: span.from, to: one.end ?? span.to };
      }),
  ];
  const { instants, days } = startsOf([...except, ...replaced]);
  return spans.filter(({ wall, from }) => !instants.has(from) && !days.has(Math.floor(wall / dayMs) * dayMs));
}

const unitMs: Record<string, number> = {
  SECONDLY: 1_000,
  MINUTELY: minuteMs,
  HOURLY: 60 * minuteMs,
  DAILY: dayMs,
  WEEKLY: 7 * dayMs,
};

/** The starts that a rule gives near the window. */
function turnsOf(rule: object, start: Moment, near: Span, budget: { turns: number }): readonly Wall[] {
  const { until, ...endless } = { until: undefined, ...rule };
  const recur = ICAL.Recur.fromData(endless);
  const lastInstant = until === undefined ? undefined : lastOf(until, start);
  // Without a count, what lies far before the window need not be gone through: any multiple of the rule's step fits.
  const unit = recur.count === null ? unitMs[recur.freq] : undefined;
  const step = (unit ?? 0) * recur.interval;
  const skipped = step === 0 ? 0 : Math.max(0, Math.floor((near.from - start.wall) / step)) * step;
  const walls: Wall[] = [];
  const iterator = recur.iterator(timeOf(start.wall + skipped));
  for (let next = iterator.next(); next; next = iterator.next()) {
    budget.turns -= 1;
    const wall = Date.UTC(next.year, next.month - 1, next.day, next.hour, next.minute, next.second);
    if (budget.turns < 0 || wall > near.to) break;
    if (wall < near.from) continue;
    if (lastInstant !== undefined && start.zone(wall) > lastInstant) break;
    walls.push(wall);
  }
  return walls;
}

/** The last instant at which a series may start. A date means all of that day. */
function lastOf(until: unknown, start: Moment): number {
  const last = momentOf(["until", {}, "date-time"], until, () => start.zone);
  return last.isDate ? start.zone(last.wall + dayMs) - 1 : at(last);
}

function merged(spans: readonly Span[], window: Span): readonly Interval[] {
  const cut = spans
    .map(({ from, to }) => ({ from: Math.max(from, window.from), to: Math.min(to, window.to) }))
    .filter(({ from, to }) => from < to)
    .sort((one, other) => one.from - other.from);
  const apart: Span[] = [];
  for (const span of cut) {
    const last = apart.at(-1);
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else apart.push(span);
  }
  return apart.map(({ from, to }) => ({ from: new Date(from), to: new Date(to) }));
}
