import { describe, expect, it } from "vitest";
import { barsOf, niceMaximum } from "./bar-chart-math.ts";

describe("the scale", () => {
  it.each([
    [0, 1],
    [1, 1],
    [3, 3],
    [12, 15],
    [54, 60],
    [50, 50],
    [81, 100],
    [420, 500],
  ])("that holds %d ends at %d", (value, maximum) => {
    expect(niceMaximum(value)).toBe(maximum);
  });
});

describe("bars", () => {
  const frame = { top: 10, bottom: 110 };

  it("stand on the bottom, as high as they are of the scale", () => {
    const [bars = []] = barsOf([[0, 5, 10]], frame);
    expect(bars.map(({ y, height }) => [y, height])).toEqual([
      [110, 0],
      [60, 50],
      [10, 100],
    ]);
  });

  it("share the width, two series side by side, and never leave it", () => {
    const bars = barsOf(
      [
        [1, 2],
        [2, 1],
      ],
      frame,
    ).flat();
    const edges = bars.map(({ xPercent, widthPercent }) => [xPercent, xPercent + widthPercent]);
    expect(edges.flat().every((edge) => edge >= 0 && edge <= 100)).toBe(true);
    const sorted = edges.toSorted(([one = 0], [other = 0]) => one - other);
    expect(sorted.every(([start = 0], n) => n === 0 || start >= (sorted[n - 1]?.[1] ?? 0) - 1e-9)).toBe(true);
  });

  it("of nothing are none", () => {
    expect(barsOf([[]], frame)).toEqual([[]]);
  });
});
