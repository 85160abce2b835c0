import { municipality } from "#shared/config.ts";
import { log } from "#shared/logging.ts";
import { answersWait, type Claim, claim, type NotClaimed, queueAgain, queueFirst } from "../outbox-table.ts";
import { settle } from "../settle-table.ts";
import { compose, type Outgoing } from "./compose.ts";
import { handToSes } from "./ses.ts";

type Stores = { EMAIL_TABLE: string; CONFIGURATION_SET: string };

/** Everything but who sends it: that is always the municipality. */
export type Mail = Omit<Outgoing, "from" | "to">;

/** What came of it. `queued`: SES does not take it now, or answers go first; the sweeper brings it again. */
export type Delivered = "handed-over" | "queued" | NotClaimed;

/** So often SES is asked when it takes no more this very second (14 a second is its ordinary rate). */
const tries = 3;

/**
 * Sends one mail, once: claim → compose → SES → settle. Whatever is repeated, no second mail goes out. An acknowledgement
 * lets waiting answers go first, and does not ask SES where it has just said that it takes nothing: one that waited already goes on
 * waiting, and nothing is written.
 */
export async function deliver(
  { EMAIL_TABLE, CONFIGURATION_SET }: Stores,
  mail: Claim,
  content: Mail,
  now: Date,
): Promise<Delivered> {
  const { organisation, mail: addresses } = municipality();
  const from = { name: organisation.name, address: addresses.official };
  const { outboxId } = mail;
  const raw = await compose({ ...content, from, to: mail.to });
  let waiting = mail.due.waited?.outboxId === outboxId ? mail.due.waited : undefined;
  for (let attempt = 1; ; attempt += 1) {
    if (
      mail.kind === "acknowledgement" &&
      (standsStill(EMAIL_TABLE, now) || (await letOthersGoFirst(EMAIL_TABLE, now)))
    )
      return waiting === undefined ? await queueFirst(EMAIL_TABLE, mail, now) : "queued";
    const row = await claim(EMAIL_TABLE, mail, now, waiting);
    if (typeof row === "string") return row;
    const handed = await handToSes({
      raw,
      to: mail.to,
      source: addresses.official,
      outboxId,
      configurationSet: CONFIGURATION_SET,
    });
    log("HANDED_TO_SES", { outboxId, outcome: handed.outcome });
    switch (handed.outcome) {
      case "sent":
        stopped = neverStopped;
        await settle(EMAIL_TABLE, outboxId, { status: "sent", sesMessageId: handed.sesMessageId }, now, row);
        return "handed-over";
      case "refused":
        await settle(EMAIL_TABLE, outboxId, { status: "refused" }, now, row);
        return "handed-over";
      case "unknown":
        if (mail.kind === "on-call-alarm")
          throw new Error("nobody knows whether an alarm went: the queue brings it again");
        // Neither sent again nor given up: SES's own events say it, or the sweeper marks it uncertain.
        return "handed-over";
      case "busy":
      case "stopped":
        if (handed.outcome === "stopped") stopped = { mailTable: EMAIL_TABLE, at: now.getTime() };
        // Whom SES was too busy for waits now: that may be an answer too.
        asked = neverAsked;
        waiting = await queueAgain(EMAIL_TABLE, row, mail.due, now);
        if (handed.outcome === "stopped" || attempt === tries) return "queued";
        await aboutASecond();
    }
  }
}

const stoppedMs = 10_000;
const neverStopped = { mailTable: "", at: 0 };
let stopped = neverStopped;

/**
 * Whether SES has just said to this instance that it takes nothing for some while: acknowledgements then wait without asking it, each
 * with one write. It ends after ten seconds, so that the sweeper's next round asks anew, and with a mail that SES takes.
 */
function standsStill(mailTable: string, now: Date): boolean {
  return stopped.mailTable === mailTable && Math.abs(now.getTime() - stopped.at) < stoppedMs;
}

const askedAgainMs = 1_000;
const neverAsked = { mailTable: "", at: 0, wait: false };
let asked = neverAsked;

/** An instance that found no answers waiting looks again after a second, or when SES was busy, not for each acknowledgement. */
async function letOthersGoFirst(mailTable: string, now: Date): Promise<boolean> {
  const at = now.getTime();
  if (asked.wait || asked.mailTable !== mailTable || Math.abs(at - asked.at) >= askedAgainMs)
    asked = { mailTable, at, wait: await answersWait(mailTable, now) };
  return asked.wait;
}

/** SES counts by the second. Of random length, so that not all come back at once. */
function aboutASecond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 500 + 1_000 * Math.random()));
}
