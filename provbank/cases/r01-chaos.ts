import type { System } from "../../local/system.ts";
import { deadLetters, postman, withSystem } from "../bench-system.ts";
import { type Bench, between, type Figure, type ProvingCase, shuffled } from "../case.ts";
import { account } from "../intake.ts";

const deliveries = 10_000;
/** One in twenty-one deliveries is of a mail that was sent before: 476 of 10 000. */
const mails = 9_524;

type Chaos = { mails: number; deliveries: number };

/**
 * Mails come in while functions are killed, one host every one to five seconds; some mails come twice. What must hold
 * afterwards: each mail one case and at most one acknowledgement, nothing lost, nothing left in a dead-letter queue.
 */
async function chaos({ random, say }: Bench, size: Chaos): Promise<Figure> {
  return await withSystem({ maxInstances: 2, visibilitySeconds: 15, hurry: false }, async (system) => {
    const started = performance.now();
    const killer = startKiller(system, random);
    const all = shuffled(random, [
      ...Array.from({ length: size.mails }, (_, n) => n),
      ...Array.from({ length: size.deliveries - size.mails }, () => between(random, 0, size.mails - 1)),
    ]);
    const sentAt = await postAll(system, all, say);
    await settled(system, say);
    const kills = killer.stop();
    await system.quiet();
    const seconds = (performance.now() - started) / 1000;
    const counted = await account(system, seconds);
    const putAside = await deadLetters(system);
    const { accepted, cases, lost, doubled, acknowledged, handled } = counted;
    const holds =
      lost === 0 && doubled === 0 && cases === size.mails && accepted === size.deliveries && putAside === 0;
    return {
      holds,
      accepted,
      handled,
      mails: size.mails,
      cases,
      lost,
      doubled,
      acknowledged,
      deadLetters: putAside,
      kills,
      mailsPerSecond: Math.round((accepted / seconds) * 10) / 10,
      sentAt,
    };
  });
}

/** Every function that a mail sets in motion. */
const workers = [
  "email/receive-mail",
  "email/relay",
  "cases/register-mail",
  "cases/relay",
  "email/send-mail",
  "email/reconcile",
  "cases/record-mail-status",
  "stats/project",
];

/** Kills the hosts of one function after another, at random, until it is stopped. */
function startKiller(system: System, random: () => number) {
  let kills = 0;
  let timer: NodeJS.Timeout;
  const next = (): void => {
    timer = setTimeout(
      () => {
        const worker = workers[between(random, 0, workers.length - 1)];
        if (worker !== undefined) system.hostOf(worker).kill();
        kills += 1;
        next();
      },
      between(random, 1000, 5000),
    );
  };
  next();
  return {
    stop(): number {
      clearTimeout(timer);
      return kills;
    },
  };
}

async function postAll(system: System, order: readonly number[], say: Bench["say"]): Promise<string> {
  const post = postman(system, 8);
  const left = [...order];
  let sent = 0;
  const started = performance.now();
  const next = async (): Promise<void> => {
    for (let n = left.shift(); n !== undefined; n = left.shift()) {
      await post.post({
        from: `person${n}@example.org`,
        subject: `Fråga ${n}`,
        text: `Hej, det här är fråga ${n}.\n`.repeat(1 + (n % 40)),
        messageId: `fraga-${n}@example.org`,
      });
      sent += 1;
      if (sent % 1000 === 0) say(`${sent} of ${order.length} sent`);
      // Not faster than it is handled: otherwise only the queues grow.
      while (sent % 20 === 0 && system.backlog() > 400)
        await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  await Promise.all(Array.from({ length: 8 }, next));
  post.close();
  return `${Math.round((performance.now() - started) / 1000)} s`;
}

async function settled(system: System, say: Bench["say"]): Promise<void> {
  for (let left = system.backlog(); left > 0; left = system.backlog()) {
    say(`${left} messages left`);
    await new Promise((resolve) => setTimeout(resolve, 5000));
  }
}

export const r01: ProvingCase = {
  id: "R01",
  title: "10 000 deliveries, 476 of them repeats, while functions are killed at random",
  run: (bench) => chaos(bench, { mails, deliveries }),
};
