import type { System } from "../../local/system.ts";
import { persist, unassigned } from "../agents.ts";
import { ask } from "../api-client.ts";
import { postman, withSystem } from "../bench-system.ts";
import { type Bench, between, type Figure, type ProvingCase } from "../case.ts";
import { invariants, rowsOf } from "../invariants.ts";
import { inParallel } from "../registrations.ts";

const agents = ["amina", "jonas", "ritva", "leo"];
const inFlight = 16;

type Size = { reads: number; cases: number };
type Read = { caseId: string; sub: string; asked: number; answered: number };

/**
 * Secret cases are read while the functions that show them are killed, and while some lines of the log cannot be
 * written. No reading is answered without its line.
 */
async function readLog({ random, say }: Bench, { reads, cases }: Size): Promise<Figure> {
  return await withSystem({ maxInstances: 4 }, async (system) => {
    const secret = await secretCases(system, cases);
    // Each agent signs in before anything dies.
    for (const sub of agents) await ask(system, "/cases/me", { sub });
    const before = (await rowsOf(system, "AccessTable")).length;
    const killer = killAtRandom(system, random);
    const refused = refuseLines(system, random);
    const answered: Read[] = [];
    let failed = 0;
    await inParallel(
      Array.from({ length: reads }, (_, n) => n),
      inFlight,
      async (n) => {
        const caseId = secret[between(random, 0, secret.length - 1)] ?? "";
        const sub = agents[between(random, 0, agents.length - 1)] ?? "";
        const asked = Date.now();
        const { status, body } = await ask(system, `/cases/${caseId}`, { sub });
        if (status === 200 && body.case?.caseId === caseId)
          answered.push({ caseId, sub, asked, answered: Date.now() });
        else failed += 1;
        if (n % 1000 === 999) say(`${n + 1} of ${reads} read`);
      },
    );
    const kills = killer.stop();
    system.door.inject(undefined);
    await system.quiet();
    const rows = await rowsOf(system, "AccessTable");
    const lines = rows.length - before;
    const withoutLine = unlogged(answered, rows);
    const changeable = deniedRights(system);
    const { faults } = await invariants(system);
    const holds =
      kills > 0 &&
      refused() > 0 &&
      answered.length > 0.8 * reads &&
      answered.length <= lines &&
      withoutLine === 0 &&
      changeable.length === 0 &&
      faults.length === 0;
    return {
      holds,
      reads,
      kills,
      linesRefused: refused(),
      answered: answered.length,
      unanswered: failed,
      logRows: lines,
      answeredWithoutRow: withoutLine,
      mayWrite: allows(system, "PutItem"),
      mayAlso: changeable,
      faults,
    };
  });
}

async function secretCases(system: System, count: number): Promise<string[]> {
  const post = postman(system, 4);
  const numbers = Array.from({ length: count }, (_, n) => n);
  await inParallel(numbers, 4, (n) => post.post({ from: `person${n}@example.org`, subject: `Fråga ${n}` }));
  post.close();
  await system.quiet();
  const ids = (await unassigned(system)).map(({ caseId }) => caseId);
  await inParallel(ids, 4, async (caseId) => {
    const isSecret = (file: { history: readonly { type: string }[] }) =>
      file.history.some(({ type }) => type === "CaseClassified");
    await persist(system, caseId, "classify", { access: "secret" }, isSecret);
  });
  return ids;
}

/** One line of the log in a hundred cannot be written, however often it is tried. */
function refuseLines(system: System, random: () => number): () => number {
  const refused = new Set<string>();
  const seen = new Set<string>();
  system.door.inject(({ caller, operation, invocation }) => {
    // Whoever only reads cases writes nothing else.
    if (caller !== "cases/api" || operation !== "PutItem") return undefined;
    if (!seen.has(invocation) && random() < 1 / 100) refused.add(invocation);
    seen.add(invocation);
    return refused.has(invocation) ? "server-error" : undefined;
  });
  return () => refused.size;
}

/** One instance after another, every half second to two. */
function killAtRandom(system: System, random: () => number) {
  let kills = 0;
  let timer: NodeJS.Timeout;
  let last = "";
  system.door.watch(({ caller, instance }) => {
    if (caller === "cases/api") last = instance;
    return "pass";
  });
  const next = (): void => {
    timer = setTimeout(
      () => {
        system.hostOf("cases/api").kill(last);
        kills += 1;
        next();
      },
      between(random, 500, 2_000),
    );
  };
  next();
  return {
    stop(): number {
      clearTimeout(timer);
      system.door.watch(undefined);
      return kills;
    },
  };
}

/** Answered readings for which no line of the log is left: of the same case and person, and from between question and answer. */
function unlogged(answered: readonly Read[], rows: readonly Record<string, unknown>[]): number {
  const key = (caseId: unknown, sub: unknown) => `${caseId} ${sub}`;
  const lines = Map.groupBy(
    rows.map((row) => ({ key: key(row["caseId"], row["sub"]), at: Date.parse(String(row["at"])) })),
    (line) => line.key,
  );
  let without = 0;
  // The reading that was answered first takes the earliest line: if any sharing out works, this one does.
  for (const read of [...answered].sort((a, b) => a.answered - b.answered)) {
    const own = (lines.get(key(read.caseId, read.sub)) ?? []).sort((a, b) => a.at - b.at);
    const place = own.findIndex(({ at }) => at >= read.asked && at <= read.answered);
    if (place < 0) without += 1;
    else own.splice(place, 1);
  }
  return without;
}

function allows(system: System, action: string): boolean {
  const name = system.assembly.output("AccessTable");
  const resource = `arn:aws:dynamodb:eu-north-1:000000000000:table/${name}`;
  return system.rights.allows("cases/api", { action: `dynamodb:${action}`, resource });
}

/** What the role would let the function do to a line once it is written, or read of the log. */
function deniedRights(system: System): string[] {
  const actions = ["UpdateItem", "DeleteItem", "BatchWriteItem", "Query", "Scan", "GetItem"];
  return actions.filter((action) => allows(system, action));
}

export const r18: ProvingCase = {
  id: "R18",
  title: "secret cases are read while the functions that show them are killed",
  run: (bench) => readLog(bench, { reads: 10_000, cases: 40 }),
};
