import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const help =
  "Java 11 or newer is missing: put `java` on the PATH or set JAVA_HOME (Debian: apt-get install default-jre-headless).";

/** The `java` to run. On Debian as root a missing one is installed; else throws one line that says what to do. */
export function findJava(): string {
  const found = lookUp();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && onPath("apt-get") !== undefined) install("default-jre-headless");
  const installed = lookUp();
  if (installed === undefined) throw new Error(help);
  return installed;
}

function lookUp(): string | undefined {
  const home = process.env["JAVA_HOME"];
  return (home === undefined ? undefined : executable(join(home, "bin", "java"))) ?? onPath("java");
}

/** The first of this name on the PATH. */
export function onPath(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => executable(join(folder, name))).find((path) => path !== undefined);
}

function executable(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}

/** Installs one of Debian's packages. A failure is left to the caller, who looks for what should now be there. */
export function install(debianPackage: string): void {
  process.stderr.write(`Installing ${debianPackage} with apt-get …\n`);
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    execFileSync("apt-get", ["update", "-qq"], { stdio: "ignore", env: environment });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", debianPackage], {
      stdio: "ignore",
      env: environment,
    });
  } catch {
    process.stderr.write(`apt-get could not install ${debianPackage}.\n`);
  }
}
