export type Bar = { xPercent: number; widthPercent: number; y: number; height: number; value: number };

/** A round number that holds `value` and is not much more: where a scale can end. */
export function niceMaximum(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= value) ?? 10) * power;
}

/** How much of a group's width its bars take together; the rest is air. */
const FILLED = 0.72;

/**
 * The bars of a chart, by series and group. Widths are in per cent of the chart, heights in its pixels below `top`: so it
 * fits every width without its text being scaled.
 */
export function barsOf(
  series: readonly (readonly number[])[],
  { top, bottom }: { top: number; bottom: number },
): readonly (readonly Bar[])[] {
  const groups = series[0]?.length ?? 0;
  const highest = niceMaximum(Math.max(0, ...series.flat()));
  const slot = 100 / Math.max(groups, 1);
  const widthPercent = (slot * FILLED) / Math.max(series.length, 1);
  return series.map((values, place) =>
    values.map((value, group) => {
      const height = ((bottom - top) * Math.max(value, 0)) / highest;
      return {
        xPercent: slot * group + (slot * (1 - FILLED)) / 2 + widthPercent * place,
        widthPercent,
        y: bottom - height,
        height,
        value,
      };
    }),
  );
}
