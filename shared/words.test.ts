import { expect, test } from "vitest";
import { wordsIn } from "./words.ts";

test.each([
  ["Grannens POJKE har blåmärken.", [["pojke"], ["blåmärke"]], true],
  ["Grannens pojke mår bra", [["pojke"], ["blåmärke"]], false],
  ["När kommer pengarna? Hyran…", [["pengarna", "bidraget"], ["hyra"]], true],
  ["Ta -- livet av", [["ta livet av"]], true],
  ["omtalivet av", [["ta livet av"]], false],
  ["", [["a"]], false],
  ["vad som helst", [], true],
])("%j has %j: %s", (text, groups, has) => {
  expect(wordsIn(text)(groups)).toBe(has);
});
