import { expect, test } from "vitest";
import { mailTexts } from "#shared/config.ts";
import { type Language, languageOf } from "./language.ts";

const [first, ...others] = Object.entries(mailTexts()).map(
  ([code, { commonWords }]): Language => ({ code, commonWords }),
);
if (first === undefined) throw new Error("the demo has mail texts");
const languages: [Language, ...Language[]] = [first, ...others];

test.each([
  ["sv", "Hej, när plogas vår gata? Hälsningar från Åsa"],
  ["sv", "Soptunnan på Storgatan 3 är full sedan i måndags."],
  ["en", "Hello, when does the library open on Saturdays? Thank you"],
  ["en", "I would like to know how to apply for a place at the preschool for my daughter."],
  ["fi", "Hei, milloin kirjasto on auki? Kiitos"],
  [
    "fi",
    "Haluaisin tietää, miten voin hakea päivähoitopaikkaa. Olen uusi kunnassa, mutta en tiedä mistä aloittaa.",
  ],
  // Unsure: the first language.
  ["sv", ""],
  ["sv", "Plogning Storgatan 12"],
  ["sv", "ok thank you"],
  ["sv", "Moien, wéini gëtt déi Strooss gekiert?"],
  [
    "sv",
    "Hej! Jag har köpt The Best of the Beatles på loppis och vill att ni tar bort skylten med Thank you.",
  ],
  ["sv", "1234 5678 !!! ???"],
])("%s: %s", (code, text) => {
  expect(languageOf(text, languages)).toBe(code);
});

test("a municipality with one language answers in it", () => {
  expect(languageOf("Hello, when does the library open on Saturdays? Thank you", [first])).toBe("sv");
});

test("only the beginning is read: what follows a letter does not change its language", () => {
  const swedish = "Hej, jag vill att ni plogar vår gata nu. ".repeat(40);
  expect(languageOf(swedish + "the and to of is it ".repeat(2_000), languages)).toBe("sv");
});
