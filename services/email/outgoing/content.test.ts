import { expect, test } from "vitest";
import { blocksOf, plainText } from "./content.ts";
import { mailHtml } from "./mail-html.tsx";

const look = { organisation: "Björkeby kommun", colour: "#1f5c3d" };
const about = { language: "sv", subject: "Sv: Plogning" };

test("the plain form marks every quoted line", () => {
  const quote = { intro: "Den 24 november 2026 skrev du:", text: "Hej,\n\nnär?" };
  expect(plainText({ ...about, text: "I dag.\n\nAmina", quote })).toBe(
    "I dag.\n\nAmina\n\nDen 24 november 2026 skrev du:\n> Hej,\n>\n> när?\n",
  );
  expect(plainText({ ...about, text: "I dag." })).toBe("I dag.\n");
});

test.each([
  ["an address alone", "https://a.se/m/x", [["https://a.se/m/x", true]]],
  [
    "an address that ends a sentence",
    "Se https://a.se/x?y=1. Hej",
    [
      ["Se ", false],
      ["https://a.se/x?y=1", true],
      [".", false],
      [" Hej", false],
    ],
  ],
  ["what only looks like one", "javascript:alert(1) ftp://a.se", [["javascript:alert(1) ftp://a.se", false]]],
])("links: %s", (_what, text, pieces) => {
  expect(blocksOf(text)).toEqual([{ lines: [pieces.map(([piece, link]) => ({ text: piece, link }))] }]);
});

test("paragraphs are told apart by empty lines, however many", () => {
  expect(blocksOf("a\nb\n\n\n\nc\n").map(({ lines }) => lines.length)).toEqual([2, 1]);
});

test("the HTML says its language, has whose it is, links, and what was quoted apart", () => {
  const quote = { intro: "Den 24 november 2026 skrev du:", text: "När?" };
  const html = mailHtml({ ...about, text: "Se https://a.se/m/x\nHej", quote }, look);
  expect(html).toMatch(/^<!doctype html><html lang="sv">/);
  expect(html).toContain("<title>Sv: Plogning</title>");
  expect(html).toContain('<a href="https://a.se/m/x">https://a.se/m/x</a><br/>Hej');
  expect(html).toMatch(/Björkeby kommun.*Den 24 november 2026 skrev du:.*<blockquote[^>]*><p[^>]*>När\?/);
  expect(html).toContain("#1f5c3d");
});

test("nothing that somebody wrote is markup", () => {
  const evil = `<img src=x onerror=alert(1)> & "x" https://a.se/"onclick="x`;
  const html = mailHtml(
    { language: "sv", subject: evil, text: evil, quote: { intro: evil, text: evil } },
    { ...look, organisation: evil },
  );
  expect(html).not.toContain("<img");
  expect(html.match(/<a [^>]*>/g)).toEqual(Array(2).fill('<a href="https://a.se/">'));
});
