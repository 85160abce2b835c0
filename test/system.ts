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
