import { addDays } from "../../ui/swedish-time.ts";
import { daysPath } from "../api/paths.ts";

export const PERIOD_DAYS = 14;

/** Where the figures of the last days are, today among them. */
export function periodPath(today: string): string {
  return daysPath(addDays(today, 1 - PERIOD_DAYS), today);
}

/** The day of the month under each bar. A chart is narrow: what month it is stands in the table. */
export function dayLabels(dates: readonly string[]): readonly string[] {
  return dates.map((date) => String(Number(date.slice(8, 10))));
}
