import { expect, test } from "vitest";
import { mayOpen, scanOf } from "./message-file.ts";

test.each([
  ["NO_THREATS_FOUND", "clean"],
  ["THREATS_FOUND", "infected"],
  ["UNSUPPORTED", "unscannable"],
  ["ACCESS_DENIED", "unscannable"],
  ["FAILED", "unscannable"],
  [undefined, "not-scanned"],
])("the tag %s means %s", (tag, scan) => expect(scanOf(tag)).toBe(scan));

test("only a clean file is handed out, and one that cannot be scanned to who wants it anyway", () => {
  expect(mayOpen("clean", { anyway: false })).toBeUndefined();
  expect(mayOpen("unscannable", { anyway: false })).toEqual({ refused: "unscannable" });
  expect(mayOpen("unscannable", { anyway: true })).toBeUndefined();
  expect(mayOpen("infected", { anyway: true })).toEqual({ refused: "infected" });
  expect(mayOpen("not-scanned", { anyway: true })).toEqual({ refused: "not-scanned" });
});
