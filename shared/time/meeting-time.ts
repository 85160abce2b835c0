import { dateInWords } from "./date-in-words.ts";
import { localDate } from "./working-time.ts";

const clocks = new Map<string, Intl.DateTimeFormat>();

/** A time of day in Sweden, as the language writes it there: `10:00`, in Finnish `10.00`. */
export function clockTime(instant: Date, language: string): string {
  const format =
    clocks.get(language) ??
    new Intl.DateTimeFormat(`${language}-SE`, { timeZone: "Europe/Stockholm", timeStyle: "short" });
  clocks.set(language, format);
  return format.format(instant);
}

/** When a meeting is, in Swedish time: `torsdag 26 november 10:00–10:45`. */
export function meetingTime(start: Date, end: Date, language: string): string {
  const day = dateInWords(localDate(start), language);
  return `${day} ${clockTime(start, language)}–${clockTime(end, language)}`;
}
