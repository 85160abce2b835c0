import { expect, test } from "vitest";
import type { Staff } from "#shared/staff.ts";
import { isHidden } from "./booking-view.ts";

const of = (...units: string[]): Staff => ({ sub: "s", name: "Sam", roles: ["agent"], units });

test.each([
  ["an open service is shown to all", { service: "bygglov-radgivning", unit: "bygglov" }, of(), false],
  [
    "a secret service is hidden from others",
    { service: "ekonomiskt-bistand", unit: "ifo-mottagning" },
    of("bygglov"),
    true,
  ],
  [
    "a secret service is shown to its unit",
    { service: "ekonomiskt-bistand", unit: "ifo-mottagning" },
    of("ifo-mottagning"),
    false,
  ],
  [
    "a service that the config no longer has counts as secret",
    { service: "avskaffad", unit: "bygglov" },
    of(),
    true,
  ],
  ["and is shown to the unit that had it", { service: "avskaffad", unit: "bygglov" }, of("bygglov"), false],
])("%s", (_, booking, caller, hidden) => {
  expect(isHidden(booking, caller)).toBe(hidden);
});
