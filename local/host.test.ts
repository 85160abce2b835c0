import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Host, hostFunction } from "./host.ts";

const folder = mkdtempSync(join(tmpdir(), "servicecenter-host-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A function that says what it was given and how long it has left, after it has loaded and run for as long as asked. */
const bundle = join(folder, "index.mjs");
writeFileSync(
  bundle,
  `const wait = (ms) => new Promise((resolve) => setTimeout(resolve, Number(ms)));
await wait(process.env.LOADS_FOR_MS);
if (process.env.ENDS === "yes") process.exit(1);
export async function handler(event, context) {
  const leftMs = context.getRemainingTimeInMillis();
  await wait(event.runsForMs);
  return { event, leftMs };
}`,
);
const timeoutSeconds = 1;
const longer = String(timeoutSeconds * 1000 + 500);

function host(as: "threads" | "processes", environment: Record<string, string>): Host {
  const plan = { name: "some/function", bundle, environment, timeoutSeconds, memoryMb: 128 };
  return hostFunction(plan, { maxInstances: 1, as, logFolder: folder, aws: () => ({}) });
}

for (const as of ["threads", "processes"] as const) {
  test(`${as}: that a function is loaded first takes nothing of its time`, async () => {
    const slow = host(as, { LOADS_FOR_MS: longer });
    const event = { runsForMs: 0 };
    const { leftMs, ...rest } = (await slow.invoke(event)) as { leftMs: number };
    expect(rest).toEqual({ event });
    expect(leftMs).toBeGreaterThan(timeoutSeconds * 900);
    expect(leftMs).toBeLessThanOrEqual(timeoutSeconds * 1000);
    await slow.stop();
  });

  test(`${as}: an event that takes longer than the function may is ended, and the next has an instance anew`, async () => {
    const fast = host(as, { LOADS_FOR_MS: "0" });
    const answers = await Promise.allSettled(
      [0, longer, longer, 0].map((runsForMs) => fast.invoke({ runsForMs })),
    );
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
    expect(answers[1]).toMatchObject({ reason: new Error("some/function timed out") });
    await fast.stop();
  });

  test(`${as}: one that ends while it is loaded has died`, async () => {
    const dying = host(as, { LOADS_FOR_MS: "0", ENDS: "yes" });
    await expect(dying.invoke({ runsForMs: 0 })).rejects.toThrow("some/function died");
    await dying.stop();
  });
}

// A process of the bench that is told by messages what to do would hand them to a bundle that is not there.
test("who starts functions hears no messages of its own process", async () => {
  // It ends by itself as long as nobody in it listens.
  const [code] = await once(fork(join(import.meta.dirname, "host.ts")), "exit");
  expect(code).toBe(0);
});
