import { renameSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../infra/build.ts";
import { cleanUp, start, stateFolder } from "../started.ts";

test("with a file of dist/ gone it does not start, and says which", async () => {
  const bundle = join(ROOT, "dist/functions/email/sweep/index.mjs");
  renameSync(bundle, `${bundle}.away`);
  cleanUp.push(() => renameSync(`${bundle}.away`, bundle));
  const run = start({ STATE_FOLDER: stateFolder() });
  expect(await run.ended).toBe(1);
  expect(run.output()).toMatch(/dist\/functions\/email\/sweep\/index\.mjs is missing: run npm run synth/);
});
