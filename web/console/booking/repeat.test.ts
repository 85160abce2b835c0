import { describe, expect, it } from "vitest";
import { createNames } from "./booking-words.ts";
import { everyText, lastDate, outcomeOf, repeatOf, seriesAloud } from "./repeat.ts";
import type { Booking } from "./schemas.ts";

const names = createNames(
  [{ id: "granhult", name: "Granhult", minimumStaff: 1, eveningsPerMonth: 2, rooms: [], services: [] }],
  [],
);
const at = (startsAt: string) =>
  ({ startsAt, endsAt: startsAt, office: "granhult", toldBy: "email" }) as Booking;

describe("what has been chosen", () => {
  it("is nothing until a week is", () => {
    expect(repeatOf({ everyWeeks: "0", times: "rubbish" })).toBeUndefined();
  });
  it("is so many times", () => {
    expect(repeatOf({ everyWeeks: "2", times: " 26 " })).toEqual({ everyWeeks: 2, times: 26 });
  });
  it.each(["1", "27", "", "-4", "4.5", "fyra"])("is at fault with %j times", (times) => {
    expect(repeatOf({ everyWeeks: "1", times })).toBe("fault");
  });
});

it("ends on the same weekday, over the change of year and of clocks", () => {
  expect(lastDate("2026-12-15", { everyWeeks: 2, times: 4 })).toBe("2027-01-26");
  expect(lastDate("2027-03-23", { everyWeeks: 1, times: 2 })).toBe("2027-03-30");
});

it("is said in words", () => {
  expect([1, 2, 3, 4, 8].map(everyText)).toEqual([
    "varje vecka",
    "varannan vecka",
    "var tredje vecka",
    "var fjärde vecka",
    "var 8:e vecka",
  ]);
});

it("tells what was booked from what was not, and reads each time aloud", () => {
  const had = { number: 1, date: "2026-12-15", refused: null, alternatives: [] };
  const occurrences = [
    { ...had, booking: at("2026-12-15T09:00:00.000Z") },
    { ...had, number: 2, date: "2026-12-22", booking: null, refused: "taken" },
    { ...had, number: 3, date: "2026-12-29", booking: at("2026-12-29T10:30:00.000Z") },
  ];
  const { booked, without } = outcomeOf(occurrences);
  expect([booked.length, without.map(({ number }) => number)]).toEqual([2, [2]]);
  expect(seriesAloud(booked, names)).toBe(
    "Du är välkommen till Granhult tisdag 15 december klockan 10:00, tisdag 29 december klockan 11:30. " +
      "Du får en bekräftelse med e-post, och en påminnelse dagen före varje gång.",
  );
  expect(seriesAloud([], names)).toBe("Ingen av tiderna gick att boka.");
});
