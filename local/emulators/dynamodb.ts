import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { DynamoDBRecord } from "aws-lambda";
import { findJava } from "../installed.ts";
import { freePort } from "../ports.ts";
import { asker } from "./ask.ts";

/** What Lambda's reader asks of a stream, and what it is told: records as it hands them to functions. */
type StreamCalls = {
  DescribeStream: [{ StreamArn: string }, { StreamDescription?: { Shards?: { ShardId?: string }[] } }];
  GetShardIterator: [
    {
      StreamArn: string;
      ShardId: string;
      ShardIteratorType: "TRIM_HORIZON" | "AFTER_SEQUENCE_NUMBER";
      SequenceNumber?: string;
    },
    { ShardIterator?: string },
  ];
  GetRecords: [
    { ShardIterator: string | undefined; Limit: number },
    { Records?: DynamoDBRecord[]; NextShardIterator?: string },
  ];
};
/** Throws what the emulator says when it says no. */
export type AskStreams = <Operation extends keyof StreamCalls>(
  operation: Operation,
  input: StreamCalls[Operation][0],
) => Promise<StreamCalls[Operation][1]>;

/** A running DynamoDB Local: where it listens, and how it ends. */
export type DynamoDb = { url: string; askStreams: AskStreams; stop(): Promise<void> };
/** `folder`: where it keeps its tables; in memory without. */
type Options = { folder?: string | undefined; runsLong: boolean };

const emulator = join(
  dirname(createRequire(import.meta.url).resolve("amplify-dynamodb-simulator")),
  "emulator",
);

/** It wants a signature, and looks at none. */
const unchecked =
  "AWS4-HMAC-SHA256 Credential=local/20260101/eu-north-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";

/**
 * DynamoDB Local (Amazon's own emulator, a JVM). With a folder it keeps its tables there, and outlives a runner that was
 * killed: the next start finds it by its note and adopts it, or ends it when it no longer answers. Without, in memory.
 */
export async function startDynamoDb({ folder, runsLong }: Options): Promise<DynamoDb> {
  const note = folder === undefined ? undefined : join(folder, "jvm.json");
  const left = note === undefined ? undefined : await leftBehind(note);
  if (left !== undefined) return left;
  const port = await freePort();
  const pid = launch(port, { folder, runsLong });
  if (note !== undefined) writeFileSync(note, JSON.stringify({ pid, port }));
  await untilAnswering(port, pid);
  return running(pid, port, note);
}

function launch(port: number, { folder, runsLong }: Options): number {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const store = folder === undefined ? ["-inMemory"] : ["-dbPath", folder];
  const jvm = spawn(
    findJava(),
    [
      "-Xmx768m",
      // The second compiler doubles what starting takes, and halves what thousands of calls take.
      ...(runsLong ? [] : ["-XX:TieredStopAtLevel=1"]),
      // On two cores the parallel collector takes more than it gives.
      "-XX:+UseSerialGC",
      "-Djava.library.path=./DynamoDBLocal_lib",
      "-jar",
      "DynamoDBLocal.jar",
      "-port",
      String(port),
      "-sharedDb",
      "-disableTelemetry",
      ...store,
    ],
    // Its own process group: Ctrl-C in a terminal reaches the runner alone, which then stops things in order.
    { cwd: emulator, detached: true, stdio: "ignore" },
  );
  jvm.unref();
  if (jvm.pid === undefined) throw new Error("DynamoDB Local did not start: java could not be run.");
  return jvm.pid;
}

/** A JVM that an earlier, killed runner left: adopted when it answers, ended when it does not. */
async function leftBehind(note: string): Promise<DynamoDb | undefined> {
  const noted = readNote(note);
  if (noted === undefined || !isOurJvm(noted.pid)) return undefined;
  if (await answers(noted.port)) return running(noted.pid, noted.port, note);
  await end(noted.pid);
  return undefined;
}

function readNote(note: string): { pid: number; port: number } | undefined {
  try {
    const { pid, port } = JSON.parse(readFileSync(note, "utf8"));
    return typeof pid === "number" && typeof port === "number" ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether this pid is still a DynamoDB Local, and not some other process that got the number. */
function isOurJvm(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("DynamoDBLocal.jar");
  } catch {
    return false;
  }
}

function running(pid: number, port: number, note: string | undefined): DynamoDb {
  const url = `http://127.0.0.1:${port}`;
  const { ask, stop } = asker(url);
  return {
    url,
    askStreams: (operation, input) =>
      ask({ target: `DynamoDBStreams_20120810.${operation}`, input, headers: { authorization: unchecked } }),
    async stop() {
      stop();
      await end(pid);
      if (note !== undefined) rmSync(note, { force: true });
    },
  };
}

async function untilAnswering(port: number, pid: number): Promise<void> {
  for (let waitedMs = 0; waitedMs < 30_000; waitedMs += 50) {
    if (await answers(port)) return;
    if (!alive(pid)) throw new Error("DynamoDB Local ended at once: is this Java 11 or newer?");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await end(pid);
  throw new Error("DynamoDB Local did not answer within 30 seconds.");
}

/** It answers any request it cannot read with 400: that it answers is enough. */
async function answers(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

async function end(pid: number): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let waitedMs = 0; waitedMs < 5_000 && alive(pid); waitedMs += 25) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    if (!alive(pid)) return;
  }
}

/** A process that ended but was not yet reaped (a zombie) is not alive. */
function alive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}
