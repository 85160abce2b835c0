/** One line of a calendar before it is folded: `NAME;PARAMETER="…":value`. */
export type ContentLine = string;

/** What a line may hold, its end apart (RFC 5545 §3.1). */
const octets = 75;

/** The text of a calendar: CRLF after each line, and none longer than 75 octets of UTF-8 (RFC 5545 §3.1). */
export function calendarText(lines: readonly ContentLine[]): string {
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** A value of type TEXT, escaped (RFC 5545 §3.3.11); control characters are left out. */
export function textValue(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n]/gu, "")
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\n/g, "\\n");
}

/** A parameter's value in quotes. It cannot hold a quotation mark, so an apostrophe stands for one (RFC 5545 §3.2). */
export function quoted(text: string): string {
  return `"${oneLine(text).replaceAll('"', "'")}"`;
}

/** A value that is an address of a web page. */
export function uriValue(uri: string): string {
  return oneLine(uri).replaceAll(" ", "%20");
}

/** A value that is a mail address. */
export function mailtoValue(address: string): string {
  return `mailto:${encodeURI(oneLine(address))}`;
}

/** An instant in UTC: `20261124T090000Z`. */
export function utcValue(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

const stockholm = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Stockholm",
  dateStyle: "short",
  timeStyle: "medium",
});
const hourMs = 3_600_000;

/**
 * A line with an instant in Swedish local time, for a calendar that has `stockholmZone`. Within the hour that comes twice it
 * is written in UTC: that means the first time (RFC 5545 §3.3.5), and there are programs that read it as the second.
 */
export function localTimeLine(name: string, instant: Date): ContentLine {
  const wall = stockholm.format(instant);
  const comesTwice = [-hourMs, hourMs].some((ms) => stockholm.format(instant.getTime() + ms) === wall);
  if (comesTwice) return `${name}:${utcValue(instant)}`;
  return `${name};TZID=Europe/Stockholm:${wall.replace(" ", "T").replace(/[-:]/g, "")}`;
}

/** Swedish time since 1996: summer time from the last Sunday in March to the last in October (SFS 2001:127). */
export const stockholmZone: readonly ContentLine[] = [
  "BEGIN:VTIMEZONE",
  "TZID:Europe/Stockholm",
  "BEGIN:DAYLIGHT",
  "DTSTART:19960331T020000",
  "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
  "TZOFFSETFROM:+0100",
  "TZOFFSETTO:+0200",
  "TZNAME:CEST",
  "END:DAYLIGHT",
  "BEGIN:STANDARD",
  "DTSTART:19961027T030000",
  "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
  "TZOFFSETFROM:+0200",
  "TZOFFSETTO:+0100",
  "TZNAME:CET",
  "END:STANDARD",
  "END:VTIMEZONE",
];

function oneLine(text: string): string {
  return text.toWellFormed().replace(/\p{Cc}+/gu, " ");
}

/** Folds between characters, never inside one. */
function folded(line: ContentLine): string {
  let text = "";
  let room = octets;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (size > room) {
      text += "\r\n ";
      room = octets - 1;
    }
    text += character;
    room -= size;
  }
  return text;
}
