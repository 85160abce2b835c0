import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { countHeads, hasEvening, presentAmong, staffedBy } from "./coverage.ts";
import { overlaps, type Stretch } from "./stretches.ts";

/** Hours of a winter day, in Swedish time. */
const hours = (from: number, to: number): Stretch => ({
  from: new Date(Date.UTC(2027, 2, 1, 0, (from - 1) * 60)),
  to: new Date(Date.UTC(2027, 2, 1, 0, (to - 1) * 60)),
});
const shift = (person: string, from: number, to: number) => ({
  person,
  outsideOpening: false,
  ...hours(from, to),
});
const present = (person: string, from: number, to: number) => ({ person, ...hours(from, to) });
const counted = (from: number, to: number, count: number) => ({ ...hours(from, to), count });

describe("who is present", () => {
  test.each([
    ["nobody's absence", [shift("amina", 8, 16)], [], [present("amina", 8, 16)]],
    ["somebody else's", [shift("amina", 8, 16)], [present("jonas", 0, 24)], [present("amina", 8, 16)]],
    [
      "an absence in the middle",
      [shift("amina", 8, 16)],
      [present("amina", 10, 12)],
      [present("amina", 8, 10), present("amina", 12, 16)],
    ],
    ["an absence of the whole day", [shift("amina", 8, 16)], [present("amina", 0, 24)], []],
    [
      "two shifts that overlap",
      [shift("amina", 8, 12), shift("amina", 11, 16)],
      [],
      [present("amina", 8, 16)],
    ],
  ])("with %s", (_, rostered, absences, expected) => {
    expect(presentAmong(rostered, absences)).toEqual(expected);
  });
});

describe("heads", () => {
  test.each([
    ["nobody", [], [counted(8, 18, 0)]],
    ["one the whole day, and more", [present("amina", 7, 19)], [counted(8, 18, 1)]],
    ["two who relieve each other", [present("amina", 8, 12), present("jonas", 12, 18)], [counted(8, 18, 1)]],
    [
      "two with an hour together",
      [present("amina", 8, 13), present("jonas", 12, 18)],
      [counted(8, 12, 1), counted(12, 13, 2), counted(13, 18, 1)],
    ],
    ["one who is written twice", [present("amina", 8, 18), present("amina", 9, 10)], [counted(8, 18, 1)]],
    ["one after it closes", [present("amina", 18, 20)], [counted(8, 18, 0)]],
  ])("of %s", (_, people, expected) => {
    expect(countHeads([hours(8, 18)], people)).toEqual(expected);
  });

  it("are counted in each stretch apart", () => {
    expect(countHeads([hours(8, 12), hours(13, 16)], [present("amina", 8, 14)])).toEqual([
      ...[counted(8, 12, 1), counted(13, 14, 1), counted(14, 16, 0)],
    ]);
    expect(countHeads([], [present("amina", 8, 14)])).toEqual([]);
  });

  it("are those of each moment, whoever comes and goes", () => {
    const someone = fc
      .tuple(fc.constantFrom("amina", "jonas", "ritva"), fc.nat(22), fc.integer({ min: 1, max: 12 }))
      .map(([person, from, length]) => present(person, from, from + length));
    fc.assert(
      fc.property(fc.array(someone), fc.integer({ min: 8, max: 17 }), (people, hour) => {
        const at = hours(hour, hour + 1);
        const here = new Set(people.filter((one) => overlaps(one, at)).map(({ person }) => person));
        const stretches = countHeads([hours(8, 18)], people);
        expect(stretches.find((one) => overlaps(one, at))?.count).toBe(here.size);
        expect(stretches.at(0)?.from).toEqual(hours(8, 18).from);
        expect(stretches.at(-1)?.to).toEqual(hours(8, 18).to);
      }),
    );
  });
});

test.each([
  ["from its beginning to its end", true, [hours(8, 18)]],
  ["for longer", true, [hours(15, 20)]],
  ["in two halves that meet", true, [hours(16, 17), hours(17, 18)]],
  ["with a break", false, [hours(16, 17), hours(17.25, 18)]],
  ["until five", false, [hours(8, 17)]],
  ["from a quarter past", false, [hours(16.25, 18)]],
  ["never", false, []],
])("an evening that is staffed %s counts: %s", (_, counts, staffed) => {
  const two = staffedBy(
    2,
    staffed.map((stretch) => ({ ...stretch, count: 2 })),
  );
  expect(hasEvening("2027-03-01", { from: "16:00", to: "18:00" }, two)).toBe(counts);
});

it("is staffed where at least so many work, be they more in between", () => {
  const day = [
    counted(8, 9, 1),
    counted(9, 12, 2),
    counted(12, 13, 3),
    counted(13, 14, 0),
    counted(14, 18, 2),
  ];
  expect(staffedBy(2, day)).toEqual([hours(9, 13), hours(14, 18)]);
  expect(staffedBy(0, day)).toEqual([hours(8, 18)]);
});
