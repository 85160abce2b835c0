import { addDays } from "../../ui/swedish-time.ts";
import { instantInSweden } from "./local-time.ts";

type Written = { from: string; fromClock: string; to: string; toClock: string };

/** The instants of an absence. Without clocks it is of whole days, the last included; undefined when it ends before it begins. */
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
