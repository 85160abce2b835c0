import { ask } from "../provbank/api-client.ts";
import { median } from "./figure.ts";
import { meterPages, type Pages } from "./pages.ts";
import { seedCases } from "./seed.ts";
import { withBenchSystem } from "./system.ts";

export type Grown = {
  /** What the pages cost at each number of cases. */
  pages: ReadonlyMap<number, Pages>;
  /** Of a list page through the API, at the most cases. */
  listMs: { p50: number; p95: number };
};

const sizes = [300, 6_000, 100_000];
const timed = 200;

let measured: Promise<Grown> | undefined;

/** Seeding a hundred thousand cases takes minutes: it is done once, for all figures that need it. */
export function grown(say: (progress: string) => void): Promise<Grown> {
  measured ??= measure(say);
  return measured;
}

async function measure(say: (progress: string) => void): Promise<Grown> {
  return await withBenchSystem(async (system) => {
    const seeded = await seedCases(system);
    const pages = new Map<number, Pages>();
    for (const size of sizes) {
      await seeded.grow(size);
      say(`${size} cases`);
      pages.set(size, await meterPages(system, seeded.caseId));
    }
    const token = await system.oidc.tokenFor("amina");
    const listMs: number[] = [];
    for (let n = -timed; n < timed; n += 1) {
      const started = performance.now();
      await ask(system, "/cases/worklists/unassigned", { token });
      // As many before, for warmth.
      if (n >= 0) listMs.push(performance.now() - started);
    }
    listMs.sort((a, b) => a - b);
    const p95 = listMs[Math.floor(timed * 0.95)] ?? Number.NaN;
    return { pages, listMs: { p50: median(listMs), p95 } };
  });
}
