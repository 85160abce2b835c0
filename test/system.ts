import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../infra/build.ts";
import { type System, type SystemOptions, startSystem } from "../local/system.ts";
import { ask } from "../provbank/api-client.ts";

/** What the system under test said on its error channel; a test may look. */
export const said: string[] = [];

/** A fresh system in memory on free ports, as the templates have it unless told otherwise. */
export function startTestSystem(changes: Partial<SystemOptions> = {}): Promise<System> {
  return startSystem({
    assembly: join(ROOT, "cdk.out"),
    kommun: "demo",
    httpPort: 0,
    smtpPort: 0,
    functionsAs: "threads",
    maxInstances: 2,
    hurry: true,
    say: (line) => said.push(line),
    ...changes,
  });
}

type Template = { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };

/** A copy of the synthesized app with something changed in its templates. Call `remove` afterwards. */
export function changedAssembly(change: (template: Template, file: string) => void): {
  folder: string;
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), "assembly-"));
  cpSync(join(ROOT, "cdk.out"), folder, { recursive: true });
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".template.json"))) {
    const template: Template = JSON.parse(readFileSync(join(folder, file), "utf8"));
    change(template, file);
    writeFileSync(join(folder, file), JSON.stringify(template));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export { ask, change } from "../provbank/api-client.ts";

export type ListedCase = {
  caseId: string;
  caseNumber: string;
  subject: string | null;
  messageCount: number;
  unreadable: boolean;
};

/** Everything that nobody has in hand, in quarantine or not, page after page, through the API. */
export async function intake(system: System): Promise<readonly ListedCase[]> {
  return [...(await list(system, "unassigned")), ...(await list(system, "quarantine"))];
}

export async function list(system: System, name: string): Promise<readonly ListedCase[]> {
  const cases: ListedCase[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`;
    const { body } = await ask(system, `/cases/worklists/${name}${query}`, { sub: "amina" });
    cases.push(...body.cases);
    cursor = body.cursor;
  } while (cursor !== null);
  return cases;
}
