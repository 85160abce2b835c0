import { budgets } from "../budgets.ts";
import { type BenchFigure, line } from "../figure.ts";
import { grown } from "../grown.ts";

async function run(say: (progress: string) => void) {
  const { listMs } = await grown(say);
  return [line("p50 of 200", listMs.p50, "ms", budgets.listMs), line("p95 of 200", listMs.p95, "ms")];
}

export const listPage: BenchFigure = {
  id: "B6",
  title: "list page of 50 at 100 000 cases, through the API",
  run,
};
