import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { definesOf } from "#config/constants.ts";
import { loadMunicipality } from "#config/load.ts";
import type { CompiledMunicipality } from "#config/schema.ts";
import { functions } from "./functions.ts";
import { hashFiles, sourceHash, writeManifest } from "./manifest.ts";

export const ROOT = resolve(import.meta.dirname, "..");

export type BuildOptions = {
  kommun: string;
  /** Where the sources are; the repository unless told. */
  root?: string;
  /** Name → file that exports `handler`, below the root; `functions.ts` unless told. */
  entries?: Readonly<Record<string, string>>;
};

/**
 * Builds every function in one call and the console in another, into `dist/`, and writes `dist/manifest.json`.
 * Returns the municipality that was compiled in. Throws where an entry is missing.
 */
export async function buildAll({
  kommun,
  root = ROOT,
  entries = functions,
}: BuildOptions): Promise<CompiledMunicipality> {
  const municipality = loadMunicipality(kommun, join(root, "config"));
  const missing = Object.values(entries).filter((file) => !existsSync(join(root, file)));
  if (missing.length > 0) throw new Error(`infra/functions.ts names ${missing.join(", ")}: no such file`);
  const hash = sourceHash(root);
  const dist = join(root, "dist");
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const outdir = join(dist, "functions");
  await Promise.all([bundleFunctions({ root, entries, municipality, outdir }), buildConsole(root)]);
  writeManifest(root, { sourceHash: hash, kommun, files: hashFiles(root, ["dist"]) });
  return municipality;
}

type Bundling = {
  root: string;
  entries: Readonly<Record<string, string>>;
  municipality: CompiledMunicipality;
  outdir: string;
  /** Packages as they are published: the bench's yardstick. */
  whole?: boolean;
};

/** Parts of packages that no function of ours can reach, and the small file that stands in for each. */
const instead = [
  { of: /^@aws-sdk\/credential-provider-node$/, file: "credentials.ts" },
  { of: /^\.\/mime-types\.js$/, file: "mime-types.ts" },
  { of: /^\.\/dbcs-(codec|data)$/, file: "multibyte-charsets.ts" },
];

const leaner: Plugin = {
  name: "leaner",
  setup(bundler) {
    for (const { of, file } of instead) {
      bundler.onResolve({ filter: of }, () => ({ path: join(ROOT, "infra/instead", file) }));
    }
  },
};

/** One bundle per entry, `<name>/index.mjs` in the folder, all in one call of the bundler. */
export async function bundleFunctions(bundling: Bundling): Promise<void> {
  const { root, entries, municipality, outdir, whole = false } = bundling;
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(
      Object.entries(entries).map(([name, file]) => [`${name}/index`, join(root, file)]),
    ),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    mainFields: ["module", "main"],
    minify: true,
    sourcemap: false,
    logLevel: "error",
    // Packages in the older module format call `require` for what Node has built in.
    banner: {
      js: 'import{createRequire as $createRequire}from"node:module";const require=$createRequire(import.meta.url);',
    },
    define: definesOf(municipality),
    plugins: whole ? [] : [leaner],
  });
}

async function buildConsole(root: string): Promise<void> {
  const console = join(root, "web/console");
  if (!existsSync(join(console, "index.html"))) return;
  const vite = await import("vite");
  // Vite builds otherwise where NODE_ENV is otherwise, as in a test run: the same sources must give the same files.
  const before = process.env["NODE_ENV"];
  process.env["NODE_ENV"] = "production";
  try {
    await vite.build({
      root: console,
      configFile: existsSync(join(root, "vite.config.ts")) && join(root, "vite.config.ts"),
      logLevel: "warn",
      build: { outDir: join(root, "dist/console"), emptyOutDir: true },
    });
  } finally {
    if (before === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = before;
  }
}
