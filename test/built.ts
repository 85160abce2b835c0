import { ensureBuilt } from "../infra/build.ts";

/** Journeys run what would be deployed, so it has to be there. */
export async function setup(): Promise<void> {
  await ensureBuilt({ kommun: "demo" });
}
