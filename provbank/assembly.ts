import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../infra/build.ts";

type Template = { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };
export type TemplateChange = (template: Template, file: string) => void;

/**
 * A copy of the synthesized app with something changed in its templates: what runs from it goes on when the app is synthesized
 * anew meanwhile. Call `remove` afterwards.
 */
export function changedAssembly(change: TemplateChange): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "assembly-"));
  cpSync(join(ROOT, "cdk.out"), folder, { recursive: true });
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".template.json"))) {
    const template: Template = JSON.parse(readFileSync(join(folder, file), "utf8"));
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
