import { log } from "#shared/logging.ts";
import { now } from "#shared/time/clock.ts";
import { sweepOutboxEnv } from "./env.ts";
import { claimsBefore, settle } from "./outbox-table.ts";
import { claimLeaseMs } from "./outgoing/outbox.ts";

/**
 * Marks claims that ran out as uncertain: whoever had them died between SES and us, or SES's answer was lost, and SES
 * has told nothing since. They are not sent again by themselves.
 */
export async function handler(): Promise<void> {
  const { EMAIL_TABLE } = sweepOutboxEnv();
  const at = now();
  const claims = await claimsBefore(EMAIL_TABLE, new Date(at.getTime() - claimLeaseMs));
  for (const outboxId of claims) await settle(EMAIL_TABLE, outboxId, { status: "uncertain" }, at);
  log("OUTBOX_SWEPT", { uncertain: claims.length });
}
