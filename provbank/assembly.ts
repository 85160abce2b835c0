import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../infra/build.ts";

type Template = { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };
export type TemplateChange = (template: Template, file: string) => void;

/**
 * The synthesized app with something changed in its templates. The rest is linked and not copied: what V8 made of a bundle is kept
 * under the bundle's own path, and so for every system that is started. Call `remove` afterwards.
 */
export function changedAssembly(change: TemplateChange): { folder: string; remove(): void } {
  const synthesized = join(ROOT, "cdk.out");
  const folder = mkdtempSync(join(tmpdir(), "assembly-"));
  for (const file of readdirSync(synthesized)) {
    if (!file.endsWith(".template.json")) {
      symlinkSync(join(synthesized, file), join(folder, file));
      continue;
    }
    const template: Template = JSON.parse(readFileSync(join(synthesized, file), "utf8"));
    change(template, file);
    writeFileSync(join(folder, file), JSON.stringify(template));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Queues of which functions take bring a message again after so many seconds. */
export function impatient(visibilitySeconds: number): TemplateChange {
  return ({ Resources }) => {
    for (const { Type, Properties } of Object.values(Resources)) {
      if (Type !== "AWS::SQS::Queue" || Properties["VisibilityTimeout"] === undefined) continue;
      Properties["VisibilityTimeout"] = visibilitySeconds;
    }
  };
}
