import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { accessKeyOf } from "./door.ts";
import type { FromInstance, Loaded, ToInstance } from "./host-entry.ts";

/** A function of the template, as much of it as it takes to run it. */
export type FunctionPlan = {
  /** `email/receive-mail`. */
  name: string;
  /** The deployed bundle's handler file. */
  bundle: string;
  environment: Record<string, string>;
  /** Of an event: that an instance loads its bundle first is not counted, as in Lambda. */
  timeoutSeconds: number;
  memoryMb: number;
};

export type Host = {
  /** Runs the function once. Throws what the function threw, or that it timed out or died. */
  invoke(event: unknown): Promise<unknown>;
  /** Ends instances at once, as a crash would: all, or one. */
  kill(instance?: string): void;
  /** Stops an instance where it is (SIGSTOP), as a machine that hangs; child processes only. */
  pause(instance: string): void;
  /** Lets it go on as if nothing had been (SIGCONT). */
  resume(instance: string): void;
  busy(): number;
  /** How many events it has been given since the start. */
  invocations(): number;
  /** What the function itself has taken of a processor, loading left out. */
  cpuMs(): number;
  stop(): Promise<void>;
};

type HostOptions = {
  /** Instances of one function at the same time. Each runs one event at a time, as in Lambda. */
  maxInstances: number;
  /** Child processes can be killed from outside, threads are lighter. */
  as: "threads" | "processes";
  logFolder: string;
  /** Region, endpoint, secret: what every function needs to reach AWS. Asked by each instance when it starts. */
  aws: () => Record<string, string>;
};

type Instance = {
  id: string;
  send(message: ToInstance): void;
  end(): Promise<void>;
  signal(signal: "SIGSTOP" | "SIGCONT"): void;
  hear: ((said: FromInstance | Loaded | "died") => void) | undefined;
  loaded: boolean;
};

/** How long an instance may take to load its bundle; in Lambda, which does nothing else meanwhile, ten seconds. */
const loadingMs = 60_000;

type Environment = Record<string, string>;

/** What V8 made of the bundles, where Node itself would keep it: an instance that starts anew loads them in half the time. */
const compileCache = join(tmpdir(), "node-compile-cache");

const entry = fileURLToPath(new URL("host-entry.ts", import.meta.url));

/** Hosts one function: starts instances when events come, up to the maximum, and starts anew what died. */
export function hostFunction(plan: FunctionPlan, options: HostOptions): Host {
  const idle: Instance[] = [];
  const all = new Map<string, Instance>();
  const waiting: (() => void)[] = [];
  const log = openSync(join(options.logFolder, `${plan.name.replaceAll("/", "-")}.log`), "a");
  let started = 0;
  let invocations = 0;
  let cpuMicros = 0;
  let stopped = false;

  function start(): Instance {
    started += 1;
    const id = String(started);
    const environment = {
      ...options.aws(),
      ...plan.environment,
      LOCAL_BUNDLE: plan.bundle,
      AWS_ACCESS_KEY_ID: accessKeyOf(plan.name, id),
      AWS_LAMBDA_FUNCTION_NAME: plan.name,
      NODE_COMPILE_CACHE: compileCache,
    };
    const make = options.as === "threads" ? thread : childProcess;
    const instance = make(id, plan, environment, log, () => {
      forget(instance);
      instance.hear?.("died");
    });
    all.set(id, instance);
    return instance;
  }

  function forget(instance: Instance): void {
    all.delete(instance.id);
    if (idle.includes(instance)) idle.splice(idle.indexOf(instance), 1);
  }

  async function take(): Promise<Instance> {
    for (;;) {
      const free = idle.pop();
      if (free !== undefined) return free;
      if (all.size < options.maxInstances) return start();
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  async function invoke(event: unknown): Promise<unknown> {
    if (stopped) throw new Error(`${plan.name} is stopped`);
    invocations += 1;
    const instance = await take();
    const timeoutMs = plan.timeoutSeconds * 1000;
    const outcome = await new Promise<FromInstance | "died" | "timed out">((resolve) => {
      const endAfter = (ms: number) => setTimeout(() => resolve("timed out"), ms);
      let timer = endAfter(instance.loaded ? timeoutMs : loadingMs);
      instance.hear = (said) => {
        clearTimeout(timer);
        if (said !== "loaded") return resolve(said);
        instance.loaded = true;
        timer = endAfter(timeoutMs);
      };
      instance.send({ event, context: { awsRequestId: randomUUID(), functionName: plan.name, timeoutMs } });
    });
    instance.hear = undefined;
    if (typeof outcome === "string") {
      forget(instance);
      void instance.end();
    } else {
      idle.push(instance);
    }
    waiting.shift()?.();
    if (typeof outcome === "string") throw new Error(`${plan.name} ${outcome}`);
    cpuMicros += outcome.cpuMicros;
    if ("error" in outcome) throw new Error(`${plan.name}: ${outcome.error.name}: ${outcome.error.message}`);
    return outcome.result;
  }

  return {
    invoke,
    kill(id) {
      for (const instance of [...all.values()]) {
        if (id !== undefined && instance.id !== id) continue;
        forget(instance);
        void instance.end();
        instance.hear?.("died");
      }
    },
    pause: (id) => all.get(id)?.signal("SIGSTOP"),
    resume: (id) => all.get(id)?.signal("SIGCONT"),
    busy: () => all.size - idle.length,
    invocations: () => invocations,
    cpuMs: () => cpuMicros / 1000,
    async stop() {
      stopped = true;
      await Promise.all([...all.values()].map((instance) => instance.end()));
      closeSync(log);
    },
  };
}

function thread(id: string, plan: FunctionPlan, env: Environment, log: number, gone: () => void): Instance {
  const worker = new Worker(entry, {
    env,
    workerData: { log },
    resourceLimits: { maxOldGenerationSizeMb: plan.memoryMb },
  });
  const instance: Instance = {
    id,
    hear: undefined,
    loaded: false,
    send: (message) => worker.postMessage(message),
    async end() {
      await worker.terminate();
    },
    signal() {
      throw new Error(`${plan.name}: a thread cannot be paused: functionsAs must be processes`);
    },
  };
  worker.on("message", (said: FromInstance | Loaded) => instance.hear?.(said));
  worker.on("error", gone);
  worker.on("exit", gone);
  return instance;
}

function childProcess(
  id: string,
  plan: FunctionPlan,
  env: Environment,
  log: number,
  gone: () => void,
): Instance {
  const child = fork(entry, {
    env: { ...env, PATH: process.env["PATH"] ?? "" },
    execArgv: [`--max-old-space-size=${plan.memoryMb}`],
    serialization: "advanced",
    stdio: ["ignore", log, log, "ipc"],
  });
  const instance: Instance = {
    id,
    hear: undefined,
    loaded: false,
    send: (message) => child.send(message),
    end: () => endProcess(child),
    signal: (signal) => child.kill(signal),
  };
  child.on("message", (said: FromInstance | Loaded) => instance.hear?.(said));
  child.on("error", gone);
  child.on("exit", gone);
  return instance;
}

/** SIGKILL: a function gets no time to tidy up, here as in a crash. */
async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}
