import { readdirSync, readFileSync } from "node:fs";

/**
 * How much memory each running instance of a function has taken at most, in MB: Linux's `VmHWM` of the child processes
 * that this process has started for it. Undefined while none runs.
 */
function peakMemoryMb(functionName: string): number | undefined {
  const peaks = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => peakOf(pid, functionName) ?? []);
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}

function peakOf(pid: string, functionName: string): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    if (!new RegExp(`^PPid:\\s*${process.pid}$`, "m").test(status)) return undefined;
    const environment = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
    if (!environment.includes(`AWS_LAMBDA_FUNCTION_NAME=${functionName}`)) return undefined;
    const kb = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
    return kb === undefined ? undefined : Math.round(Number(kb) / 1024);
  } catch {
    // It ended while we looked.
    return undefined;
  }
}

/** Looks ten times a second until it is stopped. */
export function watchMemory(functionName: string) {
  let most = 0;
  const look = () => {
    most = Math.max(most, peakMemoryMb(functionName) ?? 0);
  };
  const timer = setInterval(look, 100);
  return {
    /** The most so far, in MB. */
    most(): number {
      look();
      return most;
    },
    stop: () => clearInterval(timer),
  };
}
