import type { System } from "../local/system.ts";
import { outcomes, postAll } from "./mails.ts";
import { watchMemory } from "./memory.ts";

export type HeavyMail = { name: string; raw: Buffer };

/** What a heavy mail came to. */
export type Handled = {
  name: string;
  bytes: number;
  /** What reading it took of a processor, all tries together. */
  seconds: number;
  cases: number;
  /** The archive has the very bytes that were sent, below what our server put on top. */
  kept: boolean;
  unreadable: boolean;
};

const reader = "email/receive-mail";

/** Sends heavy mails one after the other, and says of each what it cost and what became of it. */
export async function handleHeavy(
  system: System,
  mails: readonly HeavyMail[],
  say: (progress: string) => void,
): Promise<{ handled: Handled[]; mostMemoryMb: number; memorySettingMb: number }> {
  const host = system.hostOf(reader);
  const memory = watchMemory(reader);
  const costs: { id: string; seconds: number }[] = [];
  try {
    for (const { name, raw } of mails) {
      const before = host.cpuMs();
      const [id = ""] = await postAll(system, [{ raw }]);
      await system.quiet();
      const seconds = Math.round((host.cpuMs() - before) / 100) / 10;
      costs.push({ id, seconds });
      say(`${name}: ${seconds} s, ${memory.most()} MB`);
    }
  } finally {
    memory.stop();
  }
  const outcomeOf = await outcomes(system);
  const handled: Handled[] = [];
  for (const [n, { name, raw }] of mails.entries()) {
    const outcome = await outcomeOf(costs[n]?.id ?? "");
    handled.push({
      name,
      bytes: raw.length,
      seconds: costs[n]?.seconds ?? Number.NaN,
      cases: outcome?.cases.length ?? 0,
      kept: endsWith(outcome?.archived, raw),
      unreadable: outcome?.message?.["unreadable"] === true,
    });
  }
  return { handled, mostMemoryMb: memory.most(), memorySettingMb: memorySetting(system) };
}

/** SMTP ends a mail with a line end where there was none. */
function endsWith(archived: Buffer | undefined, raw: Buffer): boolean {
  if (archived === undefined) return false;
  const found = archived.lastIndexOf(raw);
  return found >= 0 && archived.length - found - raw.length <= 2;
}

function memorySetting(system: System): number {
  const found = system.assembly
    .all("AWS::Lambda::Function")
    .find(
      ({ properties }) =>
        !("helper" in properties) && properties.Environment.Variables["FUNCTION_NAME"] === reader,
    );
  if (found === undefined || "helper" in found.properties) throw new Error(`no function ${reader}`);
  return found.properties.MemorySize;
}
