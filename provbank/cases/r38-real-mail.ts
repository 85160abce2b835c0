import { readFileSync } from "node:fs";
import { mailLetterSchema } from "#services/email/events.ts";
import type { System } from "../../local/system.ts";
import { deadLetters, withSystem } from "../bench-system.ts";
import { type Bench, between, type Figure, type ProvingCase, shuffled } from "../case.ts";
import { account, sendAll } from "../intake.ts";
import { percentile } from "../invariants.ts";
import { letterIn } from "../letters.ts";
import { realMails } from "../real-mails.ts";

const allowedMs = 10_000;

type Size = { throughSmtp: number; mutations: number };

/** Real mail as it came, through the whole system; and the same mail damaged, through what reads it. */
export async function realMail(system: System, bench: Bench, size: Size): Promise<Figure> {
  const files = realMails();
  const mutated = await damaged(files, bench, size.mutations);
  const sent = shuffled(bench.random, files).slice(0, size.throughSmtp);
  bench.say(`${size.mutations} damaged mails read; ${sent.length} go through SMTP`);
  const before = system.smtp.ledger.accepted().length;
  await sendAll(system, sent);
  await system.quiet();
  const { accepted, handled, lost, doubled, unreadable, seconds: _seconds } = await account(system, 0);
  const aside = await deadLetters(system);
  return {
    holds:
      mutated.crashed === 0 &&
      mutated.tooSlow === 0 &&
      mutated.misshapen === 0 &&
      mutated.read > 0 &&
      accepted - before === sent.length &&
      handled === accepted &&
      lost === 0 &&
      doubled === 0 &&
      aside === 0,
    set: files.length,
    throughSmtp: sent.length,
    sameBytesInTheArchive: `${handled}/${accepted}`,
    lost,
    doubled,
    unreadable,
    deadLetters: aside,
    mutations: mutated,
  };
}

/** Reads each damaged mail as the function does, and measures how long that takes. */
async function damaged(files: readonly string[], { random, say }: Bench, count: number) {
  const times: number[] = [];
  let crashed = 0;
  let misshapen = 0;
  let unreadable = 0;
  const any = () => readFileSync(files[between(random, 0, files.length - 1)] ?? "");
  for (let n = 0; n < count; n += 1) {
    const raw = mutations[n % mutations.length]?.(any(), random, any) ?? Buffer.alloc(0);
    const started = performance.now();
    try {
      const letter = await letterIn(raw);
      times.push(performance.now() - started);
      if (!mailLetterSchema.safeParse(letter).success) misshapen += 1;
      if (letter.unreadable !== null) unreadable += 1;
    } catch {
      crashed += 1;
    }
    if (n % 5_000 === 4_999) say(`${n + 1} of ${count} damaged mails read`);
  }
  const ms = (part: number) => Math.round(percentile(times, part) * 10) / 10;
  return {
    count,
    read: times.length - unreadable,
    unreadable,
    crashed,
    misshapen,
    tooSlow: times.filter((time) => time > allowedMs).length,
    msP50: ms(0.5),
    msP99: ms(0.99),
    msMost: ms(1),
  };
}

type Mutation = (raw: Buffer, random: () => number, any: () => Buffer) => Buffer;

const place = (raw: Buffer, random: () => number) => between(random, 0, Math.max(raw.length - 1, 0));

/** Bits turned, the end or the beginning gone, two mails in one, line ends of every kind, parts repeated. */
const mutations: readonly Mutation[] = [
  (raw, random) => {
    const copy = Buffer.from(raw);
    for (let flips = between(random, 1, 100); flips > 0; flips -= 1) {
      const at = place(copy, random);
      copy[at] = (copy[at] ?? 0) ^ (1 << between(random, 0, 7));
    }
    return copy;
  },
  (raw, random) => {
    const copy = Buffer.from(raw);
    // In the header, where a bit decides more.
    const header = Math.max(copy.indexOf("\n\n"), 100);
    for (let flips = between(random, 1, 20); flips > 0; flips -= 1) {
      const at = between(random, 0, Math.min(header, copy.length - 1));
      copy[at] = between(random, 0, 255);
    }
    return copy;
  },
  (raw, random) => raw.subarray(0, place(raw, random)),
  (raw, random) => raw.subarray(place(raw, random)),
  (raw, random, any) => {
    const other = any();
    return Buffer.concat([raw.subarray(0, place(raw, random)), other.subarray(place(other, random))]);
  },
  (raw, random) => {
    const ends = ["\r\n", "\n", "\r", "\n\r", "\r\r\n", "\u0000\n"];
    return Buffer.from(
      raw.toString("latin1").replace(/\r?\n/g, () => ends[between(random, 0, ends.length - 1)] ?? "\n"),
      "latin1",
    );
  },
  (raw, random) => {
    const from = place(raw, random);
    const part = raw.subarray(from, from + between(random, 1, 2_000));
    const times = between(random, 2, 50);
    return Buffer.concat([
      raw.subarray(0, from),
      ...Array.from({ length: times }, () => part),
      raw.subarray(from),
    ]);
  },
  (raw, random) => {
    const lines = raw.toString("latin1").split("\n");
    return Buffer.from(
      lines
        .filter(() => random() > 0.1)
        .map((line) => (random() < 0.02 ? ` ${line}` : line))
        .join("\n"),
      "latin1",
    );
  },
];

export const r38: ProvingCase = {
  id: "R38",
  title: "6 046 real mails, and 20 000 damaged ones",
  run: (bench) =>
    withSystem({ functionsAs: "threads", maxInstances: 4, visibilitySeconds: 60, hurry: false }, (system) =>
      realMail(system, bench, { throughSmtp: 6_046, mutations: 20_000 }),
    ),
};
