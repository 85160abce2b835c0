import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { type Bench, type Figure, seeded } from "../../provbank/case.ts";
import { twoDeliveries } from "../../provbank/cases/r04-two-deliveries.ts";
import { lateDuplicates } from "../../provbank/cases/r06-late-duplicate.ts";
import { arrivals } from "../../provbank/cases/r10-arrival.ts";
import { sizes } from "../../provbank/cases/r11-sizes.ts";
import { echoing, exchangesHold } from "../../provbank/cases/r28-loops.ts";
import { headerVariants } from "../../provbank/cases/r30-header-variants.ts";
import { backscatter } from "../../provbank/cases/r31-backscatter.ts";
import { guesses } from "../../provbank/cases/r33-guesses.ts";
import { recipientGames } from "../../provbank/cases/r35-recipient-games.ts";
import { forgedFields } from "../../provbank/cases/r36-forged-fields.ts";
import { realMail } from "../../provbank/cases/r38-real-mail.ts";
import { hostileMails } from "../../provbank/cases/r39-hostile.ts";
import { type FormName, swedishLetters } from "../../provbank/cases/r41-swedish-letters.ts";
import { startTestSystem } from "../system.ts";

type Case = [string, (system: System, bench: Bench) => Promise<Figure>];

const bench = (): Bench => ({ random: seeded(1), say: () => undefined });

/** The proving ground's cases of the mail door with small numbers; the first asks for a system where nothing has happened. */
const together: Case[] = [
  ["R06 everything again thirteen days later", (system, given) => lateDuplicates(system, given, 3)],
  ["R04 every mail delivered twice", (system, given) => twoDeliveries(system, given, 6)],
  ["R10 when a mail arrived", (system, given) => arrivals(system, given, 1)],
  ["R30 forms of people and machines", headerVariants],
  [
    "R31 mails in the name of victims",
    (system, given) => backscatter(system, given, { mails: 200, victims: 3, throughSmtp: 16 }),
  ],
  [
    "R33 guesses at other people's cases",
    (system, given) => guesses(system, given, { guesses: 500, targets: 5, throughSmtp: 10, targetsThere: 1 }),
  ],
  [
    "R35 answers that should go elsewhere",
    (system, given) => recipientGames(system, given, { mails: 20, answersEach: 1 }),
  ],
  ["R36 forged header lines", forgedFields],
  ["R38 real mail", (system, given) => realMail(system, given, { throughSmtp: 10, mutations: 400 })],
];

describe("on one system, one after the other", () => {
  let system: System;
  beforeAll(async () => {
    system = await startTestSystem();
  });
  afterAll(async () => {
    await system.stop();
  });

  test.each(together)("%s", async (_title, run) => {
    const figure = await run(system, bench());
    expect(figure.holds, JSON.stringify(figure)).toBe(true);
  });

  test("R28 servers that answer every mail", async () => {
    const exchanges = await echoing(system, bench());
    expect(exchanges.length).toBeGreaterThan(9);
    expect({ holds: exchangesHold(exchanges), exchanges }).toMatchObject({ holds: true });
  });
});

describe("in a process of its own, whose memory is measured", () => {
  let system: System;
  beforeAll(async () => {
    system = await startTestSystem({ functionsAs: "processes", maxInstances: 1 });
  });
  afterAll(async () => {
    await system.stop();
  });

  test("R11 every fifth size up to 16 MB", async () => {
    expect(await sizes(system, bench(), 5)).toMatchObject({ holds: true });
  });

  test("R39 mails made to stop a parser", async () => {
    const names = [
      "50 000 recipients",
      "5 000 parts within parts",
      "20 000 parameters in a field",
      "a header of 5 MB",
    ];
    expect(await hostileMails(system, bench(), names)).toMatchObject({ holds: true, mails: names.length });
  });
});

test("R41 Swedish letters in the forms that are common", async () => {
  const common: FormName[] = [
    "utf8",
    "utf8Base64",
    "latin1",
    "latin9",
    "cp1252",
    "cp1252AsLatin1",
    "rawUtf8",
  ];
  expect(await swedishLetters(bench(), common)).toMatchObject({ holds: true, forms: common.length });
});
