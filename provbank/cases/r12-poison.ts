import { PutObjectCommand } from "@aws-sdk/client-s3";
import { type MailLetter, mailReceived } from "#services/email/events.ts";
import { sealLetter } from "#shared/letter.ts";
import type { System } from "../../local/system.ts";
import { postman, withSystem } from "../bench-system.ts";
import { type Bench, between, type Figure, type ProvingCase } from "../case.ts";
import { account } from "../intake.ts";
import { invariants, rowsOf } from "../invariants.ts";
import { queueAt, queuesOf, settled } from "../queues.ts";
import { inParallel } from "../registrations.ts";

const perBatch = 10;
/** As the templates have it: a message is handed out five times, and then put aside. */
const receives = 5;
const maxInstances = 2;

type Size = { batches: number; killers: number };

/** Batches with one message each that can never be handled, and mails that end the parser. */
export async function poison({ random, say }: Bench, { batches, killers }: Size): Promise<Figure> {
  // What is put aside is counted as it is: a batch must not come again while a busy machine still handles it.
  const saidByRunner = new Set<string>();
  const listen = { say: (line: string) => saidByRunner.add(line) };
  return await withSystem({ maxInstances, visibilitySeconds: 5, ...listen }, async (system) => {
    // The first batches, one for each instance, are without poison: no try at it is lost to an instance that has just started.
    const poisoned = Array.from({ length: batches }, () => between(random, 0, perBatch - 1));
    const mails = Array.from({ length: (maxInstances + batches) * perBatch }, (_, n) => ({
      n,
      poison: poisoned[Math.floor(n / perBatch) - maxInstances] === n % perBatch,
    }));
    const watched = watch(system);
    const bodies = await prepared(system, mails);
    const [queue] = queuesOf(system, "cases/register-mail");
    if (queue === undefined) throw new Error("cases/register-mail reads no queue");
    for (let from = 0; from < bodies.length; from += perBatch) {
      if (from === maxInstances * perBatch) await system.quiet();
      await queueAt(system, queue.name).send(bodies.slice(from, from + perBatch));
    }
    say(`${batches} batches sent`);
    const parked = await parkedMails(system, { random, say }, killers, watched.endParserTwice);
    await system.quiet();
    system.door.watch(undefined);
    const putAside = (await queueAt(system, queue.deadLetters).drain()).map(mailIdIn);
    const putBack = await settled(system);
    const registered = (await rowsOf(system, "CasesTable"))
      .filter((row) => String(row["sk"]).startsWith("MESSAGE#"))
      .map((row) => String(row["messageId"]));
    const good = mails.filter((mail) => !mail.poison).map(({ n }) => mailIdOf(n));
    const bad = mails.filter((mail) => mail.poison).map(({ n }) => mailIdOf(n));
    const once = good.filter((id) => registered.filter((one) => one === id).length === 1).length;
    const aside = bad.filter((id) => putAside.filter((one) => one === id).length === 1).length;
    const attemptsAtPoison = watched.attempts();
    const found = await invariants(system);
    const holds =
      once === good.length &&
      aside === bad.length &&
      putAside.length === bad.length &&
      attemptsAtPoison === receives * bad.length &&
      parked.unreadable === killers &&
      parked.bytesKept === killers &&
      found.faults.length === 0;
    return {
      holds,
      handledOnce: `${once}/${good.length}`,
      putAside: `${aside}/${bad.length}`,
      othersPutAside: putAside.filter((id) => !bad.includes(id)),
      putBack,
      attemptsPerPoison: attemptsAtPoison / bad.length,
      parsersEnded: watched.kills(),
      parkedUnreadable: `${parked.unreadable}/${killers}`,
      rawBytesKept: `${parked.bytesKept}/${killers}`,
      doubled: found.doubled,
      saidByRunner: [...saidByRunner].join("; "),
      faults: found.faults,
    };
  });
}

function mailIdOf(n: number): string {
  return (n + 1).toString(16).padStart(32, "0");
}

function mailIdIn(body: string): string {
  return String(JSON.parse(body).data.mailId);
}

/** Letters of all but the poison are written; the events tell of each. */
async function prepared(system: System, mails: readonly { n: number; poison: boolean }[]): Promise<string[]> {
  const Bucket = system.assembly.output("LettersBucket");
  const at = new Date();
  const bodies: string[] = [];
  await inParallel(mails, 8, async ({ n, poison: missing }) => {
    const sealed = sealLetter("email", mailIdOf(n), letterOf(n));
    if (!missing)
      await system.clients.s3.send(new PutObjectCommand({ Bucket, Key: sealed.key, Body: sealed.body }));
    const event = mailReceived.make(
      { subject: mailIdOf(n), version: 1, at },
      {
        mailId: mailIdOf(n),
        deliveryId: mailIdOf(n),
        receivedAt: at.toISOString(),
        channel: "email",
        addressee: "official",
        trust: "verified",
        writer: "person",
        nature: "ordinary",
        readable: true,
        bytes: 100,
        attachments: 0,
        letter: { key: sealed.key, sha256: sealed.sha256 },
      },
    );
    bodies[n] = JSON.stringify(event);
  });
  return bodies;
}

function letterOf(n: number): MailLetter {
  return {
    mailId: mailIdOf(n),
    unreadable: null,
    from: { name: null, address: `person${n}@example.org` },
    replyTo: [],
    to: [{ name: null, address: "kommunen@example.se" }],
    cc: [],
    subject: `Fråga ${n}`,
    messageId: null,
    writer: "person",
    nature: "ordinary",
    urgency: null,
    secured: null,
    text: "Hej, en fråga.",
    textTruncated: false,
    parts: [],
    html: null,
    attachments: [],
    threadKey: null,
    isReply: false,
    replyTokens: [],
    caseNumbers: [],
    deliveryReport: null,
  };
}

/** Counts the attempts at poison, each of which asks once for a letter that is not there, and ends parsers. */
function watch(system: System) {
  let missing = 0;
  let kills = 0;
  let toKill = 0;
  system.door.watch(({ caller, instance, service, status }) => {
    if (service !== "s3") return "pass";
    if (caller === "cases/register-mail" && status === 404) missing += 1;
    if (caller !== "email/receive-mail" || toKill === 0) return "pass";
    toKill -= 1;
    kills += 1;
    system.hostOf("email/receive-mail").kill(instance);
    return "lost";
  });
  return {
    attempts: () => missing,
    kills: () => kills,
    endParserTwice: () => {
      toKill = 2;
    },
  };
}

/** Each mail ends the function twice while it is read; the third time it is parked. */
async function parkedMails(
  system: System,
  { random, say }: Bench,
  count: number,
  endParserTwice: () => void,
): Promise<{ unreadable: number; bytesKept: number }> {
  const post = postman(system, 1);
  for (let n = 0; n < count; n += 1) {
    endParserTwice();
    const text = `${between(random, 1, 1_000_000)}\n`.repeat(between(random, 1, 50));
    await post.post({ from: `parser${n}@example.org`, subject: `Trasigt ${n}`, text });
    await system.quiet();
    if (n % 5 === 4) say(`${n + 1} of ${count} mails parked`);
  }
  post.close();
  // The account compares what the archive holds with the sha256 that the front noted.
  const { handled, unreadable } = await account(system, 0);
  return { unreadable, bytesKept: handled };
}

export const r12: ProvingCase = {
  id: "R12",
  title: "one message in ten cannot be handled, and mails end the parser",
  run: (bench) => poison(bench, { batches: 100, killers: 10 }),
};
