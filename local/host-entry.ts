import { writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";

/**
 * What runs inside a thread or a child process: the deployed bundle, and around it what Lambda's runtime does. The
 * bundle is loaded at the first event, from the file that the environment names.
 */
export type ToInstance = {
  event: unknown;
  context: { awsRequestId: string; functionName: string; deadlineMs: number };
};
export type FromInstance = { result: unknown } | { error: { name: string; message: string } };

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
  return module.handler;
}

async function run({ event, context }: ToInstance): Promise<FromInstance> {
  try {
    loaded ??= load();
    const handler = await loaded;
    const { deadlineMs, ...rest } = context;
    return {
      result: await handler(event, { ...rest, getRemainingTimeInMillis: () => deadlineMs - Date.now() }),
    };
  } catch (error) {
    return {
      error:
        error instanceof Error
          ? { name: error.name, message: error.message }
          : { name: "Error", message: "" },
    };
  }
}

if (parentPort === null) {
  process.on("message", (message: ToInstance) => {
    void run(message).then((answer) => process.send?.(answer));
  });
  process.on("disconnect", () => process.exit());
} else {
  const port = parentPort;
  logTo(workerData.log);
  port.on("message", (message: ToInstance) => {
    void run(message).then((answer) => port.postMessage(answer));
  });
}
