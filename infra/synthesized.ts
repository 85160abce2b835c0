import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { loadMunicipality } from "#config/load.ts";
import { servicecenter } from "./app.ts";
import { functions } from "./functions.ts";

// For tests: the real stacks of the demo municipality on bundles that do nothing, in a folder of their own.

export const demo = loadMunicipality("demo");

const made: string[] = [];
afterAll(() => {
  // Each holds the CDK's own uploader: 25 MB.
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** A build without a build: a bundle for each function. Returns its folder. */
export function stubDist(): string {
  const dist = mkdtempSync(join(tmpdir(), "servicecenter-infra-"));
  made.push(dist);
  for (const name of Object.keys(functions)) {
    mkdirSync(join(dist, "functions", name), { recursive: true });
    writeFileSync(join(dist, "functions", name, "index.mjs"), "export const handler = () => {};\n");
  }
  return dist;
}

/** The app of the demo municipality, or of another, before it is synthesized. */
export function demoApp(municipality = demo) {
  const dist = stubDist();
  return servicecenter(municipality, { kommun: "demo", dist, outdir: join(dist, "cdk.out") });
}

/** The synthesized templates by stack name. Throws where a check finds something unanswered. */
export function synthesized(municipality = demo): Record<string, unknown> {
  const { stacks } = demoApp(municipality).synth();
  return Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, template]));
}
