import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Duration, Stack } from "aws-cdk-lib";
import { loadMunicipality } from "#config/load.ts";
import cdk from "../../cdk.json" with { type: "json" };
import { bundleFunctions, ROOT } from "../../infra/build.ts";
import { ServiceFunction } from "../../infra/constructs/service-function.ts";
import { type FunctionName, functions } from "../../infra/functions.ts";
import { Foundation } from "../../infra/stacks/foundation.ts";
import { type BenchFigure, line } from "../figure.ts";

/** As the real app does it: one esbuild call, one stack of functions on the foundation. */
async function run() {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const entries = Object.values(functions);
  const names = Array.from({ length: 20 }, (_, n) => `bench/function-${n}`);
  const municipality = loadMunicipality("demo");
  const bundlesFolder = join(folder, "functions");
  const started = performance.now();
  await bundleFunctions({
    root: ROOT,
    entries: Object.fromEntries(names.map((name, n) => [name, entries[n % entries.length] ?? ""])),
    municipality,
    outdir: bundlesFolder,
  });
  const built = performance.now() - started;
  const app = new App({ outdir: join(folder, "cdk.out"), analyticsReporting: false, context: cdk.context });
  const foundation = new Foundation(app, "bench-foundation", {
    municipality,
    kommun: "bench",
    bundles: bundlesFolder,
  });
  const stack = new Stack(app, "bench-functions");
  for (const name of names) {
    new ServiceFunction(stack, name.replaceAll("/", ""), {
      house: foundation.house,
      name: name as FunctionName,
      environment: {},
      timeout: Duration.seconds(10),
      memory: 256,
      userImpact: "None: it is measured, not run.",
    });
  }
  app.synth();
  const all = performance.now() - started;
  rmSync(folder, { recursive: true, force: true });
  return [line("bundled", built / 1000, "s"), line("bundled and synthesized", all / 1000, "s")];
}

export const twentyFunctions: BenchFigure = { id: "B0", title: "20 functions built and synthesized", run };
