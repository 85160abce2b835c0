import fc from "fast-check";
import { expect, it, test } from "vitest";
import { joined, overlaps, type Stretch, within, without } from "./stretches.ts";

/** `8-10 12-13`: hours of one day. */
function hours(text: string): Stretch[] {
  return [...text.matchAll(/(\d+)-(\d+)/g)].map(([, from, to]) => ({
    from: new Date(Date.UTC(2027, 2, 1, Number(from))),
    to: new Date(Date.UTC(2027, 2, 1, Number(to))),
  }));
}

test.each([
  ["8-10 12-13", "8-10 12-13"],
  ["12-13 8-10", "8-10 12-13"],
  ["8-10 10-13", "8-13"],
  ["8-12 9-10", "8-12"],
  ["8-12 9-13 13-14 15-16", "8-14 15-16"],
  ["", ""],
])("%s joined is %s", (stretches, result) => {
  expect(joined(hours(stretches))).toEqual(hours(result));
});

test.each([
  ["8-18", "9-10 16-20", "9-10 16-18"],
  ["8-10", "10-12", ""],
  ["8-10 9-12", "9-11", "9-10 9-11"],
  ["8-10", "", ""],
])("%s within %s is %s", (stretches, limits, result) => {
  expect(within(hours(stretches), hours(limits))).toEqual(hours(result));
});

test.each([
  ["8-18", "9-10 16-20", "8-9 10-16"],
  ["8-10", "10-12", "8-10"],
  ["8-10", "7-11", ""],
  ["8-10 12-14", "9-13", "8-9 13-14"],
  ["8-10", "", "8-10"],
])("%s without %s is %s", (stretches, taken, result) => {
  expect(without(hours(stretches), hours(taken))).toEqual(hours(result));
});

test.each([
  ["8-10", "9-11", true],
  ["8-18", "9-10", true],
  ["8-10", "10-12", false],
  ["10-12", "8-10", false],
])("%s and %s share time: %s", (one, other, share) => {
  const [first, second] = [hours(one), hours(other)].flat();
  expect(first && second && overlaps(first, second)).toBe(share);
});

it("loses no time and gains none: what lies within and what lies without is all there was", () => {
  const stretch = fc
    .tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 6 }))
    .map(([from, length]) => `${from}-${from + length}`);
  const some = fc.array(stretch, { maxLength: 6 }).map((all) => hours(all.join(" ")));
  fc.assert(
    fc.property(some, some, (stretches, limits) => {
      const parts = [...within(stretches, limits), ...without(stretches, limits)];
      expect(joined(parts)).toEqual(joined(stretches));
      expect(within(without(stretches, limits), limits)).toEqual([]);
    }),
  );
});
