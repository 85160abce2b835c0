import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../infra/build.ts";
import { ensureBuilt } from "../infra/ensure-built.ts";
import { type Figure, type ProvingCase, seeded } from "./case.ts";
import { cases } from "./cases.ts";

const resultsFile = join(ROOT, "provbank/results.json");
const seed = Number(process.env["SEED"] ?? 20_261_124);

type Result = { id: string; title: string; holds: boolean } & Record<string, unknown>;

/**
 * `npm run provbank [-- R07 R12]`: what must hold when functions die, messages come twice and AWS says no. All cases, or
 * those that are named; progress to the terminal, figures to `provbank/results.json`. Exit 1 unless everything holds.
 * When all are run, those that mostly wait run in a process beside: each case has its own system, and they share nothing.
 */
async function main(): Promise<void> {
  await ensureBuilt({ kommun: "demo" });
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((id) => !cases.some((one) => one.id === id));
  if (unknown.length > 0)
    throw new Error(`No case ${unknown.join(", ")}; there is ${cases.map(({ id }) => id).join(", ")}.`);
  const started = performance.now();
  const told: Result[] = [];
  const tell = process.send?.bind(process) ?? ((result: Result) => told.push(keep(result)));
  const beside = wanted.length === 0 ? cases.filter(({ waits }) => waits) : [];
  const here = cases.filter(
    (one) => !beside.includes(one) && (wanted.length === 0 || wanted.includes(one.id)),
  );
  const besideEnds = beside.length === 0 ? Promise.resolve() : runBeside(beside, tell);
  for (const one of here) tell({ id: one.id, title: one.title, ...(await tried(one)) });
  await besideEnds;
  if (process.send !== undefined) return;
  const holding = told.filter(({ holds }) => holds).length;
  const minutes = Math.round((performance.now() - started) / 6_000) / 10;
  console.log(`${holding} of ${here.length + beside.length} hold, in ${minutes} minutes`);
  process.exitCode = holding === here.length + beside.length ? 0 : 1;
}

/** The same command in a process of its own; its results come as messages. One that ends early is missed in the sum. */
async function runBeside(beside: readonly ProvingCase[], tell: (result: Result) => void): Promise<void> {
  const child = fork(import.meta.filename, [...beside.map(({ id }) => id)]);
  child.on("message", (result: Result) => tell(result));
  await once(child, "close");
}

function keep(result: Result): Result {
  const { id, ...figure } = result;
  const results = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : {};
  results[id] = figure;
  writeFileSync(resultsFile, `${JSON.stringify(inOrder(results), null, 2)}\n`);
  console.log(`${id} ${figure.holds ? "holds" : "DOES NOT HOLD"}: ${JSON.stringify(figure)}`);
  return result;
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
