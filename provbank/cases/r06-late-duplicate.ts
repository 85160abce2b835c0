import type { System } from "../../local/system.ts";
import { rawMail } from "../../test/mail.ts";
import { withSystem } from "../bench-system.ts";
import type { Bench, Figure, ProvingCase } from "../case.ts";
import { rowsOf } from "../invariants.ts";
import { noticeOf, notify, outcomes, type Post, postAll, putInInbox, withClock } from "../mails.ts";
import { putAside, queueAt, queuesOf } from "../queues.ts";

const later = 13 * 86_400_000;

/**
 * Thirteen days after a mail was handled everything about it comes again: SES's notice, the mail itself as a new object
 * and by SMTP, and the events by which it was registered and acknowledged. Nothing may come of that but noted deliveries.
 */
export async function lateDuplicates(system: System, { say }: Bench, count: number): Promise<Figure> {
  const posts = Array.from({ length: count }, (_, n) => mailNumber(n));
  const ids = await postAll(system, posts);
  await system.quiet();
  const before = await standing(system, ids);
  say(`${count} mails handled; thirteen days go by`);
  const again = await withClock(system, later, async () => {
    const copies = await redelivered(system, posts, ids);
    await system.quiet();
    return copies;
  });
  const after = await standing(system, ids);
  const outcomeOf = await outcomes(system);
  let stillOne = 0;
  for (const [n, id] of ids.entries()) {
    const all = await Promise.all([id, ...(again[n] ?? [])].map(outcomeOf));
    const cases = new Set(all.flatMap((one) => one?.cases.map((theCase) => theCase["caseId"]) ?? []));
    const acknowledged = all[0]?.acknowledgements.length;
    const kept = all.every((one) => one?.archived !== undefined && one.mailId === all[0]?.mailId);
    if (cases.size === 1 && acknowledged === 1 && kept) stillOne += 1;
  }
  const aside = await putAside(system);
  return {
    holds:
      stillOne === count &&
      before.cases === count &&
      after.cases === before.cases &&
      after.sent === before.sent &&
      after.messages === before.messages &&
      Object.keys(aside).length === 0,
    mails: count,
    daysLater: later / 86_400_000,
    redeliveries: count * 5,
    stillOneCaseAndOneAcknowledgement: `${stillOne}/${count}`,
    newCases: after.cases - before.cases,
    newMessages: after.messages - before.messages,
    newMailsOut: after.sent - before.sent,
    putAside: aside,
  };
}

function mailNumber(n: number): Post {
  const from = `sen${n}@example.org`;
  return { from, raw: rawMail({ from, subject: `Sen ${n}`, messageId: `sen-${n}@example.org` }) };
}

/** Five things come again for each mail. Returns the new deliveries of each. */
async function redelivered(
  system: System,
  posts: readonly Post[],
  ids: readonly string[],
): Promise<string[][]> {
  // The same notices: their objects are gone from the inbox.
  await notify(
    system,
    ids.map((id) => noticeOf(id, new Date())),
  );
  const again = await postAll(system, posts);
  const objects: string[] = [];
  for (const { raw } of posts) objects.push(await putInInbox(system, raw));
  await notify(
    system,
    objects.map((id) => noticeOf(id, new Date(Date.now() + later))),
  );
  const received = await eventsOf(system, "EmailTable", "MailReceived");
  const opened = await eventsOf(system, "CasesTable", "CaseOpened");
  await sendTo(system, "cases/register-mail", received);
  await sendTo(system, "email/send-mail", opened);
  if (received.length !== posts.length || opened.length !== posts.length)
    throw new Error(`${received.length} mails and ${opened.length} cases of ${posts.length} to send again`);
  return posts.map((_, n) => [again[n] ?? "", objects[n] ?? ""]);
}

async function eventsOf(system: System, table: string, type: string): Promise<string[]> {
  return (await rowsOf(system, table)).flatMap(({ event }) =>
    typeof event === "object" && event !== null && "type" in event && event.type === type
      ? [JSON.stringify(event)]
      : [],
  );
}

async function sendTo(system: System, functionName: string, bodies: readonly string[]): Promise<void> {
  const [queue] = queuesOf(system, functionName);
  if (queue === undefined) throw new Error(`${functionName} reads no queue`);
  await queueAt(system, queue.name).send(bodies);
}

/** How much there is, and that every mail is handled. */
async function standing(system: System, ids: readonly string[]) {
  const rows = await rowsOf(system, "CasesTable");
  const outcomeOf = await outcomes(system);
  const handled = await Promise.all(ids.map(outcomeOf));
  if (handled.some((one) => one === undefined)) throw new Error("a mail was not handled");
  return {
    cases: rows.filter((row) => row["sk"] === "CASE").length,
    messages: rows.filter((row) => String(row["sk"]).startsWith("MESSAGE#")).length,
    sent: system.sent().length,
  };
}

export const r06: ProvingCase = {
  id: "R06",
  title: "everything about a mail comes again thirteen days later",
  run: (bench) =>
    withSystem({ functionsAs: "threads", maxInstances: 4, visibilitySeconds: 30 }, (system) =>
      lateDuplicates(system, bench, 200),
    ),
};
