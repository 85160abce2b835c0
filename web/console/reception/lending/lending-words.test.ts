import { expect, it } from "vitest";
import {
  durationText,
  endText,
  hireText,
  identifiedText,
  itemText,
  refusalText,
  stateText,
} from "./lending-words.ts";
import { someLoan } from "./test-loan.ts";

it.each([
  [20, "1 min"],
  [59 * 60, "59 min"],
  [5.5 * 3600, "5 tim"],
  [47 * 3600, "47 tim"],
  [49 * 3600, "2 dygn"],
])("says of %d seconds %j", (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

it("says when something is to be back, and by how much it is late, in Swedish time", () => {
  const loan = someLoan("nyckel-1");
  expect(stateText(loan, new Date("2026-12-04T16:00:00Z"))).toBe("Åter senast mån 7 dec 10:00");
  expect(stateText(loan, new Date("2026-12-07T08:00:00Z"))).toBe("Åter senast i dag 10:00");
  // Also before the API has been asked again.
  expect(stateText(loan, new Date("2026-12-07T14:30:00Z"))).toBe("Försenad 5 tim");
});

it("says when something came back, and whether that was late", () => {
  const now = new Date("2026-12-08T09:00:00Z");
  const back = { returnedAt: "2026-12-07T14:30:00.000Z", status: "returned" };
  expect(endText(someLoan("x", { ...back, lateSeconds: 19_800 }), now)).toBe(
    "Åter mån 7 dec 15:30, 5 tim försent",
  );
  expect(endText(someLoan("x", back), now)).toBe("Åter mån 7 dec 15:30");
  expect(endText(someLoan("x"), now)).toBe("Ute");
});

it("says when premises are hired, also over midnight", () => {
  const now = new Date("2026-12-04T15:50:00Z");
  const startsAt = "2026-12-04T17:00:00.000Z";
  expect(hireText({ startsAt, endsAt: "2026-12-04T21:00:00.000Z" }, now)).toBe("fre 4 dec 18:00–22:00");
  expect(hireText({ startsAt, endsAt: "2026-12-05T00:00:00.000Z" }, now)).toBe(
    "fre 4 dec 18:00–lör 5 dec 01:00",
  );
});

it("says the rest in words, and a code that is not known as it came", () => {
  expect(itemText({ name: "Nyckel till Ekbacken", number: "E1" })).toBe("Nyckel till Ekbacken E1");
  expect(itemText({ name: "Projektor", number: null })).toBe("Projektor");
  expect(identifiedText("e-leg")).toBe("E-legitimation");
  expect(identifiedText("of-tomorrow")).toBe("of-tomorrow");
  expect(refusalText("item-out")).toBe("Den är redan utlånad.");
  expect(refusalText("of-tomorrow")).toBe("Det gick inte att göra nu.");
});
