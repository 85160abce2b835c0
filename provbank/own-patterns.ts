import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { parseSync } from "vite";
import { ROOT } from "../infra/build.ts";
import { functions } from "../infra/functions.ts";

export type OwnPattern = { file: string; line: number; source: string; flags: string };

/** Sources of ours that some function's bundle holds, as the bundler itself finds them. */
async function deployedSources(): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.values(functions),
    outdir: "never-written",
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
    logLevel: "error",
  });
  return Object.keys(metafile.inputs).filter((file) => /^(services|shared|web|config)\/.*\.tsx?$/.test(file));
}

/**
 * Every regular expression of ours that is deployed, from the parsed sources. One that is put together while the program
 * runs cannot be judged, so it is told apart.
 */
export async function ownPatterns(): Promise<{
  files: number;
  patterns: readonly OwnPattern[];
  made: readonly string[];
}> {
  const files = await deployedSources();
  const patterns: OwnPattern[] = [];
  const made: string[] = [];
  for (const file of files) {
    const text = readFileSync(join(ROOT, file), "utf8");
    const { program, errors } = parseSync(file, text);
    if (errors.length > 0) throw new Error(`${file} cannot be parsed`);
    visit(program, (node) => {
      const line = text.slice(0, Number(node["start"])).split("\n").length;
      const regex = node["regex"];
      if (node["type"] === "Literal" && isObject(regex)) {
        patterns.push({ file, line, source: String(regex["pattern"]), flags: String(regex["flags"]) });
      }
      const callee = node["callee"];
      if (isObject(callee) && callee["name"] === "RegExp") made.push(`${file}:${line}`);
    });
  }
  return { files: files.length, patterns, made };
}

function visit(node: unknown, look: (node: Record<string, unknown>) => void): void {
  if (Array.isArray(node)) {
    for (const one of node) visit(one, look);
    return;
  }
  if (!isObject(node)) return;
  look(node);
  for (const [name, value] of Object.entries(node)) if (name !== "regex") visit(value, look);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !(value instanceof RegExp);
}
