import { municipality } from "#shared/config.ts";
import { log } from "#shared/logging.ts";
import { now } from "#shared/time/clock.ts";
import { localDate } from "#shared/time/working-time.ts";
import { quarantineAlarmEnv } from "../env.ts";
import { quarantineOverdue } from "../events.ts";
import { heldBefore, isDue } from "./duty.ts";
import { findDuties, heldArrivals, publishOverdue } from "./duty-table.ts";

/**
 * Asks, every quarter of an hour, whether somebody has looked through what lay in quarantine when the day began. The schedule
 * is in UTC and knows neither Swedish time nor red days: both are looked up here. The event is published once a day; the line
 * in the log, which the alarm listens for, comes each time until somebody has looked.
 */
export async function handler(): Promise<void> {
  const at = now();
  const { redDays } = municipality();
  if (!isDue(at, redDays)) return;
  const { CASES_TABLE } = quarantineAlarmEnv();
  const today = localDate(at);
  const [duty] = await findDuties(CASES_TABLE, [today]);
  if (duty === undefined || duty.done !== null) return;
  const held = heldBefore(await heldArrivals(CASES_TABLE), today);
  if (held === 0) return;
  const about = { subject: today, version: 1, at };
  const event = quarantineOverdue.make(about, { date: today, held, taken: duty.person !== null });
  await publishOverdue(CASES_TABLE, today, event);
  log("QUARANTINE_OVERDUE", { held, taken: duty.person !== null });
}
