import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { ROOT } from "../infra/build.ts";

/** What is to be put right when a test ends, last first. */
export const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

/** A folder for a runner's state, thrown away afterwards. */
export function stateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "state-"));
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export type Run = { child: ChildProcess; output: () => string; ended: Promise<number | null> };

/** `npm start` without npm: in a process of its own, on free ports, with a state of its own. */
export function start(environment: Record<string, string>): Run {
  const child = spawn(process.execPath, ["local/start.ts"], {
    cwd: ROOT,
    env: { ...process.env, HTTP_PORT: "0", SMTP_PORT: "0", ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  cleanUp.push(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return { child, output: () => output, ended };
}
