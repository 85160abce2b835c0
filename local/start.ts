import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { ROOT } from "../infra/build.ts";
import { ensureBuilt } from "../infra/ensure-built.ts";
import { seedDemoBooking } from "./demo-booking.ts";
import { type System, startSystem } from "./system.ts";

/** `npm start`: the whole system on this machine, with the demo municipality. Its state is kept in `.local/`. */
async function main(): Promise<void> {
  const kommun = process.env["KOMMUN"] ?? "demo";
  const state = process.env["STATE_FOLDER"] ?? join(ROOT, ".local");
  const free = lock(state);
  console.log("Building what is new …");
  await ensureBuilt({ kommun });
  console.log("Starting …");
  const system = await startSystem({
    assembly: join(ROOT, "cdk.out"),
    kommun,
    state,
    httpPort: Number(process.env["HTTP_PORT"] ?? 3000),
    smtpPort: Number(process.env["SMTP_PORT"] ?? 2525),
    functionsAs: "threads",
    maxInstances: 2,
    say: (line) => console.error(line),
  });
  console.log(`
Ready.
  Console   ${system.origin}          sign in as Amina to see what has come in
  Mail in   localhost:${system.smtpPort}             SMTP, to kommunen@example.se
  Mail out  ${system.origin}/mailbox
  Logs      ${join(relative(process.cwd(), state), "logs")}/
Ctrl-C stops everything; what came in is there at the next start.`);

  const stopSeeding = new AbortController();
  const seeded = kommun === "demo" ? seed(system, stopSeeding.signal) : undefined;
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    console.log("\nStopping …");
    stopSeeding.abort();
    Promise.resolve(seeded)
      .then(() => system.stop())
      .then(
        () => {
          free();
          process.exit(0);
        },
        (error: unknown) => fail(error),
      );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

/** The demo has times to book from its first start. Nothing else waits for them. */
async function seed(system: System, signal: AbortSignal): Promise<void> {
  try {
    const refused = await seedDemoBooking(system, { now: new Date(), signal });
    for (const one of refused) console.error(`No times to book at ${one}`);
  } catch (error) {
    if (!signal.aborted) console.error(`No times to book: ${String(error)}`);
  }
}

/** One runner per folder: a second would take the first one's emulators for its own. */
function lock(state: string): () => void {
  mkdirSync(state, { recursive: true });
  const file = join(state, "runner.pid");
  const other = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  if (other > 0 && isRunner(other))
    throw new Error(`Already running here (process ${other}). Stop it first.`);
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function isRunner(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("local/start.ts");
  } catch {
    return false;
  }
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

main().catch(fail);
