import { ask, change } from "../api-client.ts";
import { postman, withSystem } from "../bench-system.ts";
import type { Bench, Figure, ProvingCase } from "../case.ts";
import { everyCrashPoint } from "../crash-points.ts";
import { account } from "../intake.ts";
import { faultsOfMailWalk, type MailWalk, mailWalk } from "../mail-walk.ts";
import { ownSystem } from "../own-system.ts";
import { answerWithFile, faultsOfSentFiles } from "../sent-file.ts";

const amina = { sub: "amina" };
/** Every function that a mail, a click or a unit's reply sets in motion. */
const workers = [
  "email/receive-mail",
  "email/relay",
  "cases/register-mail",
  "cases/relay",
  "email/send-mail",
  "email/reconcile",
  "email/notify-unit",
  "cases/record-mail-status",
  "cases/apply-reply",
  "stats/project",
];

/** Those that what cannot wait, and what follows a transfer, set in motion besides. */
const workersOfMail = [
  "email/receive-mail",
  "cases/register-mail",
  "cases/relay",
  "email/send-mail",
  "email/notify-unit",
  "cases/record-mail-status",
];

async function run({ say }: Bench): Promise<Figure> {
  return await withSystem({ maxInstances: 1, visibilitySeconds: 1 }, async (system) => {
    const post = postman(system, 1);
    const points: Record<string, number> = {};
    const walked: string[] = [];
    for (const worker of workers) {
      points[worker] = await everyCrashPoint(system, worker, async (n) => {
        walked.push(await walk(`${worker} ${n}`));
      });
      say(`${worker}: ${points[worker]} crash points`);
    }
    const mailPoints: Record<string, number> = {};
    const mailWalks: MailWalk[] = [];
    for (const worker of workersOfMail) {
      mailPoints[worker] = await everyCrashPoint(system, worker, async (n) => {
        mailWalks.push(await mailWalk(post, system, `${worker} mejl ${n}`));
      });
      say(`${worker}: ${mailPoints[worker]} crash points of urgent mail and of what follows a transfer`);
    }
    post.close();
    const counted = await account(system, 0);
    const violations = [
      ...(await Promise.all(walked.map((caseId) => faultsOf(caseId)))).flat(),
      ...(await Promise.all(mailWalks.map((walk) => faultsOfMailWalk(system, walk)))).flat(),
      ...(counted.lost + counted.doubled > 0 ? ["a mail is lost or doubled"] : []),
      ...(counted.cases === walked.length + 2 * mailWalks.length ? [] : ["not one case per question"]),
      ...(await faultsOfSentFiles(system, walked)),
      ...(await miscounted(walked.length, 2 * mailWalks.length)),
    ];
    const sum = [...Object.values(points), ...Object.values(mailPoints)].reduce((total, n) => total + n, 0);
    return {
      holds: violations.length === 0,
      points,
      mailPoints,
      sum,
      walks: walked.length + mailWalks.length,
      violations,
    };

    /** A mail comes, is given to a unit of each kind, is answered with a file, and one of the units answers the citizen itself. */
    async function walk(name: string): Promise<string> {
      const subject = name;
      const from = `${name.replaceAll(/[^a-z0-9]/g, "-")}@example.org`;
      await post.post({ from, subject });
      await system.quiet();
      const { cases } = (await ask(system, "/cases/worklists/unassigned", amina)).body;
      const found = cases.find((one: { subject: string }) => one.subject === subject);
      if (found === undefined) throw new Error(`${name}: no case`);
      const { caseId } = found;
      for (const unit of ["bygglov", "avfall"]) {
        const { case: current } = (await ask(system, `/cases/${caseId}`, amina)).body;
        const content = {
          version: current.version,
          unit,
          text: "Vad gäller?",
          dueDate: "2036-12-01",
          access: "public",
        };
        await change(system, `/cases/${caseId}/assignments`, amina, content);
      }
      const content = Buffer.from(`%PDF-1.7 ${name}`);
      await answerWithFile(system, caseId, { name: "karta.pdf", content, text: "Så länge." });
      const { assignments } = (await ask(system, `/cases/${caseId}`, amina)).body;
      const { assignmentId: taskId } = assignments.find((one: { unit: string }) => one.unit === "avfall");
      const avfall = ownSystem(system, "avfall");
      const letter = await avfall.seal(taskId, "I morgon.");
      await avfall.reply({ reply: "answer", caseId, taskId, to: "citizen", letter });
      return caseId;
    }

    async function faultsOf(caseId: string): Promise<string[]> {
      const { history, outgoing } = (await ask(system, `/cases/${caseId}`, amina)).body;
      const types = history.map((one: { type: string }) => one.type);
      const expected = { CaseOpened: 1, AssignmentAnswered: 1, AnswerGiven: 2 };
      const wrong = Object.entries(expected).filter(
        ([type, times]) => types.filter((one: string) => one === type).length !== times,
      );
      const kinds = outgoing.map((one: { kind: string }) => one.kind);
      const atMost = { acknowledgement: 1, answer: 2 };
      const often = Object.entries(atMost).filter(
        ([kind, times]) => kinds.filter((one: string) => one === kind).length > times,
      );
      return [
        ...wrong.map(([type, times]) => `${caseId}: ${type} not ${times} times`),
        ...often.map(([kind, times]) => `${caseId}: ${kind} more than ${times} times`),
      ];
    }

    async function miscounted(walks: number, others: number): Promise<string[]> {
      const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" }).format(new Date());
      const { figures } = (await ask(system, `/stats/days?from=${day}&to=${day}`, { sub: "chef" })).body
        .days[0];
      return figures.opened === walks + others && figures.answers === 2 * walks
        ? []
        : ["the figures are not a recount"];
    }
  });
}

export const crashPoints: ProvingCase = {
  id: "R07",
  title: "each function killed (SIGKILL) after each of its calls",
  run,
};
