import type { Host } from "../host.ts";
import type { Source } from "./queue.ts";

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** The time between two runs of a `rate(…)` expression. Throws for what this machine does not play. */
export function rateMs(expression: string): number {
  const [, amount, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (amount === undefined || unit === undefined)
    throw new Error(`schedule ${expression}: only rate(…) is played`);
  return Number(amount) * unitMs[unit as keyof typeof unitMs];
}

/** Plays EventBridge's schedule: the first run comes after the first interval. */
export function runOnSchedule(everyMs: number, host: Host, say: (line: string) => void): Source {
  const timer = setInterval(() => {
    host.invoke({ "detail-type": "Scheduled Event" }).catch((error: unknown) => say(String(error)));
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
    },
  };
}
