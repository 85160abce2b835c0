import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../infra/build.ts";
import { ensureBuilt } from "../infra/ensure-built.ts";
import { type Figure, type ProvingCase, seeded } from "./case.ts";
import { cases } from "./cases.ts";

const resultsFile = join(ROOT, "provbank/results.json");
const seed = Number(process.env["SEED"] ?? 20_261_124);
/** So many cases at once: what one waits for leaves a core to the other, and two leave next to nothing. */
const lanes = 2;

type Result = { id: string; title: string; holds: boolean } & Record<string, unknown>;

/**
 * `npm run provbank [-- R07 R12]`: what must hold when functions die, messages come twice and AWS says no. All cases, or
 * those that are named, two at a time and the longest first; progress to the terminal, figures to `provbank/results.json`.
 * Exit 1 unless everything holds.
 */
async function main(): Promise<void> {
  if (process.send !== undefined) return serveLane();
  await ensureBuilt({ kommun: "demo" });
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((id) => !cases.some((one) => one.id === id));
  if (unknown.length > 0)
    throw new Error(`No case ${unknown.join(", ")}; there is ${cases.map(({ id }) => id).join(", ")}.`);
  const started = performance.now();
  const here = wanted.length === 0 ? cases : cases.filter(({ id }) => wanted.includes(id));
  const told = await inLanes(longestFirst(here));
  const holding = told.filter(({ holds }) => holds).length;
  const minutes = Math.round((performance.now() - started) / 6_000) / 10;
  console.log(`${holding} of ${told.length} hold, in ${minutes} minutes`);
  process.exitCode = holding === told.length ? 0 : 1;
}

/** By how long each took the last time; one that is new is begun first. */
function longestFirst(all: readonly ProvingCase[]): ProvingCase[] {
  const known = kept();
  const secondsOf = ({ id }: ProvingCase) => known[id]?.seconds ?? Number.POSITIVE_INFINITY;
  return all.toSorted((a, b) => secondsOf(b) - secondsOf(a));
}

/** Each lane is this command in a process of its own, and gets the next case when it is done with one: they share nothing. */
async function inLanes(left: ProvingCase[]): Promise<Result[]> {
  const results: Result[] = [];
  const work = async (): Promise<void> => {
    let lane: ChildProcess | undefined;
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      lane ??= fork(import.meta.filename);
      const answer = await runIn(lane, one);
      // A lane that has died takes no more.
      if (answer === undefined) lane = undefined;
      const { id, title } = one;
      results.push(keep(answer ?? { id, title, holds: false, error: "its process ended" }));
    }
    lane?.disconnect();
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return results;
}

/** Undefined when the lane ended before it answered. */
async function runIn(lane: ChildProcess, { id }: ProvingCase): Promise<Result | undefined> {
  const listening = new AbortController();
  const { signal } = listening;
  const answered = once(lane, "message", { signal });
  const ended = once(lane, "close", { signal }).then(() => [undefined]);
  lane.send(id);
  const [result] = await Promise.race([answered, ended]);
  listening.abort();
  return result;
}

function serveLane(): void {
  process.on("message", async (id) => {
    const one = cases.find((known) => known.id === id);
    if (one === undefined) throw new Error(`no case ${id}`);
    process.send?.(await tried(one));
  });
}

function kept(): Record<string, { seconds?: number }> {
  return existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : {};
}

function keep(result: Result): Result {
  const { id, ...figure } = result;
  const results = inOrder({ ...kept(), [id]: figure });
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`${id} ${figure.holds ? "holds" : "DOES NOT HOLD"}: ${JSON.stringify(figure)}`);
  return result;
}

async function tried(one: ProvingCase): Promise<Result> {
  const { id, title } = one;
  console.log(`${id} ${title} …`);
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 100) / 10;
  try {
    // Each case draws from its own sequence: leaving one out changes no other.
    const random = seeded(seed + Number(id.slice(1)));
    const figure: Figure = await one.run({ random, say: (progress) => console.log(`  ${id} ${progress}`) });
    return { id, title, ...figure, seconds: seconds() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, title, holds: false, error: message, seconds: seconds() };
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
