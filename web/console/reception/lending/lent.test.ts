import { expect, it } from "vitest";
import { hiresFor, isJustBack, matchingItems, withLoan } from "./lent.ts";
import { someItem, someLoan } from "./test-loan.ts";

const hire = {
  bookingId: "b1",
  room: "hall",
  startsAt: "2026-12-04T17:00:00.000Z",
  endsAt: "2026-12-04T21:00:00.000Z",
  name: "Åsa Prov",
  phone: null,
  email: null,
};
const out = someItem("nyckel-1", { number: "E1", loan: someLoan("nyckel-1") });
const other = someItem("nyckel-2", { number: "E12" });
const projector = someItem("projektor", { name: "Projektor" });
const items = [out, other, projector];
const ids = (found: readonly { item: string }[]) => found.map(({ item }) => item);

it.each([
  ["", ["nyckel-1", "nyckel-2", "projektor"]],
  // The number of one is that one, not all that begin so.
  ["e1", ["nyckel-1"]],
  ["E 1", ["nyckel-1"]],
  ["e", ["nyckel-1", "nyckel-2", "projektor"]],
  ["nyckel", ["nyckel-1", "nyckel-2"]],
  ["proj", ["projektor"]],
  ["åsa p", ["nyckel-1"]],
  ["cykel", []],
])("finds by %j %j", (typed, found) => {
  expect(ids(matchingItems(items, typed))).toEqual(found);
});

it("puts what has gone out among what is out, the first to be back first, and what is back below", () => {
  const lent = { items, hires: [], nextOpen: null };
  const sooner = someLoan("projektor", { dueAt: "2026-12-05T09:00:00.000Z" });
  const after = withLoan(lent, sooner);
  expect(ids(after.items)).toEqual(["projektor", "nyckel-1", "nyckel-2"]);
  const back = withLoan(after, { ...sooner, status: "returned" });
  expect(ids(back.items)).toEqual(["nyckel-1", "projektor", "nyckel-2"]);
  expect(back.items[1]?.loan).toBeNull();
});

it("offers the hires of the room that a key opens", () => {
  expect(hiresFor([hire], { room: "hall" })).toEqual([hire]);
  expect(hiresFor([hire], { room: "other" })).toEqual([]);
  expect(hiresFor([hire], { room: null })).toEqual([]);
});

it("undoes what came back less than ten minutes ago", () => {
  const loan = { returnedAt: "2026-12-07T09:00:00.000Z" };
  expect(isJustBack(loan, new Date("2026-12-07T09:09:59Z"))).toBe(true);
  expect(isJustBack(loan, new Date("2026-12-07T09:10:00Z"))).toBe(false);
  expect(isJustBack({ returnedAt: null }, new Date("2026-12-07T09:00:00Z"))).toBe(false);
});
