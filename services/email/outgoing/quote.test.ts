import fc from "fast-check";
import { expect, test } from "vitest";
import { quotable } from "./quote.ts";

test("what is short stands whole, without air around it", () => {
  expect(quotable("\nHej!\n\n\n\nNär plogas gatan?\n")).toBe("Hej!\n\nNär plogas gatan?");
  expect(quotable(" \n")).toBe("");
});

test("a long mail is cut after a word, and says so", () => {
  const quoted = quotable("ordet ".repeat(1_000));
  expect(quoted).toMatch(/ordet \[…\]$/);
  expect(quoted.length).toBeLessThan(1_510);
  expect(quotable("rad\n".repeat(100))).toBe(`${"rad\n".repeat(39)}rad […]`);
});

test("whatever is written, a quote is short", () => {
  const texts = fc.string({ maxLength: 5_000, unit: fc.constantFrom("a", " ", "\n", "å") });
  fc.assert(fc.property(texts, (text) => quotable(text).length <= 1_504));
  expect(quotable("x".repeat(9_000))).toBe(`${"x".repeat(1_500)} […]`);
});
