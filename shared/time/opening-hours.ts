type Stretch = { from: string; to: string };
type Week = Record<"mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun", readonly Stretch[]>;

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/**
 * An ordinary week in words: `måndag–torsdag 8–18, fredag 8–17`. Days that are closed are not named. `language` is an
 * ISO 639 code.
 */
export function openingHoursInWords(week: Week, language = "sv"): string {
  const and = new Intl.ListFormat(`${language}-SE`);
  const open = days
    .map((day, place) => ({ place, hours: and.format(week[day].map(inWords)) }))
    .filter(({ hours }) => hours !== "");
  const runs: { first: number; last: number; hours: string }[] = [];
  for (const { place, hours } of open) {
    const run = runs.at(-1);
    if (run?.hours === hours && place === run.last + 1) run.last = place;
    else runs.push({ first: place, last: place, hours });
  }
  const name = nameOf(language);
  return runs
    .map(
      ({ first, last, hours }) => `${first === last ? name(first) : `${name(first)}–${name(last)}`} ${hours}`,
    )
    .join(", ");
}

/** A formatter takes longer to make than all that it is ever asked here. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The weekdays' own names, Monday being 0. */
function nameOf(language: string): (place: number) => string {
  const format =
    formats.get(language) ?? new Intl.DateTimeFormat(`${language}-SE`, { timeZone: "UTC", weekday: "long" });
  formats.set(language, format);
  // 5 January 1970 was a Monday.
  return (place) => format.format(new Date(Date.UTC(1970, 0, 5 + place)));
}

/** `8–18`, `8.30–16.15`. */
function inWords({ from, to }: Stretch): string {
  return `${clock(from)}–${clock(to)}`;
}

function clock(time: string): string {
  const [hour = "", minute = ""] = time.split(":");
  return minute === "00" ? String(Number(hour)) : `${Number(hour)}.${minute}`;
}
