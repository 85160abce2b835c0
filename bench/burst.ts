import { join } from "node:path";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { ROOT } from "../infra/build.ts";
import { functions } from "../infra/functions.ts";
import { type System, startSystem } from "../local/system.ts";
import { deadLetters, type Letter, postman } from "../provbank/bench-system.ts";
import { between, seeded } from "../provbank/case.ts";
import { account } from "../provbank/intake.ts";

export type Burst = {
  /** Mails that differ, and how many of them are sent a second time. */
  mails: number;
  repeats: number;
  /** How many of the mails answer an earlier one. */
  replies: number;
};

/**
 * Mails as fast as SMTP takes them, through the whole one-machine system in memory: case, acknowledgement out, status
 * back, counted. Rates are of this machine at this hour; `ownCpuMsPerMail` is what our own functions took of a
 * processor, without the emulators and the runner.
 */
export async function burst({ mails, repeats, replies }: Burst) {
  const system = await startSystem({
    assembly: join(ROOT, "cdk.out"),
    kommun: "demo",
    httpPort: 0,
    smtpPort: 0,
    functionsAs: "threads",
    maxInstances: 2,
    runsLong: true,
    say: (line) => console.error(line),
  });
  try {
    // Bundles are loaded at their first event: that is start, not burst.
    await post(system, lettersOf({ mails: 40, repeats: 0, replies: 0 }, "uppvärmning"));
    await system.quiet();
    const warm = await account(system, 0);
    const cpuBefore = ownCpuMs(system);
    const letters = lettersOf({ mails, repeats, replies }, "fråga");
    const started = performance.now();
    await post(system, letters);
    const sentSeconds = secondsSince(started);
    await system.quiet();
    const seconds = secondsSince(started);
    const ownCpuMsPerMail = Math.round(((ownCpuMs(system) - cpuBefore) / letters.length) * 10) / 10;
    const { accepted, cases, acknowledged, lost, doubled } = await account(system, seconds);
    return {
      deliveries: accepted - warm.accepted,
      cases: cases - warm.cases,
      acknowledged: acknowledged - warm.acknowledged,
      lost,
      doubled,
      misThreaded: await misThreaded(system, replies),
      deadLetters: await deadLetters(system),
      sentSeconds,
      seconds,
      mailsPerSecond: Math.round((letters.length / seconds) * 10) / 10,
      ownCpuMsPerMail,
    };
  } finally {
    await system.stop();
  }
}

/** Every reply stands behind the mail that it answers; a repeat is the same mail, byte for byte. */
function lettersOf({ mails, repeats, replies }: Burst, word: string): readonly Letter[] {
  const random = seeded(20_261_124);
  const first = mails - replies;
  const letter = (n: number): Letter => ({
    from: `person${n}@example.org`,
    subject: `${word} ${n}`,
    text: `Hej, det här är ${word} ${n}. Vad gäller?\n`.repeat(between(random, 5, 60)),
    messageId: `${word.length}-${n}@example.org`,
  });
  const originals = Array.from({ length: first }, (_, n) => letter(n));
  const answers = originals.slice(0, replies).map(
    ({ from, subject, messageId }, n): Letter => ({
      from,
      subject: `Sv: ${subject}`,
      text: "En sak till.",
      messageId: `${word.length}-svar-${n}@example.org`,
      references: messageId ?? "",
    }),
  );
  const again = Array.from({ length: repeats }, () => originals[between(random, 0, first - 1)] ?? letter(0));
  return [...originals, ...answers, ...again];
}

async function post(system: System, letters: readonly Letter[]): Promise<void> {
  const sender = postman(system, 8);
  await Promise.all(letters.map((letter) => sender.post(letter)));
  sender.close();
}

/** Replies that are not in the case of the mail that they answer. */
async function misThreaded(system: System, replies: number): Promise<number> {
  const caseOf = new Map<string, string>();
  let from: Record<string, unknown> | undefined;
  do {
    const page = await system.clients.dynamodb.send(
      new ScanCommand({ TableName: system.assembly.output("CasesTable"), ExclusiveStartKey: from }),
    );
    for (const row of page.Items ?? []) {
      if (String(row["sk"]).startsWith("MESSAGE#")) caseOf.set(String(row["subject"]), String(row["pk"]));
    }
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  const numbers = Array.from({ length: replies }, (_, n) => n);
  return numbers.filter((n) => caseOf.get(`Sv: fråga ${n}`) !== caseOf.get(`fråga ${n}`)).length;
}

function ownCpuMs(system: System): number {
  return Object.keys(functions).reduce((sum, name) => sum + system.hostOf(name).cpuMs(), 0);
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10;
}
