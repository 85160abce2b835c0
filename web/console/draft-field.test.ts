import { expect, it } from "vitest";
import { draftText } from "./draft-field.tsx";

it.each([
  ["", undefined, "saved", ""],
  ["Hej", "2026-11-24T09:42:00Z", "saved", "Utkast sparat 10:42"],
  ["Hej", undefined, "unsaved", "Sparar utkastet …"],
  ["", undefined, "unsaved", ""],
  ["Hej", undefined, "failed", "Utkastet kunde inte sparas men står kvar här. Försöker igen."],
] as const)("of %j, saved %s, %s, says %j", (text, savedAt, state, words) => {
  expect(draftText({ text, savedAt, state })).toBe(words);
});
