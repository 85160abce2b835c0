import { join } from "node:path";
import { ROOT } from "../infra/build.ts";
import { type System, type SystemOptions, startSystem } from "../local/system.ts";

/** A throw-away system in memory, one instance of each function unless told otherwise. */
export async function withBenchSystem<T>(
  use: (system: System) => Promise<T>,
  options: Partial<SystemOptions> = {},
): Promise<T> {
  const system = await startSystem({
    assembly: join(ROOT, "cdk.out"),
    kommun: "demo",
    httpPort: 0,
    smtpPort: 0,
    functionsAs: "threads",
    maxInstances: 1,
    runsLong: true,
    say: (text) => console.error(text),
    ...options,
  });
  try {
    return await use(system);
  } finally {
    await system.stop();
  }
}
