import { takeOfHour } from "../limits-table.ts";

/** How many acknowledgements one instance takes of the hour at a time: a fiftieth of all, at most ten. */
export function share(perHour: number): number {
  return Math.min(10, Math.max(1, Math.floor(perHour / 50)));
}

let held = { hour: "", left: 0 };

/**
 * Whether one more acknowledgement may go out in this hour (UTC). An instance takes some at a time, so that the one row
 * that all of them share is written for every tenth mail and not for each.
 */
export async function withinTheHour(mailTable: string, perHour: number, now: Date): Promise<boolean> {
  const hour = now.toISOString().slice(0, 13);
  if (held.hour !== hour) held = { hour, left: 0 };
  if (held.left > 0) return true;
  if (!(await takeOfHour(mailTable, perHour, share(perHour), now))) return false;
  held.left = share(perHour);
  return true;
}

/** One of them has gone out. What only waits for its turn takes nothing. */
export function oneIsSent(): void {
  held.left -= 1;
}
