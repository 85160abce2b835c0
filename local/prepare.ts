import { ensureBuilt } from "../infra/ensure-built.ts";
import { findChromium, findJava } from "./installed.ts";

/** `npm test` begins here: what the tests need beyond Node is found or installed, and the app is built. */
async function main(): Promise<void> {
  findJava();
  findChromium();
  await ensureBuilt({ kommun: "demo" });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
