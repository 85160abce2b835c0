import { expect, test } from "vitest";
import { fill } from "./fill.ts";

test("every placeholder is filled in, wherever and however often", () => {
  expect(fill("{a} och {b}, {a}", { a: "ett", b: "två" })).toBe("ett och två, ett");
});

test("what is filled in is not filled in again, and has no say in how it is put in", () => {
  expect(fill("{answer} {phone}", { answer: "{phone} $& $1", phone: "070" })).toBe("{phone} $& $1 070");
});

test("a placeholder without a value is an error", () => {
  expect(() => fill("{phone}", {})).toThrow("phone");
});
