import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A program that is no npm package: how it may be called, which Debian package has it, and what to say without it. */
type Program = { names: readonly string[]; debianPackage: string; help: string };

const java: Program = {
  names: ["java"],
  debianPackage: "default-jre-headless",
  help: "Java 11 or newer is missing: put `java` on the PATH or set JAVA_HOME (Debian: apt-get install default-jre-headless).",
};
const chromium: Program = {
  names: ["chromium", "chromium-browser", "google-chrome"],
  debianPackage: "chromium",
  help: "Chromium is missing: put `chromium` on the PATH (Debian: apt-get install chromium).",
};

/** The `java` to run DynamoDB Local with. */
export function findJava(): string {
  const home = process.env["JAVA_HOME"];
  const configured = home === undefined ? undefined : executable(join(home, "bin", "java"));
  return configured ?? find(java);
}

/** The Chromium that the browser tests drive. */
export function findChromium(): string {
  return find(chromium);
}

/** On the PATH; else, on Debian as root, installed. Throws one line that says what to do. */
function find(program: Program): string {
  const found = program.names.map(onPath).find((path) => path !== undefined);
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && onPath("apt-get") !== undefined) install(program.debianPackage);
  const installed = program.names.map(onPath).find((path) => path !== undefined);
  if (installed === undefined) throw new Error(program.help);
  return installed;
}

function onPath(name: string): string | undefined {
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

/** A failure is left to the caller, who looks for what should now be there. */
function install(debianPackage: string): void {
  process.stderr.write(`Installing ${debianPackage} with apt-get …\n`);
  const options = { stdio: "ignore" as const, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  try {
    execFileSync("apt-get", ["update", "-qq"], options);
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", debianPackage], options);
  } catch {
    process.stderr.write(`apt-get could not install ${debianPackage}.\n`);
  }
}
