import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { App } from "aws-cdk-lib";
import { servicecenter } from "./app.ts";
import { type BuildOptions, buildAll, ROOT } from "./build.ts";
import { hashFiles, readManifest, writeManifest } from "./manifest.ts";
import { safeguardFaults } from "./safeguards.ts";

type StackSummary = { name: string; resources: number; functions: number };

/**
 * Builds everything, writes the templates to `cdk.out`, or where the CDK CLI asks for them, and checks them. Throws with
 * every fault of the config, or every safeguard that a template lacks.
 */
export async function synthesize(options: BuildOptions): Promise<StackSummary[]> {
  const { kommun, root = ROOT } = options;
  const municipality = await buildAll(options);
  const ours = join(root, "cdk.out");
  const outdir = process.env["CDK_OUTDIR"] ?? ours;
  // The CLI keeps its own lock in the folder that it asks for.
  if (process.env["CDK_OUTDIR"] === undefined) rmSync(outdir, { recursive: true, force: true });
  const { stacks } = servicecenter(municipality, { kommun, dist: join(root, "dist"), outdir }).synth();
  const faults = safeguardFaults(
    Object.fromEntries(stacks.map((stack) => [stack.stackName, stack.template])),
  );
  if (faults.length > 0) throw new Error(faults.join("\n"));
  if (outdir === ours) sealAssembly(root);
  return stacks.map(({ stackName, template }) => {
    const types = Object.values<{ Type: string }>(template.Resources).map(({ Type }) => Type);
    const functions = types.filter((type) => type === "AWS::Lambda::Function").length;
    return { name: stackName, resources: types.length, functions };
  });
}

/**
 * What runs on one machine is read from `cdk.out`: its bundles are part of the manifest too. Templates are not: one that
 * was changed by hand is played as it stands, which is how a change is tried before it stands in the code.
 */
function sealAssembly(root: string): void {
  const manifest = readManifest(root);
  if (!manifest) throw new Error("dist/manifest.json is missing: run npm run synth");
  const sealed = Object.entries(hashFiles(root, ["cdk.out"])).filter(([file]) =>
    /(\/manifest\.json|\.assets\.json|\/asset\.\w+\/.*)$/.test(file),
  );
  writeManifest(root, { ...manifest, files: { ...manifest.files, ...Object.fromEntries(sealed) } });
}

/** `--kommun=name`, then what the CDK CLI got as `-c kommun=name`, then the environment, then the demo. */
function chosenMunicipality(): string {
  const { values } = parseArgs({ options: { kommun: { type: "string" } } });
  const context: unknown = new App({ autoSynth: false }).node.tryGetContext("kommun");
  return (
    values.kommun ?? (typeof context === "string" ? context : undefined) ?? process.env["KOMMUN"] ?? "demo"
  );
}

async function main(): Promise<void> {
  const started = performance.now();
  const stacks = await synthesize({ kommun: chosenMunicipality() });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  for (const { name, resources, functions } of stacks) {
    console.log(`${name}: ${resources} resources, ${functions} functions`);
  }
  console.log(`${stacks.length} stacks in ${seconds} s`);
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    // A faulty config is told fault by fault; a stack trace would only hide that.
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}
