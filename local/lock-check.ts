import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../infra/build.ts";

type Locked = {
  version?: string;
  optionalDependencies?: Record<string, string>;
  hasInstallScript?: boolean;
  resolved?: string;
};

/** Packages that have an install script, which need not run. */
const scriptsNotNeeded = ["node_modules/esbuild"];

/**
 * What is wrong with a lock file: an optional package that it names but does not hold (`npm ci` then fails in a clean
 * clone, though `npm install` works), an install script that is new, a package from anywhere but the registry, a
 * dependency that is not pinned.
 */
export function lockFaults(
  lock: { packages: Record<string, Locked> },
  manifest: Manifest,
): readonly string[] {
  const { packages } = lock;
  const faults: string[] = [];
  for (const [place, entry] of Object.entries(packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!isHeld(packages, place, name))
        faults.push(`${place || "the project"}: optional ${name} is not in the lock file`);
    }
    if (entry.hasInstallScript && !scriptsNotNeeded.includes(place))
      faults.push(`${place}: has an install script`);
    if (/^(git|http:|file:)/.test(entry.resolved ?? ""))
      faults.push(`${place}: does not come from the registry`);
  }
  for (const [name, version] of Object.entries(allOf(manifest))) {
    if (!/^\d+\.\d+\.\d+$/.test(version)) faults.push(`${name}: ${version} is not an exact version`);
  }
  return faults;
}

type Manifest = Record<"dependencies" | "devDependencies" | "optionalDependencies", Record<string, string>>;

function allOf({ dependencies, devDependencies, optionalDependencies }: Manifest): Record<string, string> {
  return { ...dependencies, ...devDependencies, ...optionalDependencies };
}

/** As Node looks: beside the package itself, then in every folder above. */
function isHeld(packages: Record<string, Locked>, place: string, name: string): boolean {
  for (let at = place; ; at = at.slice(0, Math.max(at.lastIndexOf("/node_modules/"), 0))) {
    if (packages[`${at === "" ? "" : `${at}/`}node_modules/${name}`] !== undefined) return true;
    if (at === "") return false;
  }
}

function main(): void {
  const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), "utf8"));
  const faults = lockFaults(read("package-lock.json"), read("package.json"));
  for (const fault of faults) console.error(`package-lock.json: ${fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

if (import.meta.main) main();
