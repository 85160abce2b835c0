import { deadLetters, postman, withSystem } from "../bench-system.ts";
import { type Bench, between, type Figure, type ProvingCase } from "../case.ts";
import { account } from "../intake.ts";

const mails = 2_000;

/** Every notice of a mail is published one to five times within the same moment, to four instances of each function. */
async function storm({ random, say }: Bench, count: number): Promise<Figure> {
  return await withSystem(
    { maxInstances: 4, functionsAs: "threads", visibilitySeconds: 30, hurry: false },
    async (system) => {
      let notices = 0;
      system.smtp.noticesPerMail(() => {
        const times = between(random, 1, 5);
        notices += times;
        return times;
      });
      const post = postman(system, 8);
      const left = Array.from({ length: count }, (_, n) => n);
      const next = async (): Promise<void> => {
        for (let n = left.shift(); n !== undefined; n = left.shift()) {
          await post.post({ from: `person${n}@example.org`, subject: `Fråga ${n}` });
          if (n % 500 === 499) say(`${n + 1} of ${count} sent`);
        }
      };
      await Promise.all(Array.from({ length: 8 }, next));
      post.close();
      await system.quiet();
      const { cases, lost, doubled, acknowledged } = await account(system, 0);
      const putAside = await deadLetters(system);
      const holds =
        cases === count && lost === 0 && doubled === 0 && acknowledged === count && putAside === 0;
      return { holds, mails: count, notices, cases, acknowledged, lost, doubled, deadLetters: putAside };
    },
  );
}

export const r02: ProvingCase = {
  id: "R02",
  title: "every notice one to five times at once, to four instances",
  run: (bench) => storm(bench, mails),
};
