import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Rostered } from "./rota.ts";
import { type StaffingGap, type Surroundings, staffingGaps, stepInFor } from "./staffing-gaps.ts";

const at = (time: string) => new Date(`2027-03-03T${time}:00.000Z`);
const stretch = (from: string, to: string) => ({ from: at(from), to: at(to) });
const shift = (person: string, from = "07:00", to = "17:00"): Rostered => ({
  person,
  ...stretch(from, to),
  outsideOpening: false,
});
const away = (person: string, from = "00:00", to = "23:00") => ({ person, ...stretch(from, to) });
const open = [stretch("07:00", "17:00")];
const both = [shift("amina"), shift("jonas")];

function gapsAt(now: string, day: Partial<Parameters<typeof staffingGaps>[0]>, minimum = 2) {
  const found = staffingGaps({ open, rostered: both, absences: [], ...day }, minimum, at(now));
  return found.map(({ from, to, present }) => [from, to, present].map((one) => hours(one)));
}
const hours = (one: Date | number) => (typeof one === "number" ? one : one.toISOString().slice(11, 16));

describe("the gaps of a day", () => {
  test("are none where as many work as must", () => {
    expect(gapsAt("06:00", {})).toEqual([]);
    expect(gapsAt("06:00", { rostered: [] }, 0)).toEqual([]);
  });

  test("are what an absence makes, whole also when a part has been, and gone when they are over", () => {
    const absences = [away("jonas", "06:00", "12:00")];
    expect(gapsAt("06:10", { absences })).toEqual([["07:00", "12:00", 1]]);
    expect(gapsAt("11:59", { absences })).toEqual([["07:00", "12:00", 1]]);
    expect(gapsAt("12:00", { absences })).toEqual([]);
  });

  test("are as large as the worst moment in them", () => {
    const absences = [away("jonas"), away("amina", "09:00", "10:00")];
    expect(gapsAt("06:10", { absences })).toEqual([["07:00", "17:00", 0]]);
  });

  test("are one for each stretch: who comes in between ends the first", () => {
    const rostered = [...both, shift("leo", "10:00", "11:00")];
    expect(gapsAt("06:10", { rostered, absences: [away("jonas")] })).toEqual([
      ["07:00", "10:00", 1],
      ["11:00", "17:00", 1],
    ]);
  });

  test("are not where it is closed, nor does the same person count twice", () => {
    const noonClosed = [stretch("07:00", "11:00"), stretch("12:00", "17:00")];
    expect(gapsAt("06:10", { open: noonClosed, absences: [away("jonas")] })).toEqual([
      ["07:00", "11:00", 1],
      ["12:00", "17:00", 1],
    ]);
    expect(gapsAt("06:10", { rostered: [shift("amina"), shift("amina")] })).toEqual([["07:00", "17:00", 1]]);
  });

  test("whatever the shifts and absences, hold every open minute that is short of people, and no other", () => {
    const quarter = fc.integer({ min: 0, max: 60 });
    const some = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), quarter, quarter), { maxLength: 6 });
    const minute = (n: number) => new Date(at("05:00").getTime() + n * 15 * 60_000);
    fc.assert(
      fc.property(some, some, fc.integer({ min: 0, max: 3 }), (shifts, absent, minimum) => {
        const spans = (all: typeof shifts) =>
          all.map(([person, a, b]) => ({
            person,
            from: minute(Math.min(a, b)),
            to: minute(Math.max(a, b) + 1),
          }));
        const rostered = spans(shifts).map((one) => ({ ...one, outsideOpening: false }));
        const absences = spans(absent);
        const gaps = staffingGaps({ open, rostered, absences }, minimum, at("00:00"));
        for (let n = 0; n < 60; n += 1) {
          const moment = minute(n);
          const holds = ({ from, to }: { from: Date; to: Date }) => from <= moment && moment < to;
          const here = new Set(rostered.filter(holds).map(({ person }) => person));
          for (const { person } of absences.filter(holds)) here.delete(person);
          const gap = gaps.find(holds);
          expect(gap !== undefined).toBe(open.some(holds) && here.size < minimum);
          if (gap !== undefined) expect(gap.present).toBeLessThanOrEqual(here.size);
        }
      }),
    );
  });
});

describe("who can step in", () => {
  const gap: StaffingGap = { ...stretch("07:00", "12:00"), present: 1, minimum: 2 };
  const around: Surroundings = {
    people: [
      { person: "amina", standIn: null },
      { person: "jonas", standIn: "eva" },
      { person: "leo", standIn: null },
      { person: "ritva", standIn: null },
      { person: "eva", standIn: null },
      { person: "omar", standIn: null },
    ],
    rostered: both,
    absences: [away("jonas")],
    taken: [],
    known: new Set(["amina", "jonas", "leo", "ritva"]),
  };
  const who = (more: Partial<Surroundings> = {}, now = "06:10") =>
    stepInFor(gap, { ...around, ...more }, at(now));

  test("is the stand-in of who is absent, then who works there on other days", () => {
    expect(who()).toEqual([
      { person: "eva", why: "stand-in" },
      { person: "leo", why: "not-on-duty" },
      { person: "ritva", why: "not-on-duty" },
    ]);
  });

  test("is nobody who is away, works elsewhere or has a meeting, in what is left of it", () => {
    const taken = [away("eva", "08:00", "09:00")];
    const absences = [...around.absences, away("leo")];
    expect(who({ taken, absences }).map(({ person }) => person)).toEqual(["ritva"]);
    expect(who({ taken, absences }, "09:00").map(({ person }) => person)).toEqual(["eva", "ritva"]);
  });

  test("is no stand-in of somebody who is there, or who should not be", () => {
    expect(who({ absences: [away("jonas", "13:00", "14:00")] }).map(({ person }) => person)).not.toContain(
      "eva",
    );
    expect(who({ rostered: [shift("amina")] }).map(({ person }) => person)).not.toContain("eva");
  });
});
