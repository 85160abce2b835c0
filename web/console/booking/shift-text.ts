type Hours = { from: string; to: string };

/**
 * The hours that are written in a field of the rota: "8-13", "08:00–13:00, 14–18". Nothing written is no hours; undefined when it
 * cannot be read, when hours end before they begin, or when they overlap.
 */
export function parseHours(text: string): readonly Hours[] | undefined {
  const parts = text
    .split(/[,;+]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const hours = parts
    .map(parseOne)
    .toSorted((one, other) => ((one?.from ?? "") < (other?.from ?? "") ? -1 : 1));
  const read = hours.filter((one) => one !== undefined);
  const inOrder = read.every(({ from }, place) => place === 0 || (read[place - 1]?.to ?? "") <= from);
  return read.length === hours.length && inOrder ? read : undefined;
}

function parseOne(part: string): Hours | undefined {
  const [from, to, ...more] = part.split(/\s*[-–—]\s*/).map(parseClock);
  return from === undefined || to === undefined || more.length > 0 || from >= to ? undefined : { from, to };
}

/** "8", "8.30", "830" and "08:30" as "08:30". */
function parseClock(text: string): string | undefined {
  const [, hours = "", minutes = "00"] = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text) ?? [];
  if (hours === "" || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return `${hours.padStart(2, "0")}:${minutes}`;
}

/** As it is written in the field: whole hours without their minutes. */
export function hoursText(hours: readonly Hours[]): string {
  return hours.map(({ from, to }) => `${clockText(from)}–${clockText(to)}`).join(", ");
}

function clockText(clock: string): string {
  const [hours, minutes] = clock.split(":");
  return minutes === "00" ? String(Number(hours)) : `${Number(hours)}:${minutes}`;
}
