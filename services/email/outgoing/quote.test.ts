import fc from "fast-check";
import { expect, test } from "vitest";
import { ownWords, quotable } from "./quote.ts";

test.each([
  ["what they wrote stands whole", "Hej!\n\nNär plogas gatan?\n", "Hej!\n\nNär plogas gatan?"],
  ["what their program quoted does not", "Tack!\n> Hej Åsa,\n> vi plogar i dag.\n", "Tack!"],
  ["answers between quoted lines stay", "> När?\r\nI dag\r\n> Var?\r\nHär\r\n", "I dag\nHär"],
  ["nothing is nothing", "> bara citat\n", ""],
])("%s", (_what, text, own) => {
  expect([ownWords(text), quotable(text)]).toEqual([own, own]);
});

test("a long mail is cut after a word, and says so", () => {
  const quoted = quotable("ordet ".repeat(1_000));
  expect(quoted).toMatch(/ordet \[…\]$/);
  expect(quoted.length).toBeLessThan(1_510);
  expect(quotable("rad\n".repeat(100))).toBe(`${"rad\n".repeat(39)}rad […]`);
});

test("whatever is written, a quote is short and begins no line as a quote of a quote", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 5_000, unit: fc.constantFrom("a", " ", "\n", ">", "å") }), (text) => {
      const quoted = quotable(text);
      return quoted.length <= 1_504 && !/\n>/.test(quoted);
    }),
  );
  expect(quotable("x".repeat(9_000))).toBe(`${"x".repeat(1_500)} […]`);
});
