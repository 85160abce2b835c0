import { writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";

/**
 * What runs inside a thread or a child process: the deployed bundle, and around it what Lambda's runtime does. The
 * bundle is loaded at the first event, from the file that the environment names. Only its types are for others: who
 * loads this file hears its process's messages.
 */
export type ToInstance = {
  event: unknown;
  context: { awsRequestId: string; functionName: string; timeoutMs: number };
};
/** Said once, when the bundle is loaded: from then on the event's time counts. */
export type Loaded = "loaded";
export type FromInstance = ({ result: unknown } | { error: { name: string; message: string } }) & {
  /** What the event took of a processor, user and system, without loading the bundle. */
  cpuMicros: number;
};

/** A thread's output goes straight to its file: by way of the main thread it would be that one's work. */
function logTo(file: number): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk: Uint8Array | string): boolean => {
      writeSync(file, typeof chunk === "string" ? Buffer.from(chunk) : chunk);
      return true;
    };
  }
}

type Handler = (event: unknown, context: unknown) => unknown;
let loaded: Promise<Handler> | undefined;

async function load(): Promise<Handler> {
  const bundle = process.env["LOCAL_BUNDLE"] ?? "";
  const module = await import(pathToFileURL(bundle).href);
  // Written otherwise when a process ends, and those here are killed.
  flushCompileCache();
  return module.handler;
}

async function run({ event, context }: ToInstance, say: (loaded: Loaded) => void): Promise<FromInstance> {
  let before = process.threadCpuUsage();
  const cpuMicros = (): number => {
    const { user, system } = process.threadCpuUsage(before);
    return user + system;
  };
  try {
    loaded ??= load().finally(() => say("loaded"));
    const handler = await loaded;
    before = process.threadCpuUsage();
    const { timeoutMs, ...rest } = context;
    const deadlineMs = Date.now() + timeoutMs;
    const result = await handler(event, { ...rest, getRemainingTimeInMillis: () => deadlineMs - Date.now() });
    return { result, cpuMicros: cpuMicros() };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: "Error", message: "" };
    return { error: { name, message }, cpuMicros: cpuMicros() };
  }
}

if (parentPort === null) {
  process.on("message", (message: ToInstance) => {
    void run(message, (loaded) => process.send?.(loaded)).then((answer) => process.send?.(answer));
  });
  process.on("disconnect", () => process.exit());
} else {
  const port = parentPort;
  logTo(workerData.log);
  port.on("message", (message: ToInstance) => {
    void run(message, (loaded) => port.postMessage(loaded)).then((answer) => port.postMessage(answer));
  });
}
