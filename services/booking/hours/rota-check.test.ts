import { describe, expect, it, test } from "vitest";
import type { Calendar } from "#config/calendar-schema.ts";
import { municipality } from "#shared/config.ts";
import type { weekdays } from "./local-dates.ts";
import type { Rota } from "./rota.ts";
import { checkRota, type RotaContext } from "./rota-check.ts";

const { redDays } = municipality();
const eight = [{ from: "08:00", to: "18:00" }];
const calendar: Calendar = {
  week: { mon: eight, tue: eight, wed: eight, thu: eight, fri: eight, sat: [], sun: [] },
  dayBeforeRedDay: [{ from: "08:00", to: "15:00" }],
};
const shift = { weekIndex: 0, weekday: "mon", from: "08:00", to: "18:00", person: "amina" } as const;
const working = ["mon", "tue", "wed", "thu", "fri"] as const;
const allWeek = (person: string, from = "08:00", to = "18:00") =>
  working.map((weekday) => ({ ...shift, weekday, person, from, to }));
const people = ["amina", "jonas", "ritva"].map((person) => ({ person, manager: "chief" }));
const approvals = people.map((one) => ({ ...one, at: "2027-02-01T08:00:00.000Z" }));

/** Two people, always. March 2027 has Easter at its end. */
const rota: Rota = {
  office: "sc",
  validFrom: "2027-01-01",
  validTo: "2027-12-31",
  anchorMonday: "2027-01-04",
  cycleWeeks: 1,
  shifts: [...allWeek("amina"), ...allWeek("jonas")],
  approvals,
};
const context: RotaContext = {
  period: { from: "2027-03-01", to: "2027-03-24" },
  office: { minimumStaff: 2, eveningsPerMonth: 2, evening: { from: "16:00", to: "18:00" } },
  calendar,
  exceptions: [],
  redDays,
  absences: [],
  otherRotas: [],
  people,
};
const march = { from: "2027-03-01", to: "2027-03-31" };
const oneDay = { from: "2027-03-01", to: "2027-03-01" };
/** Local hours of 1 March. */
const hours = (from: number, to: number) => ({
  from: new Date(Date.UTC(2027, 2, 1, from - 1)),
  to: new Date(Date.UTC(2027, 2, 1, to - 1)),
});

it("has nothing to say of a rota with enough people at all times", () => {
  const { faults, flags, coverage } = checkRota(rota, context);
  expect({ faults, flags }).toEqual({ faults: [], flags: [] });
  expect(coverage).toHaveLength(24);
  expect(coverage.slice(4, 6)).toEqual([
    {
      date: "2027-03-05",
      stretches: [{ from: new Date("2027-03-05T07:00:00Z"), to: new Date("2027-03-05T17:00:00Z"), count: 2 }],
    },
    { date: "2027-03-06", stretches: [] },
  ]);
});

describe("evenings", () => {
  /** Two people every day until 16:00, two in the evening of some weekdays of a cycle of four weeks. */
  const evenings = (places: readonly { weekIndex: number; weekday: (typeof weekdays)[number] }[]): Rota => ({
    ...rota,
    cycleWeeks: 4,
    anchorMonday: "2027-03-01",
    shifts: [0, 1, 2, 3].flatMap((weekIndex) =>
      working.flatMap((weekday) =>
        ["amina", "jonas"].map((person) => ({
          ...shift,
          weekIndex,
          weekday,
          person,
          to: places.some((place) => place.weekIndex === weekIndex && place.weekday === weekday)
            ? "18:00"
            : "16:00",
        })),
      ),
    ),
  });
  const two = evenings([
    { weekIndex: 1, weekday: "tue" },
    { weekIndex: 2, weekday: "tue" },
  ]);
  const fewer = (has: number) => [{ code: "too-few-evenings", month: "2027-03", has, needs: 2 }];

  it("are enough when two have both people until six", () => {
    const { faults, evenings } = checkRota(two, { ...context, period: march });
    expect(faults).toEqual([]);
    expect(evenings).toEqual([{ month: "2027-03", has: 2, needs: 2 }]);
  });

  test.each([
    ["one alone", evenings([{ weekIndex: 1, weekday: "tue" }]), {}, 1],
    [
      "one of two on a day before a red day",
      evenings([
        { weekIndex: 1, weekday: "tue" },
        { weekIndex: 3, weekday: "thu" },
      ]),
      {},
      1,
    ],
    [
      "one of two on a red day",
      evenings([
        { weekIndex: 1, weekday: "tue" },
        { weekIndex: 3, weekday: "fri" },
      ]),
      {},
      1,
    ],
    [
      "one of two closed by an exception",
      two,
      { exceptions: [{ date: "2027-03-16", open: [], reason: "Utbildning" }] },
      1,
    ],
    [
      "one of two without somebody who is away for its last quarter of an hour",
      two,
      {
        absences: [
          { person: "jonas", from: new Date("2027-03-09T16:45:00Z"), to: new Date("2027-03-09T18:00:00Z") },
        ],
      },
      1,
    ],
    ["none at all, since three must be there", two, { office: { ...context.office, minimumStaff: 3 } }, 0],
  ])("are too few: %s", (_, of, changes, has) => {
    expect(checkRota(of, { ...context, period: march, ...changes }).faults).toEqual(fewer(has));
  });

  it("are enough with one that an exception opens", () => {
    const open = [{ from: "08:00", to: "18:00" }];
    const of = evenings([
      { weekIndex: 1, weekday: "tue" },
      { weekIndex: 3, weekday: "thu" },
    ]);
    const exceptions = [{ date: "2027-03-25", open, reason: "Skärtorsdagsöppet" }];
    expect(checkRota(of, { ...context, period: march, exceptions }).faults).toEqual([]);
  });

  it("are enough with the people of another rota of the same office", () => {
    const half = { ...two, shifts: two.shifts.filter(({ person }) => person === "amina") };
    const other = { ...two, shifts: two.shifts.filter(({ person }) => person === "jonas") };
    expect(checkRota(half, { ...context, period: march }).faults).toEqual(fewer(0));
    expect(checkRota(half, { ...context, period: march, otherRotas: [other] }).faults).toEqual([]);
    const elsewhere = [{ ...other, office: "granhult" }];
    expect(checkRota(half, { ...context, period: march, otherRotas: elsewhere }).faults).toEqual(fewer(0));
  });

  test.each([
    ["a month that the period has but in part", { from: "2027-03-02", to: "2027-03-31" }, 2],
    ["a month that ends after the period", { from: "2027-03-01", to: "2027-03-30" }, 2],
    ["an office that need have none", march, 0],
  ])("are not asked for in %s", (_, period, eveningsPerMonth) => {
    const office = { ...context.office, eveningsPerMonth };
    expect(checkRota(evenings([]), { ...context, period, office }).faults).toEqual([]);
  });

  it("are asked for in each month that the rota is in force, and in no other", () => {
    const from = { ...evenings([]), validFrom: "2027-02-15", validTo: "2027-03-31" };
    const period = { from: "2027-01-01", to: "2027-04-30" };
    expect(checkRota(from, { ...context, period }).faults).toMatchObject([
      { month: "2027-02", has: 0 },
      { month: "2027-03", has: 0 },
    ]);
  });
});

describe("too few people", () => {
  const alone = (from: string, to: string) => ({
    ...rota,
    shifts: [...allWeek("amina"), ...allWeek("jonas", from, to)],
  });

  it("from five to six is told with its time, and refuses nothing", () => {
    const { faults, flags } = checkRota(alone("08:00", "17:00"), { ...context, period: oneDay });
    expect(faults).toEqual([]);
    expect(flags).toEqual([
      { code: "below-minimum", date: "2027-03-01", ...hours(17, 18), has: 1, needs: 2 },
    ]);
  });

  it("in the morning and in the evening are two stretches, nobody and one are two as well", () => {
    const absences = [{ person: "amina", ...hours(17, 18) }];
    const { flags } = checkRota(alone("09:00", "16:00"), { ...context, period: oneDay, absences });
    expect(flags).toEqual([
      { code: "absent", date: "2027-03-01", person: "amina" },
      { code: "below-minimum", date: "2027-03-01", ...hours(8, 9), has: 1, needs: 2 },
      { code: "below-minimum", date: "2027-03-01", ...hours(16, 17), has: 1, needs: 2 },
      { code: "below-minimum", date: "2027-03-01", ...hours(17, 18), has: 0, needs: 2 },
    ]);
  });

  it("are not missed where it is closed, nor on days on which the rota is not in force", () => {
    const nobody = { ...rota, shifts: [], validFrom: "2027-03-05", validTo: "2027-03-07" };
    const { flags } = checkRota(nobody, context);
    expect(flags).toMatchObject([{ date: "2027-03-05", has: 0 }]);
  });
});

describe("two offices", () => {
  const granhult = { ...rota, office: "granhult" };

  test.each([
    ["at the same time", { ...shift, from: "16:00" }, ["2027-03-01"]],
    ["one after the other", { ...shift, from: "18:00", to: "20:00" }, []],
    ["of two people", { ...shift, person: "ritva" }, []],
  ])("%s", (_, there, dates) => {
    const otherRotas = [{ ...granhult, shifts: [there] }];
    const { faults } = checkRota(rota, {
      ...context,
      period: { from: "2027-03-01", to: "2027-03-07" },
      otherRotas,
    });
    expect(faults).toEqual(dates.map((date) => ({ code: "same-person-two-offices", date, person: "amina" })));
  });

  it("are told once for a person and a day, however many shifts meet", () => {
    const shifts = [
      { ...shift, to: "12:00" },
      { ...shift, from: "12:00" },
      { ...shift, person: "jonas" },
    ];
    const otherRotas = [
      { ...granhult, shifts },
      { ...granhult, office: "ekskogen-torg", shifts },
    ];
    expect(
      checkRota(rota, { ...context, period: { from: "2027-03-01", to: "2027-03-08" }, otherRotas }).faults,
    ).toEqual(
      ["2027-03-01", "2027-03-08"].flatMap((date) =>
        ["amina", "jonas"].map((person) => ({ code: "same-person-two-offices", date, person })),
      ),
    );
  });

  it("are not two on a day when this one is closed", () => {
    const otherRotas = [{ ...granhult, shifts: [shift] }];
    const exceptions = [{ date: "2027-03-01", open: [], reason: "Utbildning" }];
    expect(checkRota(rota, { ...context, period: oneDay, otherRotas, exceptions }).faults).toEqual([]);
  });
});

describe("approval", () => {
  const ritva = { person: "ritva", manager: "other-chief" };
  const lent = { ...rota, shifts: [...rota.shifts, { ...shift, weekday: "tue" as const, person: "ritva" }] };
  const known = [...people.filter(({ person }) => person !== "ritva"), ritva];
  const missing = (manager: string | null) => [
    { code: "not-approved", date: "2027-03-02", person: "ritva", manager },
  ];

  test.each([
    ["by nobody", [], missing("other-chief")],
    ["by another person's manager", [{ ...ritva, manager: "chief" }], missing("other-chief")],
    ["of another person", [{ ...ritva, person: "amina" }], missing("other-chief")],
    ["by the person's manager", [ritva], []],
  ])("%s", (_, given, faults) => {
    const at = "2027-02-01T08:00:00.000Z";
    const ours = approvals.filter(({ person }) => person !== "ritva");
    const signed = { ...lent, approvals: [...ours, ...given.map((one) => ({ ...one, at }))] };
    expect(checkRota(signed, { ...context, people: known }).faults).toEqual(faults);
  });

  it("is nobody's to give for a person who is not known", () => {
    const unknown = people.filter(({ person }) => person !== "ritva");
    expect(checkRota(lent, { ...context, people: unknown }).faults).toEqual(missing(null));
  });

  it("is not needed from the office's own manager", () => {
    const office = { ...context.office, manager: "chief" };
    const faults = checkRota({ ...lent, approvals: [] }, { ...context, office, people: known }).faults;
    expect(faults).toEqual(missing("other-chief"));
  });

  it("is not needed for somebody who does not work there in the period", () => {
    expect(checkRota({ ...lent, approvals }, { ...context, period: oneDay, people: known }).faults).toEqual(
      [],
    );
  });
});

describe("absence and closed doors", () => {
  it("of a day is told once, and only of whom the rota names", () => {
    const absences = [
      { person: "amina", ...hours(8, 10) },
      { person: "amina", ...hours(12, 14) },
      { person: "ritva", ...hours(8, 18) },
    ];
    const { flags } = checkRota(rota, {
      ...context,
      period: { from: "2027-03-01", to: "2027-03-02" },
      absences,
    });
    expect(flags.filter(({ code }) => code !== "below-minimum")).toEqual([
      { code: "absent", date: "2027-03-01", person: "amina" },
    ]);
  });

  it("is nobody's on a day when it is closed", () => {
    const absences = [{ person: "amina", ...hours(8, 10) }];
    const exceptions = [{ date: "2027-03-01", open: [], reason: "Utbildning" }];
    expect(checkRota(rota, { ...context, period: oneDay, absences, exceptions }).flags).toEqual([
      { code: "outside-opening", date: "2027-03-01", kind: "exception" },
    ]);
  });

  it("tells of shifts outside the opening hours once a day, with the kind of the day", () => {
    const { flags } = checkRota(rota, { ...context, period: { from: "2027-03-24", to: "2027-03-30" } });
    expect(flags).toEqual([
      { code: "outside-opening", date: "2027-03-25", kind: "dayBeforeRedDay" },
      { code: "outside-opening", date: "2027-03-26", kind: "redDay" },
      { code: "outside-opening", date: "2027-03-29", kind: "redDay" },
    ]);
  });
});

it("tells all by date, a month before its days, and nothing twice", () => {
  const otherRotas = [
    { ...rota, office: "granhult", shifts: [shift, { ...shift, weekday: "fri" as const }] },
  ];
  const short = { ...rota, approvals: [], shifts: allWeek("amina") };
  const { faults, flags } = checkRota(short, {
    ...context,
    period: { from: "2027-02-27", to: "2027-03-31" },
    otherRotas,
  });
  const told = faults.map((fault) => ("month" in fault ? fault.month : fault.date));
  expect(told).toEqual(told.toSorted());
  expect(told.slice(0, 3)).toEqual(["2027-03", "2027-03-01", "2027-03-01"]);
  expect(flags.map(({ date }) => date)).toEqual(flags.map(({ date }) => date).toSorted());
  for (const list of [faults, flags]) {
    const texts = list.map((one) => JSON.stringify(one));
    expect(new Set(texts).size).toBe(texts.length);
  }
});

it("has nothing to check in a period that ends before it begins", () => {
  const period = { from: "2027-03-02", to: "2027-03-01" };
  expect(checkRota(rota, { ...context, period })).toEqual({
    faults: [],
    flags: [],
    evenings: [],
    coverage: [],
  });
});

it("takes as long for each day of a year of twenty people as for each of a month", () => {
  const twenty = Array.from({ length: 20 }, (_, n) => `person-${n}`);
  const shifts = [0, 1].flatMap((weekIndex) =>
    twenty.flatMap((person, n) =>
      allWeek(person, `${String(8 + (n % 4)).padStart(2, "0")}:15`, "18:00").map((one) => ({
        ...one,
        weekIndex,
      })),
    ),
  );
  const large = { ...rota, cycleWeeks: 2, shifts };
  const otherRotas = ["granhult", "ekskogen-torg"].map((office) => ({ ...large, office }));
  const absences = twenty.flatMap((person) =>
    Array.from({ length: 10 }, (_, n) => ({
      person,
      from: new Date(Date.UTC(2027, n, 3, 8)),
      to: new Date(Date.UTC(2027, n, 5, 12)),
    })),
  );
  // The processor's time, and the best of five: other processes must not decide this.
  const perDayMs = (to: string, days: number): number => {
    const period = { from: "2027-01-01", to };
    const tookMs = [1, 2, 3, 4, 5].map(() => {
      const before = process.threadCpuUsage();
      expect(checkRota(large, { ...context, period, otherRotas, absences }).coverage).toHaveLength(days);
      const { user, system } = process.threadCpuUsage(before);
      return (user + system) / 1000;
    });
    return Math.min(...tookMs) / days;
  };
  const [ofYear, ofMonth] = [perDayMs("2027-12-31", 365), perDayMs("2027-01-31", 31)];
  expect(ofYear / ofMonth).toBeLessThan(3);
});
