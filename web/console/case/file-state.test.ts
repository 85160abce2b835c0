import { expect, it, test } from "vitest";
import { afterAnswer, fileText, TRIES } from "./file-state.ts";

test.each([
  ["infected", 1, "infected"],
  ["unscannable", 1, "unscannable"],
  ["not-scanned", 1, "waiting"],
  ["not-scanned", TRIES - 1, "waiting"],
  ["not-scanned", TRIES, "not-scanned"],
  ["something-new", 1, "failed"],
] as const)("%s at try %i is %s", (refused, tries, state) => {
  expect(afterAnswer({ refused }, tries)).toBe(state);
});

it("is saved when its address has come", () => {
  expect(afterAnswer({ url: "https://files.example.se/x" }, 1)).toBe("saved");
});

it("says of an infected file that nobody gets it, and of a locked one what to think of first", () => {
  expect(fileText("infected")).toBe("Innehåller skadlig kod: lämnas inte ut.");
  expect(fileText("unscannable")).toContain("bara om du väntar den");
});
