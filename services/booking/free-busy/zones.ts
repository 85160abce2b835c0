import ICAL from "ical.js";

/**
 * A calendar's parts as ical.js hands them on (RFC 7265): name, properties, and the parts within. A property is its name,
 * parameters, type and values.
 */
export type Part = [name: string, properties: Property[], parts: Part[]];
export type Property = [
  name: string,
  parameters: Record<string, string | string[]>,
  type: string,
  ...values: unknown[],
];

/** What the clock on the wall shows, as milliseconds: the instant at which it would show that in UTC. */
export type Wall = number;
/** From the wall's time to the instant, in milliseconds. A doubled hour is the first; a skipped one goes by the time before. */
export type Zone = (wall: Wall) => number;

const home = "Europe/Stockholm";
const dayMs = 86_400_000;

export const utc: Zone = (wall) => wall;

/**
 * The zones of one calendar, by TZID. A name that the platform knows goes by the platform, one that only the calendar
 * defines by its VTIMEZONE, and every other name, or none, is Swedish time.
 */
export function zonesOf(calendars: readonly Part[]): (tzid: string | undefined) => Zone {
  const definitions = new Map<unknown, Part>();
  for (const part of calendars.flatMap(([, , parts]) => parts)) {
    if (part[0] === "vtimezone") definitions.set(part[1].find(([name]) => name === "tzid")?.[3], part);
  }
  const swedish = namedZone(home) ?? utc;
  const zones = new Map<string, Zone>();
  return (tzid) => {
    if (tzid === undefined) return swedish;
    const zone = zones.get(tzid) ?? namedZone(tzid) ?? definedZone(definitions.get(tzid)) ?? swedish;
    zones.set(tzid, zone);
    return zone;
  };
}

/** A time of no zone, for ical.js. */
export function timeOf(wall: Wall): ICAL.Time {
  const date = new Date(wall);
  return new ICAL.Time(
    {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      isDate: false,
    },
    ICAL.Timezone.localTimezone,
  );
}

function namedZone(timeZone: string): Zone | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  } catch {
    return undefined;
  }
  const offsetAt = (instant: number) =>
    Date.parse(`${format.format(instant).replace(" ", "T")}Z`) - Math.floor(instant / 1_000) * 1_000;
  /** The offsets a day before and a day after each day: mostly the same, and then there is nothing to find out. */
  const around = new Map<number, readonly [number, number]>();
  return (wall) => {
    const day = Math.floor(wall / dayMs);
    const offsets = around.get(day) ?? [offsetAt((day - 1) * dayMs), offsetAt((day + 2) * dayMs)];
    around.set(day, offsets);
    const [before, after] = offsets;
    const early = wall - before;
    if (before === after || offsetAt(early) === before) return early;
    const late = wall - after;
    return offsetAt(late) === after ? late : early;
  };
}

/** Only what changes by plain yearly rules, as every real zone does: ical.js works out all changes at once. */
function definedZone(definition: Part | undefined): Zone | undefined {
  if (definition === undefined) return undefined;
  const [, , changes] = definition;
  const rules = changes.flatMap(([, properties]) => properties.filter(([name]) => name === "rrule"));
  if (changes.length === 0 || !rules.every(([, , , rule]) => isPlainYearly(rule))) return undefined;
  const zone = new ICAL.Timezone(new ICAL.Component(definition));
  return (wall) => wall - zone.utcOffset(timeOf(wall)) * 1_000;
}

const plainParts = ["freq", "bymonth", "byday", "until", "interval", "wkst"];

function isPlainYearly(rule: unknown): boolean {
  return (
    typeof rule === "object" &&
    rule !== null &&
    "freq" in rule &&
    rule.freq === "YEARLY" &&
    Object.entries(rule).every(([name, value]) => plainParts.includes(name) && !Array.isArray(value))
  );
}
