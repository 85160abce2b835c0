import { type BuildOptions, ROOT } from "./build.ts";
import { firstFault, readManifest, sourceHash } from "./manifest.ts";

/**
 * Makes sure that `dist/` and `cdk.out/` are what today's sources give. Unchanged sources: nothing is built, but each
 * file is compared with the manifest, so that what runs is what was built; throws naming the first that differs.
 */
export async function ensureBuilt(options: BuildOptions): Promise<void> {
  const { kommun, root = ROOT } = options;
  const manifest = readManifest(root);
  // The assembly is entered last, after the checks: a build that was refused is never taken for a good one.
  const current =
    manifest?.kommun === kommun &&
    manifest.sourceHash === sourceHash(root) &&
    "cdk.out/manifest.json" in manifest.files;
  if (current) {
    const fault = firstFault(root, manifest);
    if (fault) throw new Error(`${fault}: run npm run synth`);
    return;
  }
  // The CDK takes half a second to load: only where it is needed.
  const { synthesize } = await import("./synth.ts");
  await synthesize(options);
}
