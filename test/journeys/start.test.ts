import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { account } from "../../provbank/intake.ts";
import { rawMail, send } from "../mail.ts";
import { cleanUp, type Run, start, stateFolder } from "../started.ts";
import { startTestSystem } from "../system.ts";

async function until(what: () => boolean, ms = 60_000): Promise<void> {
  for (let waited = 0; !what(); waited += 20) {
    if (waited > ms) throw new Error("waited too long");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function ready(run: Run): Promise<{ smtpPort: number; origin: string }> {
  await until(() => /Ctrl-C/.test(run.output()) || run.child.exitCode !== null);
  const [, smtpPort] = /localhost:(\d+)\s+SMTP/.exec(run.output()) ?? [];
  const [, origin] = /(http:\/\/localhost:\d+)/.exec(run.output()) ?? [];
  if (smtpPort === undefined || origin === undefined) throw new Error(run.output());
  return { smtpPort: Number(smtpPort), origin };
}

/** The emulator's process as the runner noted it. */
function jvm(state: string): { pid: number; port: number } {
  return JSON.parse(readFileSync(join(state, "dynamodb", "jvm.json"), "utf8"));
}

const alive = (pid: number) =>
  existsSync(`/proc/${pid}`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));

test("says where everything is, stops without leaving a process, and remembers yesterday's cases", async () => {
  const state = stateFolder();
  const first = start({ STATE_FOLDER: state });
  const { smtpPort, origin } = await ready(first);
  expect((await fetch(origin)).status).toBe(200);
  await send(smtpPort, rawMail({ subject: "Gårdagens" }));
  const second = start({ STATE_FOLDER: state });
  expect(await second.ended).toBe(1);
  expect(second.output()).toMatch(/Already running here/);
  const { pid } = jvm(state);
  first.child.kill("SIGINT");
  expect(await first.ended).toBe(0);
  await until(() => !alive(pid), 10_000);

  const system = await startTestSystem({ state });
  cleanUp.push(() => system.stop());
  await system.quiet();
  expect(await account(system, 0)).toMatchObject({ accepted: 1, handled: 1, cases: 1, lost: 0 });
});

test("killed in the middle of 200 mails, it has every one of them as one case after the next start", async () => {
  const state = stateFolder();
  const run = start({ STATE_FOLDER: state });
  const { smtpPort } = await ready(run);
  const mails = Array.from({ length: 200 }, (_, n) => rawMail({ subject: `Fråga ${n + 1}` }));
  const unsent: Buffer[] = [];
  let sent = 0;
  const sendNext = async (): Promise<void> => {
    for (let raw = mails.shift(); raw !== undefined; raw = mails.shift()) {
      try {
        await send(smtpPort, raw);
        sent += 1;
      } catch {
        unsent.push(raw);
      }
      if (sent === 120) run.child.kill("SIGKILL");
    }
  };
  await Promise.all(Array.from({ length: 4 }, sendNext));
  await run.ended;

  const { pid, port } = jvm(state);
  expect(alive(pid)).toBe(true);
  const accepted = readFileSync(join(state, "ledger.jsonl"), "utf8").trim().split("\n").length;
  const handled = await deliveriesAt(port);
  console.log(`killed: accepted ${accepted} > handled ${handled}`);
  expect(accepted).toBeGreaterThan(handled);

  const system = await startTestSystem({ state });
  cleanUp.push(() => system.stop());
  expect(jvm(state).pid).toBe(pid);
  // A sender that heard no 250 sends again, as every mail server does.
  for (const raw of unsent) await send(system.smtpPort, raw);
  await system.quiet();
  const result = await account(system, 0);
  expect(result).toMatchObject({ cases: 200, lost: 0, doubled: 0, unreadable: 0 });
  expect(result.accepted).toBeGreaterThanOrEqual(200);
});

/** The rows of handled deliveries, asked of the emulator that the killed runner left behind. */
async function deliveriesAt(port: number): Promise<number> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ region: "eu-north-1", endpoint: `http://127.0.0.1:${port}`, credentials }),
  );
  const { TableNames = [] } = await client.send(
    new (await import("@aws-sdk/client-dynamodb")).ListTablesCommand({}),
  );
  const TableName = TableNames.find((name) => name.startsWith("email-"));
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  return Items.filter((row) => row["rowType"] === "delivery").length;
}

test("without Java it says so in one line", async () => {
  const run = start({ STATE_FOLDER: stateFolder(), PATH: dirname(process.execPath), JAVA_HOME: "" });
  expect(await run.ended).toBe(1);
  const lines = run.output().trim().split("\n");
  expect(lines.at(-1)).toMatch(/^Java 11 or newer is missing: .*default-jre-headless/);
  expect(lines.filter((line) => !/…$/.test(line))).toHaveLength(1);
});
