import { describe, expect, it } from "vitest";
import { type ArrivalFields, badgeFault, checkInOf, isNameless, plateFault } from "./arrival.ts";
import { someExpected } from "./test-visit.ts";

const floors = [
  { number: 2, name: "Individ och familj", secret: true },
  { number: 4, name: "Bygg och miljö", secret: false },
];
const blank: ArrivalFields = {
  floor: null,
  guests: undefined,
  handIn: false,
  name: "",
  badge: "",
  plate: "",
};
const lawyers = {
  host: "guest-advokatjour",
  name: "Advokatjouren",
  hours: [],
  visitors: "both",
  secret: false,
  expected: 0,
  waiting: 0,
};
const dropIn = { kind: "drop-in", name: "" } as const;

describe("what is asked of the API", () => {
  it.each([
    ["nothing said", blank, { purpose: "service-centre" }],
    ["to a floor", { ...blank, floor: 4, name: " Kim " }, { purpose: "floor", floor: 4, name: "Kim" }],
    [
      "to a secret floor without the name",
      { ...blank, floor: 2, name: "Kim" },
      { purpose: "floor", floor: 2 },
    ],
    [
      "to a guest host",
      { ...blank, guests: lawyers, name: "Kim" },
      { purpose: "service-centre", host: "guest-advokatjour", name: "Kim" },
    ],
    [
      "to a guest host whose visitors are secret, without the name",
      { ...blank, guests: { ...lawyers, secret: true }, name: "Kim" },
      { purpose: "service-centre", host: "guest-advokatjour" },
    ],
    ["a document", { ...blank, floor: 2, handIn: true }, { purpose: "hand-in", floor: 2 }],
    ["a document for the servicecenter", { ...blank, handIn: true }, { purpose: "hand-in" }],
    [
      "badge and plate",
      { ...blank, badge: " 17 ", plate: " abc 12d " },
      { purpose: "service-centre", badge: 17, plate: "abc 12d" },
    ],
  ])("of a visitor unbooked: %s", (_what, fields, asked) => {
    expect(checkInOf(dropIn, fields, floors, "key")).toEqual({ key: "key", ...asked });
  });

  it("of a booked one is the booking, of one with a slip the code", () => {
    const booked = { kind: "booked", expected: someExpected("b1") } as const;
    expect(checkInOf(booked, { ...blank, badge: "3" }, floors, "key")).toEqual({
      key: "key",
      bookingId: "b1",
      badge: 3,
    });
    expect(checkInOf({ kind: "code", code: "B1B2 C3" }, blank, floors, "key")).toEqual({
      key: "key",
      code: "B1B2 C3",
    });
  });
});

it("neither asks nor keeps the name of whose visit is secret", () => {
  expect(isNameless(dropIn, { ...blank, floor: 2 }, floors)).toBe(true);
  expect(isNameless(dropIn, { ...blank, floor: 4 }, floors)).toBe(false);
  const hidden = { kind: "booked", expected: someExpected("b1", { hidden: true }) } as const;
  expect(isNameless(hidden, blank, floors)).toBe(true);
});

it.each([
  ["", "", true],
  ["17", "ABC 123", true],
  ["0", "", false],
  ["10000", "", false],
  ["x", "", false],
  ["", "A<B", false],
  ["", "A", false],
])("badge %j and plate %j can be taken: %j", (badge, plate, can) => {
  expect(badgeFault(badge) === undefined && plateFault(plate) === undefined).toBe(can);
});
