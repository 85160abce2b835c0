/** From one instant until another, at which it is over. */
export type Stretch = { readonly from: Date; readonly to: Date };

/** In order of time, those that overlap or touch made one. */
export function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const { from, to } of stretches.toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = result.at(-1);
    if (last === undefined || last.to < from) result.push({ from, to });
    else if (last.to < to) result[result.length - 1] = { from: last.from, to };
  }
  return result;
}

/** The parts of some stretches that lie in one of the limits. */
export function within(stretches: readonly Stretch[], limits: readonly Stretch[]): readonly Stretch[] {
  return stretches.flatMap((stretch) =>
    limits
      .filter((limit) => overlaps(stretch, limit))
      .map((limit) => ({
        from: stretch.from > limit.from ? stretch.from : limit.from,
        to: stretch.to < limit.to ? stretch.to : limit.to,
      })),
  );
}

/** The parts of some stretches that lie in none of those taken. */
export function without(stretches: readonly Stretch[], taken: readonly Stretch[]): readonly Stretch[] {
  return taken.reduce<readonly Stretch[]>(
    (left, gone) =>
      left.flatMap((stretch) => {
        if (!overlaps(stretch, gone)) return [stretch];
        return [
          { from: stretch.from, to: gone.from },
          { from: gone.to, to: stretch.to },
        ].filter(({ from, to }) => from < to);
      }),
    stretches,
  );
}

/** Whether two stretches share time; where one ends as the other begins they do not. */
export function overlaps(one: Stretch, other: Stretch): boolean {
  return one.from < other.to && other.from < one.to;
}
