import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { log } from "#shared/logging.ts";
import { now } from "#shared/time/clock.ts";
import { sweepOutboxEnv } from "./env.ts";
import { answersWait, claimsBefore, findAllOutgoing, queued } from "./outbox-table.ts";
import { claimLeaseMs, type OutboxRow, type OutgoingKind, waitingSchema } from "./outgoing/outbox.ts";
import { settle } from "./settle-table.ts";

const sqs = new SQSClient({});

/** Half of what SES takes in a minute at its ordinary rate: what is brought again is gone before the next time. */
const broughtAtOnce = 400;
/** SQS's limit for one SendMessageBatch. */
const entriesPerBatch = 10;

/** Looks after the mails of which nobody else does: those whose fate is unknown, and those that wait for SES. */
export async function handler(): Promise<void> {
  const at = now();
  log("OUTBOX_SWEPT", { uncertain: await markUncertain(at), ...(await bringAgain(at)) });
}

/**
 * Claims that ran out become uncertain: whoever had them died between SES and us, or SES's answer was lost, and SES has
 * told nothing since. They are not sent again by themselves.
 */
async function markUncertain(at: Date): Promise<number> {
  const { EMAIL_TABLE } = sweepOutboxEnv();
  const claims = await claimsBefore(EMAIL_TABLE, new Date(at.getTime() - claimLeaseMs));
  for (const outboxId of claims) await settle(EMAIL_TABLE, outboxId, { status: "uncertain" }, at);
  return claims.length;
}

/**
 * Puts what waits on the queue again: alarms and answers first, and acknowledgements only when no answer waits for SES. An answer that
 * nobody has claimed for an hour has another fault: it is brought as well, and holds up nothing. A message of its own each time, so
 * that none wears out its tries while SES is away, for as long as that may be.
 */
async function bringAgain(at: Date): Promise<{ brought: number; waitedMinutes: number }> {
  const { EMAIL_TABLE } = sweepOutboxEnv();
  const waitingOf = (kind: OutgoingKind) => queued(EMAIL_TABLE, kind, broughtAtOnce);
  const [alarms, answers, bookings, notices, passedOn] = await Promise.all([
    waitingOf("on-call-alarm"),
    waitingOf("answer"),
    waitingOf("booking"),
    waitingOf("unit-notice"),
    waitingOf("passed-on"),
  ]);
  const room = broughtAtOnce - bookings.length - notices.length - passedOn.length;
  const acknowledgements =
    room <= 0 || (await answersWait(EMAIL_TABLE, at))
      ? []
      : await queued(EMAIL_TABLE, "acknowledgement", room);
  const ids = [...alarms, ...answers, ...bookings, ...notices, ...passedOn, ...acknowledgements];
  const rows = await findAllOutgoing(EMAIL_TABLE, ids);
  const waiting = ids
    .flatMap((outboxId) => rows.get(outboxId) ?? [])
    .filter(({ status }) => status === "queued");
  const waitedMs = waiting.map(({ queuedAt }) => at.getTime() - new Date(queuedAt ?? at).getTime());
  const longestMs = Math.max(0, ...waitedMs);
  const messages = waiting.flatMap(messageOf);
  for (let from = 0; from < messages.length; from += entriesPerBatch)
    await put(messages.slice(from, from + entriesPerBatch));
  return { brought: ids.length, waitedMinutes: Math.floor(longestMs / 60_000) };
}

/** What asked for the mail, and how it stands: its sender claims it as it was seen here. */
function messageOf(row: OutboxRow): string[] {
  if (row.due === undefined) return [];
  return [JSON.stringify({ ...JSON.parse(row.due), waited: waitingSchema.parse(row) })];
}

async function put(bodies: readonly string[]): Promise<void> {
  const answer = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: sweepOutboxEnv().TO_SEND_QUEUE_URL,
      Entries: bodies.map((MessageBody, place) => ({ Id: String(place), MessageBody })),
    }),
  );
  // They still wait in the outbox: the next sweep brings them.
  if ((answer.Failed ?? []).length > 0) log("NOT_BROUGHT", { messages: answer.Failed?.length ?? 0 });
}
