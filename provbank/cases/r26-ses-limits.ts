import type { SesFault } from "../../local/fronts/ses.ts";
import type { System } from "../../local/system.ts";
import { persist, show } from "../agents.ts";
import { answersFirst } from "../answers-first.ts";
import { ask } from "../api-client.ts";
import { postman, withSystem } from "../bench-system.ts";
import { type Bench, type Figure, type ProvingCase, shuffled } from "../case.ts";
import { invariants, percentile, rowsOf } from "../invariants.ts";
import { inParallel } from "../registrations.ts";

/** How many mails, and at which rate SES takes them. */
type Size = { mails: number; perSecond: number };
/** From so many on, what is told of them is gathered into batches as deployed: less work, and some seconds more to wait. */
const manyMails = 1_000;
/** Every so manieth case is answered as soon as it is there. */
const answerEvery = 5;
/** How long after all has been in somebody's hands what waits is brought again: as deployed a minute. Time is not what is tried. */
const sweepMs = 2_000;
/** And while nothing goes out at all. */
const standstillSweepMs = 20_000;

/** What SES says in each quarter of the run. The rate holds in all of them. */
const quarters = ["rate", "too-many", "quota", "paused"] as const;
type Quarter = (typeof quarters)[number];
/** In these nothing goes out at all. */
const standstills: readonly Quarter[] = ["quota", "paused"];

/**
 * SES takes so many mails a second and no more, says "too many requests" to every second one, has used up its day, pauses the
 * account. Everything is sent afterwards, once; no acknowledgement goes while an answer waits; what waits says so.
 */
export async function sesLimits(bench: Bench, { mails, perSecond }: Size): Promise<Figure> {
  return await withSystem(
    { functionsAs: "threads", maxInstances: 8, visibilitySeconds: 30, hurry: mails < manyMails },
    async (system) => {
      const ses = playSes(system, perSecond);
      const { opened, order } = listen(system);
      const sweeper = startSweeper(system, ses);
      const answered = new Set<string>();
      const visible: Record<string, boolean> = {};
      const started = performance.now();
      for (const [place, quarter] of quarters.entries()) {
        ses.now(quarter);
        const before = system.sent().length;
        const count = Math.ceil(mails / quarters.length);
        await quarterOf(system, bench, { quarter, count, answered, opened });
        if (standstills.includes(quarter)) {
          await untilHandled(system);
          visible[quarter] = system.sent().length === before && (await saysThatItWaits(system));
        }
        bench.say(`${quarter}: ${system.sent().length} sent so far, ${place + 1} of ${quarters.length}`);
      }
      ses.now("rate");
      for (;;) {
        const looked = performance.now();
        const left = await waiting(system);
        if (left === 0) break;
        bench.say(`${left} wait`);
        await pause(Math.max(sweepMs, 9 * (performance.now() - looked)));
      }
      await sweeper.stop();
      await system.quiet();
      const seconds = (performance.now() - started) / 1000;
      system.door.watch(undefined);
      system.door.inject(undefined);
      return await figureOf(system, {
        answered: answered.size,
        visible,
        order,
        refused: ses.refused(),
        seconds,
      });
    },
  );
}

/** Judges each call of SES by the quarter that it is, and by how many it took in the last second. */
function playSes(system: System, perSecond: number) {
  let quarter: Quarter = "rate";
  let calls = 0;
  let taken: number[] = [];
  const refused: Record<string, number> = {};
  const judged = (): SesFault | undefined => {
    calls += 1;
    if (quarter === "quota") return { code: "Throttling", message: "Daily message quota exceeded." };
    if (quarter === "paused") return { code: "AccountSendingPausedException" };
    if (quarter === "too-many" && calls % 2 === 0) return { code: "TooManyRequestsException" };
    const now = performance.now();
    taken = taken.filter((at) => now - at < 1000);
    if (taken.length >= perSecond) return { code: "Throttling", message: "Maximum sending rate exceeded." };
    taken.push(now);
    return undefined;
  };
  system.ses.refuseWhile(() => {
    const fault = judged();
    if (fault !== undefined) refused[quarter] = (refused[quarter] ?? 0) + 1;
    return fault;
  });
  return {
    now: (next: Quarter) => {
      quarter = next;
    },
    standsStill: () => standstills.includes(quarter),
    refused: () => refused,
  };
}

/** The case that a transaction opens, by its subject; undefined for any other transaction. */
function openedBy(body: string): { subject: string; caseId: string } | undefined {
  type Written = { Put?: { Item?: Record<string, { S?: string }> } };
  const items: Written[] = JSON.parse(body).TransactItems ?? [];
  const row = items.find(({ Put }) => Put?.Item?.["sk"]?.S === "CASE")?.Put?.Item;
  const [subject, caseId] = [row?.["subject"]?.S, row?.["caseId"]?.S];
  return subject === undefined || caseId === undefined ? undefined : { subject, caseId };
}

/** Listens at the door: which cases are about to be opened, by subject, and whether answers go before acknowledgements. */
function listen(system: System) {
  const opened = new Map<string, string>();
  const order = answersFirst();
  const sender = "email/send-mail";
  system.door.inject((call) => {
    if (call.caller === "cases/register-mail" && call.operation === "TransactWriteItems") {
      const found = openedBy(call.body);
      if (found !== undefined) opened.set(found.subject, found.caseId);
    }
    if (call.caller === sender) order.asked(call);
    return undefined;
  });
  system.door.watch((call) => {
    if (call.caller === sender) order.told(call);
    return "pass";
  });
  return { opened: opened as ReadonlyMap<string, string>, order };
}

function startSweeper(system: System, ses: ReturnType<typeof playSes>) {
  let stopped = false;
  const running = (async () => {
    while (!stopped) {
      await untilHandled(system);
      await pause(sweepMs);
      const until = performance.now() + standstillSweepMs;
      while (!stopped && ses.standsStill() && performance.now() < until) await pause(sweepMs);
      await system.hostOf("email/sweep-outbox").invoke({});
    }
  })();
  return {
    async stop() {
      stopped = true;
      await running;
    },
  };
}

/** Mails come in, and some of their cases are answered while others are still being acknowledged. */
async function quarterOf(
  system: System,
  { random }: Bench,
  {
    quarter,
    count,
    answered,
    opened,
  }: { quarter: Quarter; count: number; answered: Set<string>; opened: ReadonlyMap<string, string> },
): Promise<void> {
  const post = postman(system, 4);
  const letters = Array.from({ length: count }, (_, n) => ({
    from: `${quarter}-${n}@example.org`,
    subject: `${quarter} ${n}`,
  }));
  const toAnswer = new Set(
    shuffled(random, letters)
      .filter((_, n) => n % answerEvery === 0)
      .map(({ subject }) => subject),
  );
  const posting = inParallel(letters, 4, (letter) => post.post(letter));
  while (toAnswer.size > 0) {
    for (const subject of [...toAnswer]) {
      const caseId = opened.get(subject);
      if (caseId === undefined || !(await isThere(system, caseId))) continue;
      toAnswer.delete(subject);
      const isAnswered = ({ history }: { history: { type: string }[] }) =>
        history.some(({ type }) => type === "AnswerGiven");
      await persist(system, caseId, "answer", { text: "Det är gjort.", close: false }, isAnswered);
      answered.add(caseId);
    }
    await pause(200);
  }
  await posting;
  post.close();
  await untilHandled(system);
}

async function isThere(system: System, caseId: string): Promise<boolean> {
  return (await ask(system, `/cases/${caseId}`, { sub: "amina" })).status === 200;
}

/** Until every message has been in somebody's hands; the sweeper goes on bringing what waits. */
async function untilHandled(system: System): Promise<void> {
  while (system.backlog() > 0) await pause(100);
}

type Outgoing = Record<string, unknown>;

async function outbox(system: System): Promise<readonly Outgoing[]> {
  return (await rowsOf(system, "EmailTable")).filter(({ rowType }) => rowType === "outbox");
}

/** What waits, by the sparse index of mails that are not settled: the table itself has ten rows of each mail. */
async function waiting(system: System): Promise<number> {
  const unsettled = await rowsOf(system, "EmailTable", "claims");
  const left = unsettled.filter(({ claims }) => String(claims).includes("#QUEUED#"));
  return left.length + system.backlog();
}

/** The case of a mail that waits shows it as waiting. */
async function saysThatItWaits(system: System): Promise<boolean> {
  const found = (await outbox(system)).find(({ status }) => status === "queued");
  if (found === undefined) return false;
  const shows = async () =>
    (await show(system, String(found["caseId"]))).outgoing.some(({ status }) => status === "queued");
  for (let tries = 0; tries < 200; tries += 1) {
    if (await shows()) return true;
    await pause(100);
  }
  return false;
}

type Seen = {
  answered: number;
  visible: Record<string, boolean>;
  order: ReturnType<typeof answersFirst>;
  refused: Record<string, number>;
  seconds: number;
};

async function figureOf(
  system: System,
  { answered, visible, order, refused, seconds }: Seen,
): Promise<Figure> {
  const found = await invariants(system);
  const sent = system.sent().map(({ tags }) => tags["outbox"] ?? "");
  const of = (prefix: string) => sent.filter((outboxId) => outboxId.startsWith(prefix)).length;
  const rows = await outbox(system);
  const replaced = rows.filter(({ reason }) => reason === "answered-already").length;
  const waitedSeconds = rows.flatMap(({ queuedAt, claimedAt }) =>
    typeof queuedAt === "string" ? [(Date.parse(String(claimedAt)) - Date.parse(queuedAt)) / 1000] : [],
  );
  const duplicates = sent.length - new Set(sent).size;
  const violations = order.violations();
  const holds =
    of("answer-") === answered &&
    of("ack-") + replaced === found.cases &&
    duplicates === 0 &&
    violations === 0 &&
    order.answersThatWaited() > 0 &&
    order.handed() > 0 &&
    standstills.every((quarter) => visible[quarter] === true) &&
    quarters.every((quarter) => (refused[quarter] ?? 0) > 0) &&
    found.unsettled === 0 &&
    found.faults.length === 0;
  return {
    holds,
    mails: found.cases,
    answersSent: `${of("answer-")}/${answered}`,
    acknowledgementsSent: `${of("ack-")}/${found.cases - replaced}`,
    replacedByTheAnswer: replaced,
    duplicates,
    orderViolations: violations,
    answersThatWaited: order.answersThatWaited(),
    waited: waitedSeconds.length,
    waitedSecondsP50: Math.round(percentile(waitedSeconds, 0.5)),
    refusedBySes: refused,
    shownAsQueued: visible,
    putAside: found.deadLetters,
    seconds: Math.round(seconds),
    faults: found.faults,
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export const r26: ProvingCase = {
  id: "R26",
  title: "SES takes 14 a second, no more today, nothing while the account is paused",
  // The rate is SES's ordinary one for an account out of the sandbox.
  run: (bench) => sesLimits(bench, { mails: 10_000, perSecond: 14 }),
};
