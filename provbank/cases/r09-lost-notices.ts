import { deadLetters, postman, withSystem } from "../bench-system.ts";
import { type Bench, type Figure, type ProvingCase, shuffled } from "../case.ts";
import { account } from "../intake.ts";

const mails = 1_000;
const dropped = 100;
/** What the sweeper waits before it takes a mail for left behind, and a little more. */
const laterMs = 11 * 60_000;

/** SES's notices of some mails never come. The sweeper finds the mails in the inbox, and each becomes a case. */
async function lostNotices({ random, say }: Bench, count: number, without: number): Promise<Figure> {
  const gone = new Set(
    shuffled(
      random,
      Array.from({ length: count }, (_, n) => n),
    ).slice(0, without),
  );
  process.env["CLOCK_OFFSET_MS"] = String(laterMs);
  try {
    return await withSystem(
      { functionsAs: "threads", maxInstances: 4, visibilitySeconds: 30 },
      async (system) => {
        let sent = 0;
        system.smtp.noticesPerMail(() => (gone.has(sent++) ? 0 : 1));
        const post = postman(system, 1);
        for (let n = 0; n < count; n += 1) {
          await post.post({ from: `person${n}@example.org`, subject: `Fråga ${n}` });
          if (n % 250 === 249) say(`${n + 1} of ${count} sent`);
        }
        post.close();
        await system.quiet();
        const before = await account(system, 0);
        const started = performance.now();
        await system.hostOf("email/sweep").invoke({});
        await system.quiet();
        const healSeconds = Math.round((performance.now() - started) / 100) / 10;
        const { cases, lost, doubled, acknowledged } = await account(system, healSeconds);
        const putAside = await deadLetters(system);
        return {
          holds:
            before.cases === count - without &&
            cases === count &&
            lost === 0 &&
            doubled === 0 &&
            putAside === 0,
          mails: count,
          droppedNotices: without,
          casesBeforeTheSweep: before.cases,
          cases,
          // A swept mail has no verdicts: nobody vouches for its sender, and nothing automatic is sent to it.
          acknowledged,
          lost,
          doubled,
          deadLetters: putAside,
          healSeconds,
        };
      },
    );
  } finally {
    delete process.env["CLOCK_OFFSET_MS"];
  }
}

export const r09: ProvingCase = {
  id: "R09",
  title: "one notice in ten never comes",
  run: (bench) => lostNotices(bench, mails, dropped),
};
