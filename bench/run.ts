import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Duration, Stack } from "aws-cdk-lib";
import nodemailer from "nodemailer";
import { loadMunicipality } from "#config/load.ts";
import cdk from "../cdk.json" with { type: "json" };
import { bundleFunctions, ROOT } from "../infra/build.ts";
import { ServiceFunction } from "../infra/constructs/service-function.ts";
import { ensureBuilt } from "../infra/ensure-built.ts";
import { type FunctionName, functions } from "../infra/functions.ts";
import { Foundation } from "../infra/stacks/foundation.ts";
import { type System, startSystem } from "../local/system.ts";
import { account } from "../provbank/intake.ts";

/**
 * `npm run bench`: sizes and times of what exists, to `bench/results.json`. Times are of this machine at this hour:
 * compare within one run.
 */
async function main(): Promise<void> {
  await ensureBuilt({ kommun: "demo" });
  const results = {
    "20 functions built and synthesized": await twentyFunctions(),
    "bundles (B5)": await bundles(),
    "start and burst (B9, B2 in its first form)": await startAndBurst(),
  };
  writeFileSync(join(ROOT, "bench/results.json"), `${JSON.stringify(results, null, 2)}\n`);
  console.log(JSON.stringify(results, null, 2));
}

/** As the real app does it: one esbuild call, one stack of functions on the foundation. */
async function twentyFunctions() {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const entries = Object.values(functions);
  const names = Array.from({ length: 20 }, (_, n) => `bench/function-${n}`);
  const municipality = loadMunicipality("demo");
  const bundlesFolder = join(folder, "functions");
  const started = performance.now();
  await bundleFunctions({
    root: ROOT,
    entries: Object.fromEntries(names.map((name, n) => [name, entries[n % entries.length] ?? ""])),
    municipality,
    outdir: bundlesFolder,
  });
  const builtSeconds = secondsSince(started);
  const app = new App({ outdir: join(folder, "cdk.out"), analyticsReporting: false, context: cdk.context });
  const foundation = new Foundation(app, "bench-foundation", {
    municipality,
    kommun: "bench",
    bundles: bundlesFolder,
  });
  const stack = new Stack(app, "bench-functions");
  for (const name of names) {
    new ServiceFunction(stack, name.replaceAll("/", ""), {
      house: foundation.house,
      name: name as FunctionName,
      environment: {},
      timeout: Duration.seconds(10),
      memory: 256,
      userImpact: "None: it is measured, not run.",
    });
  }
  app.synth();
  const seconds = secondsSince(started);
  rmSync(folder, { recursive: true, force: true });
  return { builtSeconds, seconds };
}

/** KB (1 000 bytes) of each bundle over a bundle of the document client alone, built in the same run. */
async function bundles() {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const entries = { alone: "bench/document-client.ts" };
  await bundleFunctions({ root: ROOT, entries, municipality: loadMunicipality("demo"), outdir: folder });
  const floor = statSync(join(folder, "alone/index.mjs")).size;
  rmSync(folder, { recursive: true, force: true });
  const over = Object.keys(functions).map((name) => {
    const { size } = statSync(join(ROOT, "dist/functions", name, "index.mjs"));
    return [name, Math.round((size - floor) / 1000)] as const;
  });
  return { "the document client alone": Math.round(floor / 1000), ...Object.fromEntries(over) };
}

const burst = 600;

async function startAndBurst() {
  const started = performance.now();
  const system = await startSystem({
    assembly: join(ROOT, "cdk.out"),
    kommun: "demo",
    httpPort: 0,
    smtpPort: 0,
    functionsAs: "threads",
    maxInstances: 4,
    say: (line) => console.error(line),
  });
  try {
    const readySeconds = secondsSince(started);
    const sent = performance.now();
    await sendBurst(system);
    await system.quiet();
    const drainSeconds = secondsSince(sent);
    const { accepted, cases, lost, doubled } = await account(system, drainSeconds);
    const mailsPerSecond = Math.round((accepted / drainSeconds) * 10) / 10;
    const runnerMiB = Math.round(process.memoryUsage().rss / 2 ** 20);
    return { readySeconds, mails: accepted, cases, lost, doubled, drainSeconds, mailsPerSecond, runnerMiB };
  } finally {
    await system.stop();
  }
}

async function sendBurst(system: System): Promise<void> {
  const transport = nodemailer.createTransport({
    host: "127.0.0.1",
    port: system.smtpPort,
    ignoreTLS: true,
    pool: true,
    maxConnections: 8,
    maxMessages: Number.POSITIVE_INFINITY,
  });
  const mails = Array.from({ length: burst }, (_, n) => ({
    from: "asa@example.org",
    to: "kommunen@example.se",
    subject: `Fråga ${n}`,
    text: `Hej, det här är fråga ${n}. `.repeat(50),
  }));
  await Promise.all(mails.map((mail) => transport.sendMail(mail)));
  transport.close();
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
