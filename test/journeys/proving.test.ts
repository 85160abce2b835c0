import { expect, test } from "vitest";
import { type Bench, type Figure, seeded } from "../../provbank/case.ts";
import { poison } from "../../provbank/cases/r12-poison.ts";
import { zombies } from "../../provbank/cases/r14-zombies.ts";
import { anyOrder } from "../../provbank/cases/r15-order.ts";
import { badRecord } from "../../provbank/cases/r16-bad-record.ts";
import { faultyTable } from "../../provbank/cases/r19-faulty-table.ts";
import { atTheCounter } from "../../provbank/cases/r22-numbers.ts";
import { unitUnreachable } from "../../provbank/cases/r24-unit-unreachable.ts";
import { sesLimits } from "../../provbank/cases/r26-ses-limits.ts";
import { hostileHtml, somePayloads } from "../../provbank/cases/r43-hostile-html.ts";
import { hostileFiles } from "../../provbank/cases/r45-hostile-files.ts";

/** The proving ground's own cases with small numbers: `npm run provbank` runs them with all of theirs. */
const small: [string, (bench: Bench) => Promise<Figure>][] = [
  [
    "R12 poison in a batch, a mail that ends the parser",
    (bench) => poison(bench, { batches: 2, killers: 1 }),
  ],
  ["R14 instances that wake up late", (bench) => zombies(bench, 3)],
  ["R15 threads in any order", (bench) => anyOrder(bench, 20)],
  ["R16 a bad record first, others twice", (bench) => badRecord(bench, 10)],
  ["R19 three in ten calls fail", (bench) => faultyTable(bench, 4)],
  ["R22 numbers at the counter", (bench) => atTheCounter(bench, { registrations: 40, atATime: 8 })],
  ["R43 hostile HTML in the console", (bench) => hostileHtml(bench, somePayloads)],
  ["R45 hostile files", (bench) => hostileFiles(bench)],
  ["R24 a unit out of reach", (bench) => unitUnreachable(bench, { warmUp: 0, perPhase: 3, slackMs: 3_000 })],
  ["R26 SES says no in four ways", (bench) => sesLimits(bench, { mails: 32, perSecond: 1 })],
];

test.each(small)("%s", async (_title, run) => {
  const figure = await run({ random: seeded(1), say: () => undefined });
  expect(figure.holds, JSON.stringify(figure)).toBe(true);
});
