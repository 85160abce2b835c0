import type { System } from "../local/system.ts";
import { ask } from "../provbank/api-client.ts";
import { type Metered, openMeter, together } from "./meter.ts";
import { figureDays } from "./seed.ts";

type Page = Metered & {
  /** Of the answer's body. */
  bytes: number;
};
export type Pages = Readonly<Record<"list page of 50" | "case" | "statistics page", Page>>;

/** What three pages cost: asked for once before, so that who asks is known already. */
export async function meterPages(system: System, caseId: string): Promise<Pages> {
  const paths = {
    "list page of 50": "/cases/worklists/unassigned",
    case: `/cases/${caseId}`,
    "statistics page": `/stats/days?from=${figureDays.from}&to=${figureDays.to}`,
  };
  for (const path of Object.values(paths)) await ask(system, path, { sub: "amina" });
  const meter = await openMeter(system, "reads");
  const page = async (path: string): Promise<Page> => {
    const { status, body } = await ask(system, path, { sub: "amina" });
    if (status !== 200) throw new Error(`${path}: ${status}`);
    return { ...together(await meter.read()), bytes: Buffer.byteLength(JSON.stringify(body)) };
  };
  const pages = {
    "list page of 50": await page(paths["list page of 50"]),
    case: await page(paths.case),
    "statistics page": await page(paths["statistics page"]),
  };
  meter.stop();
  return pages;
}
