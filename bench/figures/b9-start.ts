import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../../infra/build.ts";
import { budgets } from "../budgets.ts";
import { type BenchFigure, line } from "../figure.ts";

async function run() {
  const told = execFileSync(process.execPath, [join(ROOT, "bench/started-alone.ts")], { encoding: "utf8" });
  const { readySeconds, runnerMiB, databaseMiB } = JSON.parse(told);
  return [
    line("ready, with everything built", readySeconds, "s", budgets.readySeconds),
    line("memory of the runner, every function loaded", runnerMiB, "MiB", budgets.runnerMiB),
    line("memory of DynamoDB Local beside it", databaseMiB, "MiB"),
  ];
}

export const start: BenchFigure = { id: "B9", title: "start on one machine", run };
