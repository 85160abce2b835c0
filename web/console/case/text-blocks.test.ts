import fc from "fast-check";
import { expect, it } from "vitest";
import { textBlocks } from "./text-blocks.ts";

const own = "Hej,\nnär plogas gatan?\n\n";
const quoted = "Den 23 nov. 2026 skrev kommunen:\n> Vi plogar i morgon.\n";
const signature = "--\nÅsa Ek\n";

/** A text of so many parts, with the offsets that the API would give. */
function mail(...stretches: readonly (readonly [kind: string, text: string])[]) {
  let end = 0;
  const parts = stretches.map(([kind, text]) => {
    end += text.length;
    return { kind, end };
  });
  return textBlocks(stretches.map(([, text]) => text).join(""), parts).map(
    ({ kind, text, lines }) => [kind, text, lines] as const,
  );
}

it("shows what the sender wrote now, and folds the signature and the quote below", () => {
  expect(mail(["own", own], ["signature", signature], ["quoted", quoted])).toEqual([
    ["own", "Hej,\nnär plogas gatan?", 2],
    ["signature", "--\nÅsa Ek", 2],
    ["quoted", "Den 23 nov. 2026 skrev kommunen:\n> Vi plogar i morgon.", 2],
  ]);
});

it("keeps answers between the lines of a quote where they were written", () => {
  const kinds = mail(
    ["quoted", "> Vilken gata?\n"],
    ["own", "Ekbacksvägen.\n"],
    ["quoted", "> Och när?\n"],
    ["own", "I går.\n"],
  );
  expect(kinds.map(([kind]) => kind)).toEqual(["quoted", "own", "quoted", "own"]);
});

it("takes quotes with only empty lines between them for one", () => {
  expect(mail(["own", own], ["quoted", "> ett\n"], ["own", "\n\n"], ["quoted", "> två\n"])).toEqual([
    ["own", "Hej,\nnär plogas gatan?", 2],
    ["quoted", "> ett\n\n\n> två", 4],
  ]);
});

it("never looks empty: a mail of nothing but a quote stands open", () => {
  expect(mail(["quoted", quoted])).toEqual([["own", quoted.trimEnd(), 2]]);
});

it("takes all of a text without parts for the sender's own, and what stands after the last part", () => {
  expect(textBlocks("Hej", [])).toEqual([{ kind: "own", text: "Hej", lines: 1 }]);
  expect(textBlocks("> A\nHej", [{ kind: "quoted", end: 4 }]).map(({ kind }) => kind)).toEqual([
    "quoted",
    "own",
  ]);
});

it("has nothing to show of an empty text", () => {
  expect(textBlocks(" \n ", [{ kind: "own", end: 3 }])).toEqual([]);
});

it("cuts a long text at the end of a line, and one of a single line at the end of a word", () => {
  const lines = textBlocks(Array.from({ length: 200 }, (_, n) => `Rad ${n}`).join("\n"), []);
  expect(lines.map(({ kind, lines: count }) => [kind, count])).toEqual([
    ["own", 50],
    ["rest", 150],
  ]);
  const [first, rest] = textBlocks("ord ".repeat(3000), []);
  expect(first?.text.endsWith("ord")).toBe(true);
  expect((first?.text.length ?? 0) + (rest?.text.length ?? 0)).toBe("ord ".repeat(3000).trimEnd().length);
});

it("loses no word, whatever the parts", () => {
  const part = fc.tuple(fc.constantFrom("own", "quoted", "signature"), fc.string());
  fc.assert(
    fc.property(fc.array(part), (stretches) => {
      const words = (text: string): string => text.replace(/\s/g, "");
      const shown = mail(...stretches).map(([, text]) => text);
      expect(words(shown.join(""))).toBe(words(stretches.map(([, text]) => text).join("")));
    }),
  );
});
