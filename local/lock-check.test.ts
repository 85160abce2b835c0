import { expect, test } from "vitest";
import { lockFaults } from "./lock-check.ts";

const manifest = { dependencies: { zod: "4.6.7" }, devDependencies: {}, optionalDependencies: {} };
const sound = {
  packages: {
    "": {},
    "node_modules/biome": { optionalDependencies: { "biome-linux": "1.0.0", "biome-mac": "1.0.0" } },
    "node_modules/biome-linux": { version: "1.0.0" },
    "node_modules/biome/node_modules/biome-mac": { version: "1.0.0" },
    "node_modules/esbuild": { hasInstallScript: true },
  },
};
const without = (place: string) => ({
  packages: Object.fromEntries(Object.entries(sound.packages).filter(([name]) => name !== place)),
});
const withPackage = (entry: object) => ({ packages: { ...sound.packages, "node_modules/new": entry } });

test("a sound lock file has no faults", () => {
  expect(lockFaults(sound, manifest)).toEqual([]);
});

test.each([
  [
    "an optional package that is not held",
    without("node_modules/biome-linux"),
    "biome-linux is not in the lock file",
  ],
  [
    "a new install script",
    withPackage({ hasInstallScript: true }),
    "node_modules/new: has an install script",
  ],
  ["a package from git", withPackage({ resolved: "git+ssh://x" }), "does not come from the registry"],
  ["a package by plain http", withPackage({ resolved: "http://x/y.tgz" }), "does not come from the registry"],
])("%s is a fault", (_what, lock, message) => {
  expect(lockFaults(lock, manifest)).toEqual([expect.stringContaining(message)]);
});

test.each(["^4.6.7", "latest", "git+https://x", "~4.0.0"])("a dependency at %s is a fault", (version) => {
  expect(lockFaults(sound, { ...manifest, devDependencies: { knip: version } })).toHaveLength(1);
});
