import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { definesOf } from "./config/constants.ts";
import { loadMunicipality } from "./config/load.ts";
import { ClosingLine } from "./test/closing-line.ts";
import { LongFirst } from "./test/long-first.ts";

/** As the bundler does it: the demo municipality in place of the constants. */
const define = definesOf(loadMunicipality("demo"));
/** Everything that needs DynamoDB Local and nothing else of the runner. */
const tableTests = "services/**/*-table.test.ts";

/** Takes a built file away for a moment, so nothing else may run. */
const alone = "test/journeys/start-incomplete.test.ts";
/** What nothing that works comes near, on however slow a machine. */
const patient = { testTimeout: 180_000, hookTimeout: 120_000 };

// Each file is a process of its own and loads what the others have loaded: V8 keeps what it made of it.
process.env["NODE_COMPILE_CACHE"] ??= join(tmpdir(), "node-compile-cache");

export default defineConfig({
  define,
  test: {
    expect: { requireAssertions: true },
    // Two cores, two workers: left alone it takes one, and nearly twice the time.
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    reporters: ["default", new ClosingLine()],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{services,shared,config,web,local,provbank}/**/*.test.{ts,tsx}"],
          exclude: [tableTests],
          env: { LOG_LEVEL: "SILENT" },
        },
      },
      {
        extends: true,
        test: { name: "infra", include: ["infra/**/*.test.ts"], ...patient },
      },
      {
        extends: true,
        test: { name: "tables", include: [tableTests], globalSetup: "test/dynamodb.ts", ...patient },
      },
      {
        extends: true,
        test: {
          name: "journeys",
          include: ["test/journeys/*.test.ts"],
          exclude: [alone],
          ...patient,
          // After all else. Each starts a system of its own, and mostly waits for it: three fit on two cores.
          sequence: { groupOrder: 1 },
          maxWorkers: 3,
        },
      },
      {
        extends: true,
        test: { name: "alone", include: [alone], ...patient, sequence: { groupOrder: 2 }, maxWorkers: 1 },
      },
    ],
  },
});
