import { readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import type { System } from "../../local/system.ts";
import { rawMail } from "../../test/mail.ts";
import { ask } from "../api-client.ts";
import { withSystem } from "../bench-system.ts";
import type { Bench, Figure, ProvingCase } from "../case.ts";
import { noticeOf, notify, type Outcome, outcomes, putInInbox, withClock } from "../mails.ts";
import { queueAt, queuesOf } from "../queues.ts";

/**
 * When SES had the mail, the date on the wall in Sweden, and the promise of two working days: worked out by hand. A
 * wrong zone, or summer time a night too early or late, gives another date at one of them.
 */
const instants = [
  { at: "2026-01-13T22:59:58.000Z", date: "2026-01-13", promise: "2026-01-15" },
  { at: "2026-07-14T22:00:01.000Z", date: "2026-07-15", promise: "2026-07-17" },
  // The last Sunday of March: 23:59:58 the evening before, and a second after the hour that is left out.
  { at: "2026-03-28T22:59:58.000Z", date: "2026-03-28", promise: "2026-03-31" },
  { at: "2026-03-29T22:00:01.000Z", date: "2026-03-30", promise: "2026-04-01" },
  // The last Sunday of October: the evening before, and 23:59:58 after the hour that comes twice.
  { at: "2025-10-25T22:00:01.000Z", date: "2025-10-26", promise: "2025-10-28" },
  { at: "2025-10-26T22:59:58.000Z", date: "2025-10-26", promise: "2025-10-28" },
] as const;
type Instant = (typeof instants)[number];

const minute = 60_000;
const ways = ["called spam", "half an hour late", "three days aside", "swept"] as const;
type Way = (typeof ways)[number];

type Arrived = { way: Way; instant: Instant; deliveryId: string };

/** Whatever holds a mail up after SES had it, the case says when SES had it, and counts from that date. */
export async function arrivals(system: System, { say }: Bench, count: number): Promise<Figure> {
  const arrived: Arrived[] = [];
  const tried = instants.slice(-count);
  for (const instant of tried) {
    arrived.push(...(await arrivedAt(system, instant)));
    say(`${arrived.length} of ${tried.length * ways.length} arrived`);
  }
  const outcomeOf = await outcomes(system);
  const faults: string[] = [];
  for (const { way, instant, deliveryId } of arrived) {
    const wrong = faultOf(way, instant, await outcomeOf(deliveryId));
    if (wrong !== undefined) faults.push(`${way}, ${instant.at}: ${wrong}`);
  }
  const miscounted: string[] = [];
  for (const date of new Set(tried.map((one) => one.date))) {
    const expected = arrived.filter(({ instant }) => instant.date === date).length;
    const counted = await contactsOn(system, date);
    if (counted !== expected) miscounted.push(`${date}: ${counted} contacts, not ${expected}`);
  }
  const right = arrived.length - faults.length;
  return {
    holds: right === tried.length * ways.length && miscounted.length === 0,
    right: `${right}/${arrived.length}`,
    instants: tried.length,
    ways: ways.join(", "),
    daysMiscounted: miscounted.length,
    faults: [...faults, ...miscounted].slice(0, 10),
  };
}

/** The four ways of one instant: three are handled by a clock half an hour on, and one three days on. */
async function arrivedAt(system: System, instant: Instant): Promise<Arrived[]> {
  const at = new Date(instant.at);
  const passed = (ms: number) => at.getTime() + ms - Date.now();
  const [spam, late, aside, swept] = await Promise.all(
    ways.map((way) => putInInbox(system, mailOf(way, instant))),
  );
  if (spam === undefined || late === undefined || aside === undefined || swept === undefined)
    throw new Error("not all ways are tried");
  writtenAt(system, swept, at);
  await withClock(system, passed(30 * minute), async () => {
    await notify(system, [noticeOf(spam, at, { spam: "FAIL" }), noticeOf(late, at)]);
    await system.hostOf("email/sweep").invoke({});
    await system.quiet();
  });
  await throughDeadLetters(system, noticeOf(aside, at), () => passed(3 * 86_400_000));
  const ids = [spam, late, aside, swept];
  return ways.map((way, n) => ({ way, instant, deliveryId: ids[n] ?? "" }));
}

/** SES wrote the object at that instant, and its notice was lost. */
function writtenAt(system: System, deliveryId: string, at: Date): void {
  const folder = join(system.folder, "s3", system.assembly.output("InboxBucket"), "mail");
  for (const name of readdirSync(folder).filter((file) => file.startsWith(deliveryId)))
    utimesSync(join(folder, name), at, at);
}

/** Puts a notice aside as the queue does after its last try, and back three days later, as an operator does. */
async function throughDeadLetters(system: System, notice: string, passed: () => number): Promise<void> {
  const [queue] = queuesOf(system, "email/receive-mail");
  if (queue === undefined) throw new Error("email/receive-mail reads no queue");
  await queueAt(system, queue.deadLetters).send([notice]);
  await withClock(system, passed(), async () => {
    const bodies = await queueAt(system, queue.deadLetters).drain();
    await queueAt(system, queue.name).send(bodies);
    await system.quiet();
  });
}

function mailOf(way: Way, { at }: Instant): Buffer {
  const name = `${way.replaceAll(" ", "-")}.${at.slice(0, 19).replaceAll(":", "-")}`;
  return rawMail({ from: `${name}@example.org`, subject: `${way} ${at}`, messageId: `${name}@example.org` });
}

function faultOf(way: Way, { at, promise }: Instant, outcome: Outcome | undefined): string | undefined {
  if (outcome === undefined) return "no delivery";
  const [theCase, ...others] = outcome.cases;
  if (theCase === undefined || others.length > 0) return `${outcome.cases.length} cases`;
  if (outcome.archived === undefined) return "not the same bytes in the archive";
  const said = [outcome.delivery["receivedAt"], theCase["arrivedAt"], outcome.message?.["arrivedAt"]];
  if (said.some((one) => one !== at)) return `arrived ${said.join(", ")}`;
  if (theCase["promisedDate"] !== promise) return `promised ${theCase["promisedDate"]}, not ${promise}`;
  const trust = { "called spam": "failed", swept: "unknown" }[way as string] ?? "verified";
  return outcome.message?.["trust"] === trust ? undefined : `trust ${outcome.message?.["trust"]}`;
}

async function contactsOn(system: System, date: string): Promise<number> {
  const { body } = await ask(system, `/stats/days?from=${date}&to=${date}`, { sub: "chef" });
  return body.days?.[0]?.figures?.["contacts/email"] ?? 0;
}

export const r10: ProvingCase = {
  id: "R10",
  title: "when a mail arrived, whatever held it up",
  run: (bench) =>
    withSystem({ functionsAs: "threads", visibilitySeconds: 30 }, (system) =>
      arrivals(system, bench, instants.length),
    ),
};
