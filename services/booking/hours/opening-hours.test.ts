import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Calendar } from "#config/calendar-schema.ts";
import { municipality } from "#shared/config.ts";
import { datesOf, weekdays } from "./local-dates.ts";
import { type OpeningException, openingExceptionSchema, openOn } from "./opening-hours.ts";

const { redDays } = municipality();
const eight = [{ from: "08:00", to: "18:00" }];
const closedWeek = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const officeWeek = {
  ...closedWeek,
  mon: eight,
  tue: eight,
  wed: eight,
  thu: eight,
  fri: [{ from: "08:00", to: "17:00" }],
};
const office: Calendar = {
  week: officeWeek,
  dayBeforeRedDay: [{ from: "08:00", to: "16:00" }],
  bridgeDay: [{ from: "09:00", to: "14:00" }],
  summer: { from: "07-01", to: "07-31", closesAt: "16:00" },
};
const evenings: Calendar = {
  week: { ...closedWeek, tue: [{ from: "09:00", to: "12:00" }] },
  rules: [{ weekday: "thu", from: "16:00", to: "18:00", validFrom: "2027-01-01", weeksOfMonth: [1, 3] }],
};

/** `exception 10:00-15:00`: what settled the hours, and the hours. */
function told(date: string, calendar: Calendar = office, exceptions: OpeningException[] = []): string {
  const { kind, open } = openOn(date, calendar, exceptions, redDays);
  return [kind, ...open.map(({ fromLocal, toLocal }) => `${fromLocal}-${toLocal}`)].join(" ");
}

describe("the kind of a day", () => {
  test.each([
    ["a Monday", "2027-03-01", "ordinary 08:00-18:00"],
    ["a Friday", "2027-03-05", "ordinary 08:00-17:00"],
    ["a Saturday", "2027-03-06", "ordinary"],
    ["the day before Epiphany", "2027-01-05", "dayBeforeRedDay 08:00-16:00"],
    ["Maundy Thursday", "2027-03-25", "dayBeforeRedDay 08:00-16:00"],
    ["30 April", "2027-04-30", "dayBeforeRedDay 08:00-16:00"],
    ["the day before Ascension Day", "2027-05-05", "dayBeforeRedDay 08:00-16:00"],
    ["the Friday before All Saints' Day", "2027-11-05", "dayBeforeRedDay 08:00-16:00"],
    ["the day before the national day, a Saturday", "2026-06-05", "dayBeforeRedDay 08:00-16:00"],
    ["a Saturday before the national day", "2027-06-05", "ordinary"],
    ["Holy Saturday", "2027-03-27", "ordinary"],
    ["the day before Midsummer Eve", "2027-06-24", "ordinary 08:00-18:00"],
    ["the day before Christmas Eve", "2026-12-23", "ordinary 08:00-18:00"],
    ["the day before New Year's Eve", "2026-12-30", "ordinary 08:00-18:00"],
    ["Epiphany", "2027-01-06", "redDay"],
    ["Good Friday", "2027-03-26", "redDay"],
    ["Easter Monday", "2027-03-29", "redDay"],
    ["Ascension Day", "2027-05-06", "redDay"],
    ["Midsummer Eve", "2027-06-25", "redDay"],
    ["Christmas Eve", "2026-12-24", "redDay"],
    ["New Year's Eve", "2026-12-31", "redDay"],
    ["Ascension Day of 2035", "2035-05-03", "redDay"],
    ["Midsummer Eve of 2035", "2035-06-22", "redDay"],
    ["both between 1 May and Ascension Day of 2035", "2035-05-02", "bridgeDay 09:00-14:00"],
    ["the day before Midsummer Eve of 2035", "2035-06-21", "ordinary 08:00-18:00"],
    ["the Friday after Ascension Day", "2027-05-07", "bridgeDay 09:00-14:00"],
    ["a Monday before Christmas Eve", "2029-12-24", "redDay"],
    ["a lone Monday before Christmas Eve", "2024-12-23", "bridgeDay 09:00-14:00"],
    ["two working days between days off", "2026-12-28", "ordinary 08:00-18:00"],
    ["both a bridge day and before Epiphany", "2026-01-05", "bridgeDay 09:00-14:00"],
  ])("%s", (_, date, expected) => {
    expect(told(date)).toBe(expected);
  });

  test.each([
    [
      "a day before a red day without hours for it",
      "2027-01-05",
      { week: officeWeek },
      "ordinary 08:00-18:00",
    ],
    ["a bridge day without hours for it", "2027-05-07", { week: officeWeek }, "ordinary 08:00-17:00"],
    ["a bridge day on which it is closed", "2027-05-07", { ...office, bridgeDay: [] }, "bridgeDay"],
    [
      "a day that is both, without hours for a bridge day",
      "2026-01-05",
      { week: officeWeek, dayBeforeRedDay: [{ from: "08:00", to: "16:00" }] },
      "dayBeforeRedDay 08:00-16:00",
    ],
    [
      "a day that is both, with a long bridge day",
      "2026-01-05",
      { ...office, bridgeDay: [...eight] },
      "bridgeDay 08:00-16:00",
    ],
    [
      "a day that is both, with a bridge day alone",
      "2026-01-05",
      { week: officeWeek, bridgeDay: [{ from: "09:00", to: "14:00" }] },
      "bridgeDay 09:00-14:00",
    ],
    [
      "a day that is both, closed before red days",
      "2026-01-05",
      { ...office, dayBeforeRedDay: [] },
      "bridgeDay",
    ],
    [
      "a day before a red day that is closed anyway",
      "2027-03-25",
      { ...office, week: closedWeek },
      "dayBeforeRedDay",
    ],
  ])("%s", (_, date, calendar, expected) => {
    expect(told(date, calendar)).toBe(expected);
  });
});

describe("summer", () => {
  test.each([
    ["the last day of June", "2027-06-30", "ordinary 08:00-18:00", false],
    ["the first of July", "2027-07-01", "ordinary 08:00-16:00", true],
    ["the last of July", "2027-07-30", "ordinary 08:00-16:00", true],
    ["a closed day in July", "2027-07-31", "ordinary", true],
    ["the first weekday of August", "2027-08-02", "ordinary 08:00-18:00", false],
  ])("%s", (_, date, expected, summer) => {
    expect(told(date)).toBe(expected);
    expect(openOn(date, office, [], redDays).summer).toBe(summer);
  });

  it("leaves out what would open after it closes, and shortens the rules too", () => {
    const july = { from: "07-01", to: "07-31", closesAt: "16:00" };
    expect(told("2027-07-01", { ...evenings, summer: july })).toBe("ordinary");
    expect(told("2027-07-01", { ...evenings, summer: { ...july, closesAt: "17:00" } })).toBe(
      "ordinary 16:00-17:00",
    );
  });

  it("does not shorten an exception", () => {
    const late = { date: "2027-07-01", open: [{ from: "16:00", to: "19:00" }], reason: "Sommarkväll" };
    expect(told("2027-07-01", office, [late])).toBe("exception 16:00-19:00");
  });
});

describe("an exception", () => {
  const voting = (date: string) => ({
    date,
    open: [{ from: "10:00", to: "15:00" }],
    reason: "Förtidsröstning",
  });

  it("opens a Sunday that is Easter Day too, at the right hour when the clocks have changed", () => {
    const easter = openOn("2027-03-28", office, [voting("2027-03-28")], redDays);
    expect(easter).toEqual({
      date: "2027-03-28",
      kind: "exception",
      summer: false,
      reason: "Förtidsröstning",
      open: [
        {
          from: new Date("2027-03-28T08:00:00Z"),
          to: new Date("2027-03-28T13:00:00Z"),
          fromLocal: "10:00",
          toLocal: "15:00",
        },
      ],
    });
    const october = openOn("2027-10-31", office, [voting("2027-03-28"), voting("2027-10-31")], redDays);
    expect(october.open).toMatchObject([
      { from: new Date("2027-10-31T09:00:00Z"), to: new Date("2027-10-31T14:00:00Z") },
    ]);
  });

  it("closes an ordinary day, and leaves the days beside it", () => {
    const flood = { date: "2027-03-02", open: [], reason: "Vattenskada" };
    expect(told("2027-03-02", office, [flood])).toBe("exception");
    expect(told("2027-03-03", office, [flood])).toBe("ordinary 08:00-18:00");
  });

  it("in the hour that the clocks skip begins when they have skipped it", () => {
    const night = { date: "2027-03-28", open: [{ from: "02:15", to: "04:00" }], reason: "Nattöppet" };
    expect(told("2027-03-28", office, [night])).toBe("exception 03:00-04:00");
    expect(told("2027-03-28", office, [{ ...night, open: [{ from: "02:15", to: "02:45" }] }])).toBe(
      "exception",
    );
  });

  test.each([
    ["closed", { open: [] }, true],
    ["open", { open: [{ from: "10:00", to: "15:05" }] }, true],
    ["that closes before it opens", { open: [{ from: "15:00", to: "10:00" }] }, false],
    ["without a reason", { reason: " " }, false],
    ["on a day that is none", { date: "2027-02-29" }, false],
    ["at an hour that is none", { open: [{ from: "10:00", to: "24:00" }] }, false],
  ])("%s is read: %s", (_, changes, read) => {
    const written = { date: "2027-03-02", open: [], reason: "Utbildning", ...changes };
    expect(openingExceptionSchema.safeParse(written).success).toBe(read);
  });
});

describe("a rule for some weeks", () => {
  const wednesdays: Calendar = {
    week: closedWeek,
    rules: [
      {
        weekday: "wed",
        from: "10:00",
        to: "14:00",
        validFrom: "2026-12-01",
        validTo: "2027-02-10",
        everyWeeks: 2,
        anchorMonday: "2026-12-28",
      },
    ],
  };
  const openDates = (calendar: Calendar, from: string, to: string) =>
    datesOf(from, to).filter((date) => openOn(date, calendar, [], redDays).open.length > 0);

  it("counts weeks from a Monday, so that week 53 and week 1 differ though both are odd", () => {
    expect(openDates(wednesdays, "2026-11-01", "2027-03-31")).toEqual([
      ...["2026-12-02", "2026-12-16", "2026-12-30"],
      ...["2027-01-13", "2027-01-27", "2027-02-10"],
    ]);
  });

  it("holds in the first and third of a month, and never on a red day", () => {
    expect(openDates({ ...evenings, week: closedWeek }, "2027-04-01", "2027-06-30")).toEqual([
      ...["2027-04-01", "2027-04-15", "2027-05-20", "2027-06-03", "2027-06-17"],
    ]);
    expect(told("2027-05-06", evenings)).toBe("redDay");
  });

  it("holds in the last of a month, be it the fourth or the fifth", () => {
    const last = evenings.rules?.map((rule) => ({ ...rule, weeksOfMonth: [5] })) ?? [];
    expect(openDates({ week: closedWeek, rules: last }, "2027-01-01", "2027-04-30")).toEqual([
      ...["2027-01-28", "2027-02-25", "2027-03-25", "2027-04-29"],
    ]);
  });

  it("of every week holds every week", () => {
    const weekly = wednesdays.rules?.map((rule) => ({ ...rule, everyWeeks: 1 })) ?? [];
    expect(openDates({ week: closedWeek, rules: weekly }, "2027-01-11", "2027-01-24")).toEqual([
      ...["2027-01-13", "2027-01-20"],
    ]);
  });

  it("says nothing when it does not tell which weeks", () => {
    const rule = { weekday: "wed", from: "10:00", to: "14:00", validFrom: "2026-12-01" } as const;
    expect(openDates({ week: closedWeek, rules: [rule] }, "2027-01-01", "2027-01-31")).toEqual([]);
  });

  test.each([
    ["lengthens the day", "11:00", "13:00", "ordinary 09:00-13:00"],
    ["follows at once", "12:00", "13:00", "ordinary 09:00-13:00"],
    ["lies in the day", "10:00", "11:00", "ordinary 09:00-12:00"],
    ["comes before", "07:00", "08:00", "ordinary 07:00-08:00 09:00-12:00"],
  ])("that %s", (_, from, to, expected) => {
    const rule = { weekday: "tue" as const, from, to, validFrom: "2027-01-01", weeksOfMonth: [1] };
    expect(told("2027-03-02", { ...evenings, rules: [rule] })).toBe(expected);
  });
});

describe("whatever the calendar", () => {
  const quarter = (quarters: number) =>
    `${String(Math.floor(quarters / 4)).padStart(2, "0")}:${String((quarters % 4) * 15).padStart(2, "0")}`;
  const stretch = fc
    .uniqueArray(fc.integer({ min: 0, max: 95 }), { minLength: 2, maxLength: 2 })
    .map((two) => two.toSorted((a, b) => a - b))
    .map(([from = 0, to = 0]) => ({ from: quarter(from), to: quarter(to) }));
  const day = fc.array(stretch, { maxLength: 3 });
  const rule = fc
    .tuple(stretch, fc.constantFrom(...weekdays), fc.integer({ min: 1, max: 5 }))
    .map(([hours, weekday, week]) => ({
      ...hours,
      weekday,
      validFrom: "2026-01-01",
      weeksOfMonth: [week],
    }));
  const calendar: fc.Arbitrary<Calendar> = fc.record({
    week: fc.record({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }),
    rules: fc.array(rule, { maxLength: 4 }),
    dayBeforeRedDay: day,
    bridgeDay: day,
  });
  const date = fc.oneof(
    fc.constantFrom(...datesOf("2026-01-01", "2028-12-31")),
    fc.constantFrom("2027-03-28", "2027-10-31", "2026-01-05", "2027-05-07"),
  );

  it("stretches are in order, apart and not empty, and a red day has none", () => {
    fc.assert(
      fc.property(calendar, date, (some, on) => {
        const { open, kind } = openOn(on, some, [], redDays);
        const instants = open.flatMap(({ from, to }) => [from.getTime(), to.getTime()]);
        expect(instants).toEqual([...new Set(instants)].sort((a, b) => a - b));
        expect(kind === "redDay" && open.length > 0).toBe(false);
      }),
    );
  });

  test.each([
    ["2027-03-27", 23.75],
    ["2027-03-28", 22.75],
    ["2027-10-31", 24.75],
  ])("%s from 00:00 to 23:45 has %d hours", (on, hours) => {
    const whole = { date: on, open: [{ from: "00:00", to: "23:45" }], reason: "Dygnet runt" };
    const [{ from, to } = { from: new Date(0), to: new Date(0) }] = openOn(on, office, [whole], redDays).open;
    expect((to.getTime() - from.getTime()) / 3_600_000).toBe(hours);
  });

  /** Hours that a date has more than twenty-four: the last Sunday of March one less, of October one more. */
  const clocksChange = (on: string) => {
    const isLastSunday = new Date(`${on}T12:00:00Z`).getUTCDay() === 0 && Number(on.slice(8)) > 24;
    if (!isLastSunday) return 0;
    return on.slice(5, 7) === "03" ? -1 : on.slice(5, 7) === "10" ? 1 : 0;
  };

  it("a stretch lasts as long as it says, but for the hour that the clocks skip or repeat", () => {
    const clockHours = (local: string) => Number(local.slice(0, 2)) + Number(local.slice(3)) / 60;
    fc.assert(
      fc.property(date, stretch, (on, hours) => {
        const [only] = openOn(on, office, [{ date: on, open: [hours], reason: "Annat" }], redDays).open;
        const crosses = hours.from < "03:00" && hours.to > "02:00";
        const lasts = clockHours(hours.to) - clockHours(hours.from);
        const took = only === undefined ? 0 : (only.to.getTime() - only.from.getTime()) / 3_600_000;
        const off = clocksChange(on);
        if (!crosses || off === 0) expect(took).toBeCloseTo(lasts);
        else expect(Math.abs(took - lasts)).toBeLessThanOrEqual(1);
        if (hours.from < "02:00" && hours.to >= "03:00") expect(took).toBeCloseTo(lasts + off);
      }),
      { numRuns: 2000, examples: [["2026-10-25", { from: "00:00", to: "03:00" }]] },
    );
  });
});
