import { dateInWords } from "./date-in-words.ts";

/** A calendar date in words: `torsdag 26 november`. */
export function swedishDate(date: string): string {
  return dateInWords(date, "sv");
}
