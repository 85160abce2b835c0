import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../infra/build.ts";
import { ensureBuilt } from "../infra/ensure-built.ts";
import { type Figure, type ProvingCase, seeded } from "./case.ts";
import { cases } from "./cases.ts";

const resultsFile = join(ROOT, "provbank/results.json");
const seed = Number(process.env["SEED"] ?? 20_261_124);

/**
 * `npm run provbank [-- R07 R12]`: what must hold when functions die, messages come twice and AWS says no. All cases, or
 * those that are named; progress to the terminal, figures to `provbank/results.json`. Exit 1 unless everything holds.
 */
async function main(): Promise<void> {
  await ensureBuilt({ kommun: "demo" });
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((id) => !cases.some((one) => one.id === id));
  if (unknown.length > 0)
    throw new Error(`No case ${unknown.join(", ")}; there is ${cases.map(({ id }) => id).join(", ")}.`);
  const chosen = cases.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  const results = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : {};
  let broken = 0;
  for (const one of chosen) {
    const figure = await tried(one);
    if (!figure.holds) broken += 1;
    results[one.id] = { title: one.title, ...figure };
    writeFileSync(resultsFile, `${JSON.stringify(inOrder(results), null, 2)}\n`);
    console.log(`${one.id} ${figure.holds ? "holds" : "DOES NOT HOLD"}: ${JSON.stringify(figure)}`);
  }
  console.log(`${chosen.length - broken} of ${chosen.length} hold`);
  process.exitCode = broken === 0 ? 0 : 1;
}

async function tried(one: ProvingCase): Promise<Figure & { seconds: number }> {
  console.log(`${one.id} ${one.title} …`);
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 100) / 10;
  try {
    // Each case draws from its own sequence: leaving one out changes no other.
    const random = seeded(seed + Number(one.id.slice(1)));
    const figure = await one.run({ random, say: (progress) => console.log(`  ${one.id} ${progress}`) });
    return { ...figure, seconds: seconds() };
  } catch (error) {
    return {
      holds: false,
      error: error instanceof Error ? error.message : String(error),
      seconds: seconds(),
    };
  }
}

/** By id; what is no case any more is left out. */
function inOrder(results: Record<string, unknown>): Record<string, unknown> {
  const known = Object.entries(results).filter(([id]) => cases.some((one) => one.id === id));
  return Object.fromEntries(known.sort(([a], [b]) => a.localeCompare(b)));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
