import { expect, it } from "vitest";
import { cellKey, copyWeek, draftFaults, draftOf, newDraft, rotaOf } from "./rota-draft.ts";
import type { Rota } from "./rota-schemas.ts";

const rota: Rota = {
  office: "granhult",
  validFrom: "2026-12-01",
  validTo: "2027-01-31",
  anchorMonday: "2026-11-30",
  cycleWeeks: 2,
  shifts: [
    { weekIndex: 0, weekday: "tue", from: "09:00", to: "12:00", person: "ritva", role: "disk" },
    { weekIndex: 1, weekday: "thu", from: "16:00", to: "18:00", person: "ritva" },
  ],
  approvals: [{ manager: "chef", person: "ritva", at: "2026-11-25T08:00:00Z" }],
};

it("gives back the rota that it was made of, roles and approvals too", () => {
  expect(rotaOf(draftOf(rota), rota)).toEqual(rota);
});

it("takes what was for a shift from one that has changed", () => {
  const draft = draftOf(rota);
  const longer = { ...draft, cells: { ...draft.cells, [cellKey(0, "tue", "ritva")]: "9-13" } };
  expect(rotaOf(longer, rota)?.shifts[0]).toEqual({
    weekIndex: 0,
    weekday: "tue",
    from: "09:00",
    to: "13:00",
    person: "ritva",
  });
});

it("is no rota while something cannot be read", () => {
  const draft = draftOf(rota);
  const key = cellKey(0, "mon", "ritva");
  const faulty = { ...draft, cells: { ...draft.cells, [key]: "sen" } };
  expect(draftFaults(faulty)).toEqual([key]);
  expect(rotaOf(faulty, rota)).toBeUndefined();
});

it.each([
  [{ validTo: "2026-11-30" }, ["validTo"]],
  [{ validTo: "2027-12-01" }, ["validTo"]],
  [{ validFrom: "" }, ["validTo"]],
  [{ anchorMonday: "2026-12-01" }, ["anchorMonday"]],
  [{ anchorMonday: "" }, ["anchorMonday"]],
])("marks %j", (change, faults) => {
  expect(draftFaults({ ...draftOf(rota), ...change })).toEqual(faults);
});

it("does not look at weeks that a shorter cycle does not have", () => {
  const shorter = { ...draftOf(rota), cycleWeeks: 1 };
  expect(rotaOf(shorter, rota)?.shifts).toEqual([rota.shifts[0]]);
});

it("copies a week over the others, its empty days too", () => {
  const copied = rotaOf(copyWeek(draftOf(rota), 0), undefined);
  expect(copied?.shifts.map(({ weekIndex, weekday }) => `${weekIndex} ${weekday}`)).toEqual([
    "0 tue",
    "1 tue",
  ]);
});

it("begins with three whole months from the next", () => {
  const draft = newDraft("granhult", "2026-11-25");
  expect(draft).toMatchObject({
    validFrom: "2026-12-01",
    validTo: "2027-02-28",
    anchorMonday: "2026-11-30",
    people: [],
  });
  expect(draftFaults(draft)).toEqual([]);
});
