import { expect, test } from "vitest";
import { loadMunicipality } from "#config/load.ts";
import { urgencyOf } from "./urgency.ts";

const { urgent } = loadMunicipality("demo");

test.each([
  ["Grannens pojke har blåmärken igen och är ute ensam nu.", "child-at-risk"],
  ["Jag är orolig, flickan i trean kommer till skolan SLAGEN", "child-at-risk"],
  ["Jag orkar inte leva längre", "suicide"],
  ["hon säger att hon ska ta livet av sig", "suicide"],
  ["Min man slår mig och jag vågar inte ringa", "violence"],
  ["PLOGAT??? Min mamma är 84 och kommer INTE UT. Ska någon behöva DÖ?", undefined],
  ["Hej! Hur får vi förskola till Alma 2 år?", undefined],
  ["Barnen slår i dörren på lekplatsen så den går sönder", undefined],
  ["", undefined],
])("%j is %s", (text, urgency) => {
  expect(urgencyOf(text, urgent.rules)).toBe(urgency);
});
