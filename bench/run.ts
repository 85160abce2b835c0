import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { ROOT } from "../infra/build.ts";
import { ensureBuilt } from "../infra/ensure-built.ts";
import type { Line } from "./figure.ts";
import { figures } from "./figures.ts";
import { tableOf } from "./table.ts";

const resultsFile = join(ROOT, "bench/results.json");
const tableFile = join(ROOT, "docs/bench.md");

export type Results = Record<string, { title: string; on: string; lines: readonly Line[] }>;

/**
 * `npm run bench [-- B3 B7]`: what things cost, all figures or those that are named, each against its budget; to
 * `bench/results.json` and `docs/bench.md`. Times are of this machine at this hour: compare within one run. Exit 1
 * where a budget is missed.
 */
async function main(): Promise<void> {
  await ensureBuilt({ kommun: "demo" });
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((id) => !figures.some((one) => one.id === id));
  if (unknown.length > 0)
    throw new Error(`No figure ${unknown.join(", ")}; there is ${figures.map(({ id }) => id).join(", ")}.`);
  let missed = 0;
  for (const one of figures.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
    console.log(`${one.id} ${one.title} …`);
    // What else ran just before: a rate that was measured beside other work is no rate of an idle machine.
    const load = (loadavg()[0] ?? 0).toFixed(1);
    const lines = await one.run((progress) => console.log(`  ${one.id} ${progress}`));
    for (const told of lines) console.log(`${one.id} ${sentenceOf(told)}`);
    missed += lines.filter(({ verdict }) => verdict === "missed").length;
    const on = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, load ${load} before`;
    save(one.id, { title: one.title, on, lines });
  }
  console.log(missed === 0 ? "every budget is kept" : `${missed} budgets are missed`);
  process.exitCode = missed === 0 ? 0 : 1;
}

function save(id: string, result: Results[string]): void {
  const before: Results = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : {};
  const entries = Object.entries({ ...before, [id]: result });
  const results = Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })));
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(tableFile, tableOf(results));
}

function sentenceOf({ what, value, unit, budget, verdict }: Line): string {
  const told = `${what}: ${value} ${unit}`.trim();
  if (budget === undefined) return told;
  return `${told} (at ${budget.at} ${budget.goal}, accepted ${budget.accepted}): ${verdict}`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
