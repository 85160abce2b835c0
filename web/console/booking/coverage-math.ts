import { clockInSweden } from "../../ui/swedish-time.ts";
import type { Coverage } from "./rota-schemas.ts";

/** A part of a day's bar, in per cent of the hours that are drawn. */
type Bar = { leftPercent: number; widthPercent: number; count: number; from: string; to: string };

const DRAWN = { from: 7 * 60, to: 20 * 60 };

/** The bar of each part of a day that an office is open; what lies outside the drawn hours is cut off. */
export function barsOfDay({ stretches }: Pick<Coverage, "stretches">): readonly Bar[] {
  return stretches
    .map(({ from, to, count }) => {
      const [begins, ends] = [clockInSweden(new Date(from)), clockInSweden(new Date(to))];
      const [first, last] = [placeOf(begins), placeOf(ends)];
      return { leftPercent: first, widthPercent: last - first, count, from: begins, to: ends };
    })
    .filter(({ widthPercent }) => widthPercent > 0);
}

function placeOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  const within = Math.min(Math.max(hours * 60 + minutes, DRAWN.from), DRAWN.to);
  return ((within - DRAWN.from) / (DRAWN.to - DRAWN.from)) * 100;
}
