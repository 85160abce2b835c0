import type { Fault } from "../../local/door.ts";
import type { System } from "../../local/system.ts";
import { persist, unassigned } from "../agents.ts";
import { postman, withSystem } from "../bench-system.ts";
import { type Bench, between, type Figure, type ProvingCase } from "../case.ts";
import { invariants, percentile, rowsOf } from "../invariants.ts";
import { redrive } from "../queues.ts";
import { inParallel } from "../registrations.ts";

const faultyPart = 0.3;
/** Given up when so long nothing has been answered: how long all of it takes is the machine's. */
const standstillMs = 60_000;
const faults = ["throttled", "conflict", "server-error", "reset", "reset-after"] as const satisfies Fault[];
const writes = /^(Put|Update|Delete|TransactWrite)/;

/**
 * Three in ten calls of the tables fail, each way as often, while mails come in and agents answer them. Afterwards what
 * was put aside is put back; then nothing may be lost, doubled or half done.
 */
export async function faultyTable(bench: Bench, mails: number): Promise<Figure> {
  return await withSystem({ functionsAs: "threads", maxInstances: 3 }, async (system) => {
    const calls = failAtRandom(system, bench.random);
    const closed = await mailsAndAnswers(system, bench, mails);
    await system.quiet();
    system.door.inject(undefined);
    bench.say(`${calls.asked()} calls, ${calls.failed()} of them failed; now without faults`);
    const putBack = await redrive(system);
    await system.quiet();
    const found = await invariants(system);
    const answers = await answersIn(system);
    const tries = calls.tries();
    const { cases, handled, lost, doubled, acknowledged, notAcknowledged, unsettled } = found;
    const holds =
      calls.failed() > 0.2 * calls.asked() &&
      cases === mails &&
      handled === mails &&
      lost === 0 &&
      doubled === 0 &&
      closed === mails &&
      answers.given === mails &&
      // Of a mail that is not surely sent the claim stands, and the sweeper calls it uncertain.
      acknowledged + answers.sent + notAcknowledged + unsettled === 2 * mails &&
      found.faults.length === 0;
    return {
      holds,
      mails,
      operations: tries.length,
      calls: calls.asked(),
      failed: calls.failed(),
      byFault: calls.byFault(),
      callsPerOperationP50: percentile(tries, 0.5),
      callsPerOperationP99: percentile(tries, 0.99),
      callsPerOperationMost: percentile(tries, 1),
      putAsideAndBack: Object.values(putBack).reduce((sum, count) => sum + count, 0),
      putBack,
      cases,
      answers: answers.given,
      acknowledged,
      notAcknowledged,
      answersSent: answers.sent,
      unsettled,
      lost,
      doubled,
      partial: found.faults.length,
      faults: found.faults.slice(0, 5),
    };
  });
}

/** Fails calls of the tables, and counts how often each operation is tried. */
function failAtRandom(system: System, random: () => number) {
  const byFault: Record<string, number> = {};
  const tries = new Map<string, number>();
  let asked = 0;
  system.door.inject(({ caller, service, operation, invocation, body }) => {
    if (service !== "dynamodb") return undefined;
    asked += 1;
    // A transaction that met a conflict is tried again as a new call of the SDK, with the same content.
    const content = operation === "TransactWriteItems" ? withoutToken(body) : invocation;
    const operationTried = `${caller} ${operation} ${content}`;
    tries.set(operationTried, (tries.get(operationTried) ?? 0) + 1);
    if (random() >= faultyPart) return undefined;
    const drawn = faults[between(random, 0, faults.length - 1)] ?? "throttled";
    const fault = drawn === "conflict" && !writes.test(operation) ? "throttled" : drawn;
    byFault[fault] = (byFault[fault] ?? 0) + 1;
    return fault;
  });
  return {
    asked: () => asked,
    failed: () => Object.values(byFault).reduce((sum, count) => sum + count, 0),
    byFault: () => byFault,
    tries: () => [...tries.values()],
  };
}

function withoutToken(body: string): string {
  return body.replace(/"ClientRequestToken":"[^"]*",?/, "");
}

/** Agents answer and close what comes in, until all of it is closed. */
async function mailsAndAnswers(system: System, { say }: Bench, mails: number): Promise<number> {
  const post = postman(system, 4);
  const numbers = Array.from({ length: mails }, (_, n) => n);
  const posting = inParallel(numbers, 4, async (n) => {
    await post.post({ from: `person${n}@example.org`, subject: `Fråga ${n}` });
  });
  const closed = new Set<string>();
  let answeredAt = performance.now();
  // What was put aside is not seen before it is put back.
  while (closed.size < mails && performance.now() - answeredAt < standstillMs) {
    const listed = (await unassigned(system)).filter(({ caseId }) => !closed.has(caseId));
    await inParallel(listed, 4, async ({ caseId }) => {
      await persist(
        system,
        caseId,
        "answer",
        { text: "Vi ordnar det.", close: true },
        (file) => file.case.status === "closed",
      );
      closed.add(caseId);
      answeredAt = performance.now();
      if (closed.size % 50 === 0) say(`${closed.size} of ${mails} answered`);
    });
    if (listed.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      if (system.backlog() === 0) await redrive(system);
    }
  }
  await posting;
  post.close();
  return closed.size;
}

async function answersIn(system: System): Promise<{ given: number; sent: number }> {
  const events = (await rowsOf(system, "CasesTable")).map((row) => row["event"]);
  const given = events.filter((event) => (event as { type?: string } | undefined)?.type === "AnswerGiven");
  const sent = system.sent().filter(({ tags }) => tags["outbox"]?.startsWith("answer-"));
  return { given: given.length, sent: sent.length };
}

export const r19: ProvingCase = {
  id: "R19",
  title: "three in ten calls of the tables fail",
  run: (bench) => faultyTable(bench, 300),
};
