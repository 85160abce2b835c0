import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import * as z from "zod";

const manifestSchema = z.strictObject({
  /** Of everything the build reads. */
  sourceHash: z.string(),
  kommun: z.string(),
  /** sha256 of every built file, by its path below the repository. */
  files: z.record(z.string(), z.string()),
});

type Manifest = z.infer<typeof manifestSchema>;

const SOURCES = [
  "services",
  "shared",
  "config",
  "infra",
  "web",
  "package-lock.json",
  "cdk.json",
  "tsconfig.json",
  "vite.config.ts",
];

const sha256 = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");

/** One hash over all sources but tests and texts, names included. */
export function sourceHash(root: string): string {
  const files = SOURCES.flatMap((source) => filesBelow(root, source)).filter(
    (file) => !/\.(test\.tsx?|md)$/.test(file),
  );
  const hash = createHash("sha256");
  for (const file of files.sort()) hash.update(`${file}\n${sha256(readFileSync(join(root, file)))}\n`);
  return hash.digest("hex");
}

/** sha256 of every file below the folders, by path. */
export function hashFiles(root: string, folders: string[]): Record<string, string> {
  const files = folders.flatMap((folder) => filesBelow(root, folder)).sort();
  return Object.fromEntries(files.map((file) => [file, sha256(readFileSync(join(root, file)))]));
}

export function writeManifest(root: string, manifest: Manifest): void {
  writeFileSync(join(root, "dist/manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** The manifest of the last build, or nothing where there is none that can be read. */
export function readManifest(root: string): Manifest | undefined {
  const file = join(root, "dist/manifest.json");
  if (!existsSync(file)) return undefined;
  try {
    return manifestSchema.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}

/** The first built file that is not as the build left it: "dist/… is missing" or "dist/… has been changed". */
export function firstFault(root: string, { files }: Manifest): string | undefined {
  for (const [file, hash] of Object.entries(files)) {
    const path = join(root, file);
    if (!existsSync(path)) return `${file} is missing`;
    if (sha256(readFileSync(path)) !== hash) return `${file} has been changed since it was built`;
  }
  return undefined;
}

function filesBelow(root: string, name: string): string[] {
  const path = join(root, name);
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [name];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true, encoding: "utf8" });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}
