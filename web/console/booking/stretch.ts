import { addDays, clockInSweden, dateInSweden, shortDate } from "../../ui/swedish-time.ts";
import { instantInSweden } from "./local-time.ts";

/** A stretch as it is typed: dates, and clocks where it is not of whole days. */
export type Written = { from: string; fromClock: string; to: string; toClock: string };

/** The instants of a stretch. Without clocks it is of whole days, the last included; undefined when it ends before it begins. */
export function stretchOf({
  from,
  fromClock,
  to,
  toClock,
}: Written): { from: string; to: string } | undefined {
  if (from === "" || to === "") return undefined;
  const begins = instantInSweden(from, fromClock === "" ? "00:00" : fromClock);
  const ends = toClock === "" ? instantInSweden(addDays(to, 1), "00:00") : instantInSweden(to, toClock);
  return begins === undefined || ends === undefined || begins >= ends
    ? undefined
    : { from: begins, to: ends };
}

/** A stretch in words: "tis 1 dec, hela dagen", "tis 1 dec – tor 3 dec", "tis 1 dec 08:00–12:00". */
export function stretchText({ from, to }: { from: string; to: string }, today: string): string {
  const [begins, ends] = [new Date(from), new Date(to)];
  const [first, firstClock] = [dateInSweden(begins), clockInSweden(begins)];
  const [end, endClock] = [dateInSweden(ends), clockInSweden(ends)];
  if (firstClock === "00:00" && endClock === "00:00") {
    const last = addDays(end, -1);
    const day = shortDate(first, today);
    return last === first ? `${day}, hela dagen` : `${day} – ${shortDate(last, today)}`;
  }
  if (first === end) return `${shortDate(first, today)} ${firstClock}–${endClock}`;
  return `${shortDate(first, today)} ${firstClock} – ${shortDate(end, today)} ${endClock}`;
}
