import type { System } from "../../local/system.ts";
import { ask, change } from "../api-client.ts";
import { postman, usualVisibilitySeconds, withSystem } from "../bench-system.ts";
import { type Bench, between, type Figure, type ProvingCase } from "../case.ts";
import { invariants } from "../invariants.ts";
import { ownSystem } from "../own-system.ts";
import { redrive } from "../queues.ts";

/** Who is paused, and how many of them at the same time: the rest of the queue's concurrency does their work. */
const victims: Record<string, number> = {
  "email/receive-mail": 3,
  "cases/register-mail": 1,
  "email/send-mail": 3,
  "cases/apply-reply": 1,
};
/** Longer than a message stays hidden, and than another instance then takes. */
const pauseMs = usualVisibilitySeconds * 1000 + 1_500;
/** One call in eight is where a machine hangs. */
const chance = 1 / 8;
const walksAtATime = 8;
const amina = { sub: "amina" };

/** What a late writer does at once when it goes on belongs to the call in which it hung. */
const lateMs = 500;

type Zombie = {
  caller: string;
  instance: string;
  resumedAt: number | undefined;
  /** Others of its function wrote while it hung. */
  overtaken: boolean;
  /** What became of the first thing that it wrote afterwards. */
  late: "refused" | "written" | undefined;
};

/**
 * Instances hang in the middle of a call (SIGSTOP) until their messages have come again and others have done the work,
 * and then go on (SIGCONT). What they write then must be refused.
 */
export async function zombies(bench: Bench, pauses: number): Promise<Figure> {
  return await withSystem({ maxInstances: 6 }, async (system) => {
    const watched = pauseAtRandom(system, bench.random, pauses);
    const walks = await walkUntil(system, bench, () => watched.count() >= pauses);
    await watched.allResumed();
    await system.quiet();
    system.door.watch(undefined);
    // A message that hung with its holder more often than the queue hands it out was put aside: it is given back.
    const putBack = await redrive(system);
    await system.quiet();
    const found = await invariants(system);
    const answered = await answersOf(system, walks.answered);
    const { doubled, lost, faults, cases, acknowledged, notAcknowledged, unsettled } = found;
    const sums = watched.sums();
    const holds =
      watched.count() >= pauses &&
      // Where a machine hangs is drawn: a few may hang where nothing is left to write.
      (pauses < 20 || sums.fenced > 0) &&
      doubled === 0 &&
      lost === 0 &&
      faults.length === 0 &&
      cases === walks.mails &&
      acknowledged + notAcknowledged + unsettled === cases &&
      answered.once === walks.answered.length;
    return {
      holds,
      pauses: watched.count(),
      ...sums,
      byFunction: watched.byFunction(),
      mails: walks.mails,
      cases,
      acknowledged,
      // The third receive is taken for a mail that ends the parser: it is parked, and its sender is not written to.
      parkedUnreadable: found.unreadable,
      notAcknowledged,
      unsettled,
      answeredOnce: `${answered.once}/${walks.answered.length}`,
      putBack,
      doubles: doubled,
      lost,
      faults,
    };
  });
}

/** Pauses instances when AWS has done a call of theirs and they have not heard of it. */
function pauseAtRandom(system: System, random: () => number, pauses: number) {
  const zombies: Zombie[] = [];
  const running: Promise<void>[] = [];
  system.door.watch(({ caller, instance, service, operation, status }) => {
    const atMost = victims[caller];
    if (atMost === undefined) return "pass";
    if (service === "dynamodb" && operation === "TransactWriteItems")
      noteWrite(zombies, { caller, instance }, status === 200);
    const hanging = zombies.filter((one) => one.caller === caller && one.resumedAt === undefined).length;
    if (zombies.length >= pauses || hanging >= atMost || random() >= chance) return "pass";
    const zombie: Zombie = {
      caller,
      instance,
      resumedAt: undefined,
      overtaken: false,
      late: undefined,
    };
    zombies.push(zombie);
    system.hostOf(caller).pause(instance);
    running.push(
      new Promise((resolve) => setTimeout(resolve, pauseMs)).then(() => {
        zombie.resumedAt = performance.now();
        system.hostOf(caller).resume(instance);
      }),
    );
    return "pass";
  });
  return {
    count: () => zombies.length,
    allResumed: () => Promise.all(running),
    byFunction: () =>
      Object.fromEntries(
        Object.keys(victims).map((name) => [name, zombies.filter(({ caller }) => caller === name).length]),
      ),
    /** `overtaken`: others of the function wrote meanwhile. `fenced`: what the late one then wrote was refused. */
    sums: () => ({
      overtaken: zombies.filter(({ overtaken }) => overtaken).length,
      fenced: zombies.filter(({ late }) => late === "refused").length,
    }),
  };
}

function noteWrite(
  zombies: readonly Zombie[],
  { caller, instance }: { caller: string; instance: string },
  written: boolean,
): void {
  for (const one of zombies.filter((zombie) => zombie.caller === caller)) {
    const own = one.instance === instance;
    if (!own && written && one.resumedAt === undefined) one.overtaken = true;
    const justNow = one.resumedAt !== undefined && performance.now() - one.resumedAt < lateMs;
    if (own && justNow) one.late ??= written ? "written" : "refused";
  }
}

/** Mails come in, a unit's own system answers each citizen, until there were enough pauses. */
async function walkUntil(system: System, { random, say }: Bench, enough: () => boolean) {
  const post = postman(system, 4);
  const avfall = ownSystem(system, "avfall");
  const answered: string[] = [];
  let mails = 0;
  const worker = async (): Promise<void> => {
    while (!enough()) {
      mails += 1;
      const subject = `Fråga ${mails}`;
      if (mails % 50 === 0) say(`${mails} mails`);
      await post.post({ from: `person${mails}@example.org`, subject });
      const caseId = await caseOf(system, subject);
      if (caseId === undefined) continue;
      const { body: file } = await ask(system, `/cases/${caseId}`, amina);
      const asked = { unit: "avfall", text: "Vad gäller?", dueDate: "2036-12-01", access: "public" };
      const sent = await change(system, `/cases/${caseId}/assignments`, amina, {
        version: file.case.version,
        ...asked,
      });
      const taskId = sent.body.assignments?.[0]?.assignmentId;
      if (sent.status !== 200 || taskId === undefined) throw new Error(`not assigned: ${sent.status}`);
      const letter = await avfall.seal(taskId, `Dag ${between(random, 1, 28)}.`);
      await avfall.say({ reply: "answer", caseId, taskId, to: "citizen", letter });
      answered.push(caseId);
    }
  };
  await Promise.all(Array.from({ length: walksAtATime }, worker));
  post.close();
  return { mails, answered };
}

/** The case that a mail has become, as soon as an agent sees it; undefined for one that hangs too long, or was put aside. */
async function caseOf(system: System, subject: string): Promise<string | undefined> {
  for (let waitedMs = 0; waitedMs < 15_000; waitedMs += 100) {
    const { body } = await ask(system, "/cases/worklists/unassigned", amina);
    const found = (body.cases ?? []).find((one: { subject: string }) => one.subject === subject);
    if (found !== undefined) return found.caseId;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return undefined;
}

/** In how many cases the unit's answer was applied once and mailed at most once. */
async function answersOf(system: System, caseIds: readonly string[]) {
  let once = 0;
  for (const caseId of caseIds) {
    const { history, outgoing } = (await ask(system, `/cases/${caseId}`, amina)).body;
    const times = (type: string) => history.filter((one: { type: string }) => one.type === type).length;
    const mails = outgoing.filter((one: { kind: string }) => one.kind === "answer").length;
    if (times("AnswerGiven") === 1 && times("AssignmentAnswered") === 1 && mails <= 1) once += 1;
  }
  return { once };
}

export const r14: ProvingCase = {
  id: "R14",
  title: "instances hang past their messages' visibility and wake up late",
  run: (bench) => zombies(bench, 100),
};
