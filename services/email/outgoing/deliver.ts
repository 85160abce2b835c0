import { municipality } from "#shared/config.ts";
import { log } from "#shared/logging.ts";
import { type Claim, claim, claimedRow, findOutgoing, releaseClaim, settle } from "../outbox-table.ts";
import { compose, type Outgoing } from "./compose.ts";
import { handToSes } from "./ses.ts";

type Stores = { EMAIL_TABLE: string; CONFIGURATION_SET: string };

/** Everything but who sends it: that is always the municipality. */
export type Mail = Omit<Outgoing, "from">;

/**
 * Sends one mail, once: claim → compose → SES → settle. Whatever is repeated, no second mail goes out. Throws when SES
 * is busy, and the claim is free again.
 */
export async function deliver(
  { EMAIL_TABLE, CONFIGURATION_SET }: Stores,
  claimed: Claim,
  mail: Mail,
  now: Date,
): Promise<"handed-over" | "taken" | "too-many-today"> {
  const outcome = await claimWhenFree(EMAIL_TABLE, claimed, now);
  if (outcome !== "claimed") return outcome;
  const row = claimedRow(claimed, now);
  const { outboxId } = row;
  const { organisation, mail: addresses } = municipality();
  const from = { name: organisation.name, address: addresses.official };
  const handed = await handToSes({
    raw: await compose({ ...mail, from }),
    to: mail.to,
    source: addresses.official,
    outboxId,
    configurationSet: CONFIGURATION_SET,
  });
  log("HANDED_TO_SES", { outboxId, outcome: handed.outcome });
  switch (handed.outcome) {
    case "sent":
      await settle(EMAIL_TABLE, outboxId, { status: "sent", sesMessageId: handed.sesMessageId }, now, row);
      break;
    case "refused":
      await settle(EMAIL_TABLE, outboxId, { status: "refused" }, now, row);
      break;
    case "not-sent":
      await releaseClaim(EMAIL_TABLE, claimed, now);
      throw new Error("SES is busy: the queue will bring the mail again");
    case "unknown":
      // Neither sent again nor given up: SES's own events say it, or the sweeper marks it uncertain.
      break;
  }
  return "handed-over";
}

const patienceMs = 3_000;
const lookAgainMs = 250;

/**
 * Claims a mail. When somebody has it in hand this very moment, waits for what comes of it: they may find SES busy and
 * give it back, and then the message that we hold is the one that must not be taken for done. Whoever holds it longer has
 * died or waits for SES, and that is for SES's events and the sweeper to tell.
 */
async function claimWhenFree(mailTable: string, mail: Claim, now: Date): ReturnType<typeof claim> {
  for (let waitedMs = 0; ; waitedMs += lookAgainMs) {
    const outcome = await claim(mailTable, mail, now);
    if (outcome !== "taken" || waitedMs >= patienceMs) return outcome;
    const row = await findOutgoing(mailTable, mail.outboxId);
    if (row?.status !== "claimed" && row?.status !== "queued") return outcome;
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
}
