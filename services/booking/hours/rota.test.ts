import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Calendar } from "#config/calendar-schema.ts";
import { datesOf, daysLater, weekdays } from "./local-dates.ts";
import { openOn } from "./opening-hours.ts";
import { type Rota, rosterOn, rotaSchema } from "./rota.ts";

const eight = [{ from: "08:00", to: "18:00" }];
const calendar: Calendar = {
  week: {
    mon: eight,
    tue: [
      { from: "09:00", to: "12:00" },
      { from: "13:00", to: "16:00" },
    ],
    wed: eight,
    thu: eight,
    fri: eight,
    sat: [],
    sun: [],
  },
};
const shift = { weekIndex: 0, weekday: "mon", from: "08:00", to: "16:00", person: "amina" } as const;
/** Two weeks, beginning with week 53 of 2026. */
const rota: Rota = {
  office: "sc",
  validFrom: "2026-12-01",
  validTo: "2027-12-31",
  anchorMonday: "2026-12-28",
  cycleWeeks: 2,
  shifts: [
    { ...shift, role: "reception" },
    { ...shift, weekIndex: 1, person: "jonas" },
  ],
  approvals: [],
};

const roster = (date: string, of = rota) => rosterOn(date, of, openOn(date, calendar, [], []));
const names = (date: string, of = rota) => roster(date, of).map(({ person }) => person);

describe("a cycle of two weeks", () => {
  it("goes on over week 53 and week 1, both odd", () => {
    const mondays = ["2026-12-14", "2026-12-21", "2026-12-28", "2027-01-04", "2027-01-11", "2027-01-18"];
    expect(mondays.flatMap((date) => names(date))).toEqual([
      ...["amina", "jonas", "amina", "jonas", "amina", "jonas"],
    ]);
  });

  it("repeats, whatever the cycle and the date", () => {
    const some = fc.record({
      weekIndex: fc.nat(11),
      weekday: fc.constantFrom(...weekdays),
      from: fc.constantFrom("07:00", "08:00", "12:00"),
      to: fc.constantFrom("12:15", "16:00", "18:00"),
      person: fc.constantFrom("amina", "jonas", "ritva"),
    });
    const date = fc.constantFrom(...datesOf("2026-06-01", "2028-06-01"));
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 5 }),
        fc.integer({ min: 1, max: 12 }),
        date,
        (all, weeks, on) => {
          const shifts = all.map((one) => ({ ...one, weekIndex: one.weekIndex % weeks }));
          const endless = {
            ...rota,
            validFrom: "2020-01-01",
            validTo: "2040-12-31",
            cycleWeeks: weeks,
            shifts,
          };
          const later = daysLater(on, 7 * weeks);
          expect(names(later, endless)).toEqual(names(on, endless));
          const whole = datesOf(on, daysLater(later, -1)).flatMap((day) => names(day, endless));
          expect(whole).toHaveLength(shifts.length);
        },
      ),
    );
  });
});

describe("who works on a date", () => {
  it("is told in instants, right on both sides of the change of the clocks", () => {
    expect(roster("2027-03-22")).toEqual([
      {
        person: "amina",
        role: "reception",
        from: new Date("2027-03-22T07:00:00Z"),
        to: new Date("2027-03-22T15:00:00Z"),
        outsideOpening: false,
      },
    ]);
    expect(roster("2027-03-29")).toMatchObject([{ person: "jonas", from: new Date("2027-03-29T06:00:00Z") }]);
  });

  it("is nobody before the rota, after it, or on another weekday", () => {
    const short = { ...rota, validFrom: "2027-01-11", validTo: "2027-01-25" };
    const dates = ["2026-12-28", "2027-01-11", "2027-01-12", "2027-01-18", "2027-01-25", "2027-02-01"];
    expect(dates.map((date) => names(date, short).length)).toEqual([0, 1, 0, 1, 1, 0]);
  });

  it("is in order of time, then of person", () => {
    const shifts = [
      { ...shift, from: "12:00" },
      { ...shift, person: "ritva" },
      { ...shift, person: "leo" },
    ];
    expect(names("2026-12-28", { ...rota, shifts })).toEqual(["leo", "ritva", "amina"]);
  });

  it("is nobody whose shift lies in the hour that the clocks skip", () => {
    const night = [{ ...shift, weekday: "sun" as const, from: "02:00", to: "03:00" }];
    expect(names("2027-03-14", { ...rota, shifts: night, cycleWeeks: 1 })).toEqual(["amina"]);
    expect(names("2027-03-28", { ...rota, shifts: night, cycleWeeks: 1 })).toEqual([]);
  });

  test.each([
    ["that fills the day", "mon", "08:00", "18:00", false],
    ["that begins before it opens", "mon", "07:45", "12:00", true],
    ["that ends after it closes", "mon", "16:00", "18:15", true],
    ["over a midday break", "tue", "09:00", "16:00", false],
    ["that ends after a short day", "tue", "09:00", "17:00", true],
    ["on a closed day", "sat", "09:00", "12:00", true],
  ] as const)("keeps a shift %s, and marks what is outside", (_, weekday, from, to, outsideOpening) => {
    const shifts = [{ ...shift, weekday, from, to }];
    const date = { mon: "2026-12-28", tue: "2026-12-29", sat: "2027-01-02" }[weekday];
    expect(roster(date, { ...rota, shifts }).map((one) => one.outsideOpening)).toEqual([outsideOpening]);
  });
});

describe("a rota as written", () => {
  const faults = (changes: object) =>
    rotaSchema
      .safeParse({ ...rota, ...changes })
      .error?.issues.map(({ path, message }) => [path.join("."), message]) ?? [];

  it("is read as it stands", () => {
    expect(rotaSchema.parse(rota)).toEqual(rota);
  });

  test.each([
    ["with another anchor", { anchorMonday: "2026-12-29" }, "anchorMonday", "is not a Monday"],
    ["that ends before it begins", { validTo: "2026-11-30" }, "validTo", "ends before it begins"],
    [
      "with a week too many",
      { shifts: [{ ...shift, weekIndex: 2 }] },
      "shifts",
      "a shift lies in a week that the cycle does not have",
    ],
    ["with a shift backwards", { shifts: [{ ...shift, to: "08:00" }] }, "shifts.0", "begins after it ends"],
    [
      "with an hour that is none",
      { shifts: [{ ...shift, to: "24:00" }] },
      "shifts.0.to",
      "write hours and minutes, such as 08:30",
    ],
    ["without weeks", { cycleWeeks: 0, shifts: [] }, "cycleWeeks", expect.any(String)],
    ["with a shift of nobody", { shifts: [{ ...shift, person: "" }] }, "shifts.0.person", expect.any(String)],
    ["with a date that is none", { validTo: "2027-02-29" }, "validTo", expect.any(String)],
    [
      "with a week before the first",
      { shifts: [{ ...shift, weekIndex: -1 }] },
      "shifts.0.weekIndex",
      expect.any(String),
    ],
  ])("%s is refused", (_, changes, path, message) => {
    expect(faults(changes)).toEqual([[path, message]]);
  });
});
