import { describe, expect, it, test } from "vitest";
import type { Calendar } from "#config/calendar-schema.ts";
import { municipality } from "#shared/config.ts";
import { officeDay, officeDaySchema } from "./office-day.ts";
import type { Rota } from "./rota.ts";

const { redDays } = municipality();
const eight = [{ from: "08:00", to: "18:00" }];
const calendar: Calendar = {
  week: {
    mon: eight,
    tue: [
      { from: "08:00", to: "12:00" },
      { from: "13:00", to: "18:00" },
    ],
    wed: eight,
    thu: eight,
    fri: eight,
    sat: [],
    sun: [],
  },
  dayBeforeRedDay: [{ from: "08:00", to: "15:00" }],
};
const shift = { weekIndex: 0, weekday: "mon", from: "08:00", to: "18:00", person: "amina" } as const;
const everyDay = (person: string, from: string, to: string) =>
  (["mon", "tue", "wed", "thu", "fri"] as const).map((weekday) => ({ ...shift, weekday, person, from, to }));
const rota: Rota = {
  office: "sc",
  validFrom: "2027-01-01",
  validTo: "2027-12-31",
  anchorMonday: "2027-01-04",
  cycleWeeks: 1,
  shifts: [...everyDay("amina", "08:00", "18:00"), ...everyDay("jonas", "07:45", "18:00")],
  approvals: [],
};
const plan = {
  date: "2027-03-01",
  office: { id: "sc", minimumStaff: 2, evening: { from: "16:00", to: "18:00" }, rooms: ["r1", "r2"] },
  calendar,
  exceptions: [],
  redDays,
  rotas: [rota],
  absences: [],
  rev: 3,
};
/** Hours of 1 March as they are published. */
const hours = (from: number, to: number) => ({
  from: new Date(Date.UTC(2027, 2, 1, 0, (from - 1) * 60)).toISOString(),
  to: new Date(Date.UTC(2027, 2, 1, 0, (to - 1) * 60)).toISOString(),
});

it("tells when an office is open, what can be booked, who works and which rooms there are", () => {
  expect(officeDay(plan)).toEqual({
    office: "sc",
    date: "2027-03-01",
    kind: "ordinary",
    evening: true,
    rev: 3,
    open: [{ from: "2027-03-01T07:00:00.000Z", to: "2027-03-01T17:00:00.000Z" }],
    bookable: [{ from: "2027-03-01T07:00:00.000Z", to: "2027-03-01T17:00:00.000Z" }],
    people: [
      { person: "amina", from: "2027-03-01T07:00:00.000Z", to: "2027-03-01T17:00:00.000Z" },
      { person: "jonas", from: "2027-03-01T07:00:00.000Z", to: "2027-03-01T17:00:00.000Z" },
    ],
    rooms: ["r1", "r2"],
  });
});

describe("what can be booked", () => {
  it("ends when one person is left, and then there is no evening", () => {
    const early = {
      ...rota,
      shifts: [...everyDay("amina", "08:00", "18:00"), ...everyDay("jonas", "08:00", "17:00")],
    };
    const day = officeDay({ ...plan, rotas: [early] });
    expect([day.open, day.bookable, day.evening]).toEqual([[hours(8, 18)], [hours(8, 17)], false]);
    expect(day.people).toContainEqual({ person: "amina", ...hours(8, 18) });
  });

  it("leaves out the time that somebody is away, and so do that person's hours", () => {
    const away = {
      person: "amina",
      from: new Date("2027-03-01T08:00:00Z"),
      to: new Date("2027-03-01T11:00:00Z"),
    };
    const day = officeDay({ ...plan, absences: [away] });
    expect(day.bookable).toEqual([hours(8, 9), hours(12, 18)]);
    expect(day.people).toEqual([
      { person: "amina", ...hours(8, 9) },
      { person: "jonas", ...hours(8, 18) },
      { person: "amina", ...hours(12, 18) },
    ]);
    expect(day.evening).toBe(true);
  });

  it("is nothing with nobody at work, and all where nobody must be", () => {
    expect(officeDay({ ...plan, rotas: [] })).toMatchObject({
      open: [hours(8, 18)],
      bookable: [],
      people: [],
    });
    const library = { ...plan.office, minimumStaff: 0 };
    expect(officeDay({ ...plan, rotas: [], office: library }).bookable).toEqual([hours(8, 18)]);
  });

  it("does not count on people of other offices' rotas, but on all rotas of its own", () => {
    const [one, other] = ["amina", "jonas"].map((person) => ({
      ...rota,
      shifts: everyDay(person, "08:00", "18:00"),
    }));
    const rotas = [one, other].flatMap((some) => some ?? []);
    expect(officeDay({ ...plan, rotas }).bookable).toEqual([hours(8, 18)]);
    const lent = rotas.map((some, n) => (n === 0 ? some : { ...some, office: "granhult" }));
    expect(officeDay({ ...plan, rotas: lent })).toMatchObject({
      bookable: [],
      people: [{ person: "amina" }],
    });
  });
});

describe("the kind of the day", () => {
  test.each([
    ["with a break at midday", "2027-03-02", "ordinary", ["07:00-11:00", "12:00-17:00"], true],
    ["before a red day, without an evening", "2027-03-25", "dayBeforeRedDay", ["07:00-14:00"], false],
    ["red", "2027-03-26", "redDay", [], false],
    ["a Saturday", "2027-03-06", "ordinary", [], false],
    ["in summer time", "2027-04-01", "ordinary", ["06:00-16:00"], true],
  ])("%s", (_, date, kind, utc, evening) => {
    const day = officeDay({ ...plan, date });
    const told = (stretches: { from: string; to: string }[]) =>
      stretches.map(({ from, to }) => `${from.slice(11, 16)}-${to.slice(11, 16)}`);
    expect([day.kind, told(day.open), told(day.bookable), day.evening]).toEqual([kind, utc, utc, evening]);
    expect(told(day.people.filter(({ person }) => person === "jonas"))).toEqual(utc);
  });

  it("is an exception's with its reason, and people who work on a Sunday of a red day", () => {
    const date = "2027-03-28";
    const exceptions = [{ date, open: [{ from: "10:00", to: "15:00" }], reason: "Förtidsröstning" }];
    const shifts = ["amina", "jonas"].map((person) => ({ ...shift, weekday: "sun" as const, person }));
    expect(officeDay({ ...plan, date, exceptions, rotas: [{ ...rota, shifts }] })).toMatchObject({
      kind: "exception",
      reason: "Förtidsröstning",
      bookable: [{ from: "2027-03-28T08:00:00.000Z", to: "2027-03-28T13:00:00.000Z" }],
      people: [{ person: "amina" }, { person: "jonas" }],
    });
  });
});

describe("as a row", () => {
  it("is read as it was written", () => {
    const day = officeDay(plan);
    expect(officeDaySchema.parse(JSON.parse(JSON.stringify(day)))).toEqual(day);
  });

  test.each([
    ["without a revision", { rev: undefined }],
    ["of an unknown kind", { kind: "holiday" }],
    ["with local times", { open: [{ from: "08:00", to: "18:00" }] }],
    ["on a day that is none", { date: "2027-02-29" }],
  ])("%s is refused", (_, changes) => {
    expect(officeDaySchema.safeParse({ ...officeDay(plan), ...changes }).success).toBe(false);
  });
});
