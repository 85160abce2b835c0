import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadMunicipality } from "#config/load.ts";
import { bundleFunctions, ROOT } from "../../infra/build.ts";
import { functions } from "../../infra/functions.ts";
import { bundleAllowance } from "../budgets.ts";
import { type BenchFigure, line } from "../figure.ts";

/** KB (1 000 bytes) of each bundle over a bundle of the document client alone, as it is published, built in the same run. */
async function run() {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const entries = { alone: "bench/document-client.ts" };
  await bundleFunctions({
    root: ROOT,
    entries,
    municipality: loadMunicipality("demo"),
    outdir: folder,
    whole: true,
  });
  const floor = statSync(join(folder, "alone/index.mjs")).size;
  rmSync(folder, { recursive: true, force: true });
  return [
    line("the document client alone", floor / 1000, "KB"),
    ...Object.keys(functions).map((name) => {
      const file = join(ROOT, "dist/functions", name, "index.mjs");
      const over = Math.round((statSync(file).size - floor) / 1000);
      return line(name, over, "KB over it", bundleAllowance(name, { s3: holdsS3(file) }));
    }),
  ];
}

function holdsS3(file: string): boolean {
  return readFileSync(file, "utf8").includes("S3Client");
}

export const bundles: BenchFigure = { id: "B5", title: "bundles of functions, minified", run };
