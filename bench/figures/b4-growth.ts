import { budgets } from "../budgets.ts";
import { type BenchFigure, type Line, line } from "../figure.ts";
import { grown } from "../grown.ts";
import type { Pages } from "../pages.ts";

const names = ["list page of 50", "case", "statistics page"] as const;

async function run(say: (progress: string) => void): Promise<readonly Line[]> {
  const { pages } = await grown(say);
  const [[, few] = [], ...others] = [...pages];
  if (few === undefined) throw new Error("nothing was measured");
  return others.flatMap(([size, many]) =>
    names.flatMap((name) => growthOf(`${name}, ${size} cases against 300`, few, many, name)),
  );
}

function growthOf(what: string, few: Pages, many: Pages, name: (typeof names)[number]): readonly Line[] {
  const [before, after] = [few[name], many[name]];
  return [
    line(what, after.requests - before.requests, "requests more", budgets.grownRequests),
    line(what, after.scanned - after.counted, "rows looked at and not shown", budgets.grownScan),
    line(what, Math.abs(after.bytes / before.bytes - 1) * 100, "% of bytes more", budgets.grownBytesPercent),
  ];
}

export const growth: BenchFigure = { id: "B4", title: "growth from 300 cases to 6 000 and 100 000", run };
