import { type Refused, refuse } from "#shared/refusal.ts";
import type { LocalDate } from "#shared/time/working-time.ts";

const dayMs = 86_400_000;
/** A quarter of a year, whichever. */
const longestDays = 92;

export type NoPeriod = "period-backwards" | "period-too-long";

/** Every day from one to another, both included. */
export function daysOf(from: LocalDate, to: LocalDate): readonly LocalDate[] | Refused<NoPeriod> {
  const first = Date.parse(from);
  const days = (Date.parse(to) - first) / dayMs + 1;
  if (days < 1) return refuse("period-backwards");
  if (days > longestDays) return refuse("period-too-long");
  return Array.from({ length: days }, (_, n) => new Date(first + n * dayMs).toISOString().slice(0, 10));
}
