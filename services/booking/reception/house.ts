import * as z from "zod/mini";
import { localDate } from "#shared/time/working-time.ts";
import type { Visit } from "./visit.ts";

/** Somebody who is in the house: written when they come, taken away when they leave, never changed. */
export const insideSchema = z.object({
  office: z.string(),
  date: z.string(),
  number: z.int(),
  floor: z.nullable(z.int()),
  secret: z.boolean(),
  unit: z.nullable(z.string()),
  host: z.nullable(z.string()),
  bookingId: z.nullable(z.string()),
  badge: z.nullable(z.int()),
  since: z.string(),
  /** Until when their appointment lasts. */
  staysUntil: z.nullable(z.string()),
});
export type Inside = z.infer<typeof insideSchema>;

export function insideOf(visit: Visit): Inside {
  const { office, date, number, floor, secret, unit, host, bookingId, badge, arrivedAt, staysUntil } = visit;
  return { office, date, number, floor, secret, unit, host, bookingId, badge, since: arrivedAt, staysUntil };
}

/** Whether somebody should have checked out: their appointment is over, and so is the office's day. `closesAt`: today's, if it opens. */
export function isForgotten(
  { date, staysUntil }: Pick<Inside, "date" | "staysUntil">,
  closesAt: string | undefined,
  now: Date,
): boolean {
  const at = now.toISOString();
  if (staysUntil !== null && at <= staysUntil) return false;
  return date < localDate(now) || (closesAt !== undefined && at > closesAt);
}
