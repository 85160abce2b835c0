import { addDays, dateInSweden } from "../../ui/swedish-time.ts";
import type { Repeat } from "./api.ts";
import type { Names } from "./booking-words.ts";
import { clocks, longDate } from "./local-time.ts";
import type { Booking, Occurrence } from "./schemas.ts";

/** How often a meeting is to be repeated, as it stands in the form: "0" weeks is not at all. */
export type Often = { everyWeeks: string; times: string };

export const MOST_TIMES = 26;
const FEWEST_TIMES = 2;

/** What has been chosen; undefined for a meeting that is not repeated. */
export function repeatOf({ everyWeeks, times }: Often): Repeat | "fault" | undefined {
  if (everyWeeks === "0") return undefined;
  const asked = /^\d+$/.test(times.trim()) ? Number(times) : 0;
  if (asked < FEWEST_TIMES || asked > MOST_TIMES) return "fault";
  return { everyWeeks: Number(everyWeeks), times: asked };
}

/** The date of the last of them. */
export function lastDate(first: string, { everyWeeks, times }: Repeat): string {
  return addDays(first, everyWeeks * 7 * (times - 1));
}

const EVERY = ["varje", "varannan", "var tredje", "var fjärde"];

/** "varannan vecka" for 2. */
export function everyText(everyWeeks: number): string {
  return `${EVERY[everyWeeks - 1] ?? `var ${everyWeeks}:e`} vecka`;
}

/** The meetings that could be booked, and the dates on which none could. */
export function outcomeOf(occurrences: readonly Occurrence[]) {
  return {
    booked: occurrences.flatMap(({ booking }) => (booking === null ? [] : [booking])),
    without: occurrences.filter(({ booking }) => booking === null),
  };
}

/** What to say of a series to whoever comes, as it is said on the phone: each of the times, for another may differ. */
export function seriesAloud(booked: readonly Booking[], names: Names): string {
  const [first] = booked;
  if (first === undefined) return "Ingen av tiderna gick att boka.";
  const times = booked.map((one) => {
    const [from = ""] = clocks(one).split("–");
    return `${longDate(dateInSweden(new Date(one.startsAt)))} klockan ${from}`;
  });
  const how = { email: "med e-post", text: "som sms" }[first.toldBy ?? ""];
  const told =
    how === undefined ? "" : ` Du får en bekräftelse ${how}, och en påminnelse dagen före varje gång.`;
  return `Du är välkommen till ${names.office(first.office)} ${times.join(", ")}.${told}`;
}
