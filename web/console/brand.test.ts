import { expect, it } from "vitest";
import { textOn } from "./brand.ts";

it.each([
  ["#005a9c", "#ffffff"],
  ["#ffd100", "#000000"],
  ["#000000", "#ffffff"],
  ["#FFFFFF", "#000000"],
])("writes on %s in %s", (colour, text) => {
  expect(textOn(colour)).toBe(text);
});
