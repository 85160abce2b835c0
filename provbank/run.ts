import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import nodemailer from "nodemailer";
import { ROOT } from "../infra/build.ts";
import { ensureBuilt } from "../infra/ensure-built.ts";
import { type System, startSystem } from "../local/system.ts";
import { everyCrashPoint } from "./crash-points.ts";
import { account } from "./intake.ts";

/**
 * `npm run provbank`: what must hold when functions die. Progress to the terminal, figures to `provbank/results.json`.
 * Exit 1 unless everything holds.
 */
async function main(): Promise<void> {
  await ensureBuilt({ kommun: "demo" });
  const started = performance.now();
  const crashPoints = await crashes();
  const seconds = Math.round((performance.now() - started) / 1000);
  const results = { crashPoints: { ...crashPoints, seconds } };
  writeFileSync(join(ROOT, "provbank/results.json"), `${JSON.stringify(results, null, 2)}\n`);
  console.log(JSON.stringify(results));
  process.exitCode = crashPoints.violations === 0 ? 0 : 1;
}

const mailFunctions = [
  "email/receive-mail",
  "email/relay",
  "cases/register-mail",
  "cases/relay",
  "email/send-mail",
  "email/reconcile",
  "cases/record-mail-status",
];

/** Each function of a mail's walk, killed after each of its calls; each time one new mail. */
async function crashes() {
  const folder = impatientAssembly();
  const system = await startSystem({
    assembly: folder,
    kommun: "demo",
    httpPort: 0,
    smtpPort: 0,
    functionsAs: "processes",
    maxInstances: 1,
    say: () => undefined,
  });
  try {
    const points: Record<string, number> = {};
    for (const name of mailFunctions) {
      points[name] = await everyCrashPoint(system, name, (n) => sendOne(system, `${name} ${n}`));
      console.log(`${name}: ${points[name]} crash points`);
    }
    const { accepted, handled, cases, acknowledged, lost, doubled } = await account(system, 0);
    const violations = lost + doubled + Math.abs(cases - accepted);
    return { points, mails: accepted, handled, cases, acknowledged, lost, doubled, violations };
  } finally {
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sendOne(system: System, subject: string): Promise<void> {
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port: system.smtpPort, ignoreTLS: true });
  await transport.sendMail({
    from: `${subject.replaceAll(/[^a-z0-9]/g, "-")}@example.org`,
    to: "kommunen@example.se",
    subject,
    text: "Hej",
  });
}

/** The synthesized app with queues that bring a message again after a second: time is not what is tried here. */
function impatientAssembly(): string {
  const folder = mkdtempSync(join(tmpdir(), "assembly-"));
  cpSync(join(ROOT, "cdk.out"), folder, { recursive: true });
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".template.json"))) {
    const file = join(folder, name);
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace(/"VisibilityTimeout": \d+/g, '"VisibilityTimeout": 1'),
    );
  }
  return folder;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
