import { ensureBuilt } from "../infra/ensure-built.ts";
import { functions } from "../infra/functions.ts";
import { childMemory } from "./memory.ts";
import { withBenchSystem } from "./system.ts";

/**
 * A process of its own, so that what it takes is its own: starts the system, has every function load its bundle, and
 * says how long and how much.
 */
async function main(): Promise<void> {
  const began = performance.now();
  await ensureBuilt({ kommun: "demo" });
  await withBenchSystem(async (system) => {
    const readySeconds = (performance.now() - began) / 1000;
    for (const name of Object.keys(functions)) {
      // None of them is anybody's event: the bundle is loaded, whatever it says to that.
      await system
        .hostOf(name)
        .invoke({ Records: [] })
        .catch(() => undefined);
    }
    const runnerMiB = process.memoryUsage().rss / 2 ** 20;
    console.log(JSON.stringify({ readySeconds, runnerMiB, databaseMiB: childMemory(process.pid) }));
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
