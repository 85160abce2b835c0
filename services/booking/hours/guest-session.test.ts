import { expect, test } from "vitest";
import { guestSessionSchema, isOutsideOpening, sessionHours } from "./guest-session.ts";

const date = "2026-12-03";
const local = (from: string, to: string) => ({ from, to });
/** Sweden is an hour ahead. */
const stretch = (from: number, to: number) => ({
  from: new Date(`${date}T${String(from - 1).padStart(2, "0")}:00:00Z`),
  to: new Date(`${date}T${String(to - 1).padStart(2, "0")}:00:00Z`),
});
const open = [stretch(8, 12), stretch(13, 17)];

test.each([
  ["inside", [local("09:00", "11:00")], [stretch(9, 11)], false],
  ["over a break", [local("11:00", "14:00")], [stretch(11, 12), stretch(13, 14)], true],
  ["after closing", [local("17:00", "19:00")], [], true],
  ["written twice", [local("09:00", "11:00"), local("10:00", "12:00")], [stretch(9, 12)], false],
])("hours %s are those of them that the office is open", (_, hours, inside, outside) => {
  expect(sessionHours({ date, hours }, open)).toEqual(inside);
  expect(isOutsideOpening({ date, hours }, open)).toBe(outside);
});

test("on a closed day there are none", () => {
  expect(sessionHours({ date, hours: [local("09:00", "11:00")] }, [])).toEqual([]);
});

test("an hour that the clocks skip is no time", () => {
  const skipped = { date: "2027-03-28", hours: [local("02:00", "03:00")] };
  const all = [{ from: new Date("2027-03-27T00:00:00Z"), to: new Date("2027-03-30T00:00:00Z") }];
  expect(sessionHours(skipped, all)).toEqual([]);
});

test.each([
  ["no hours", { hours: [] }],
  ["hours that end before they begin", { hours: [local("12:00", "09:00")] }],
  ["a clock that is none", { hours: [local("9", "12:00")] }],
  ["visitors of another kind", { visitors: "anybody" }],
])("%s is no session", (_, more) => {
  const session = { service: "advokatjour", date, hours: [local("09:00", "11:00")], visitors: "both" };
  expect(guestSessionSchema.safeParse(session).success).toBe(true);
  expect(guestSessionSchema.safeParse({ ...session, ...more }).success).toBe(false);
});
