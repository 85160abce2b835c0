import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { routes as caseRoutes } from "#services/cases/api.ts";
import { routes as statsRoutes } from "#services/stats/api.ts";
import { demoStaff } from "../../local/demo-staff.ts";
import type { System } from "../../local/system.ts";
import { withSystem } from "../bench-system.ts";
import type { Bench, Figure, ProvingCase } from "../case.ts";
import { type About, type Asking, maySeeOf, readsCase, rules } from "./r47-access-rules.ts";
import { type CaseObject, makeCases, type TaskObject } from "./r47-access-world.ts";

type Check = { asking: Asking; route: string; method: string; path: string; about: About; allowed: boolean };
type Answer = { status: number; text: string };

const nobody: Asking = { sub: "nobody", roles: [], units: [] };
const everybody: readonly Asking[] = [...demoStaff, nobody];
const routes = [...caseRoutes, ...statsRoutes];
const notThere = "f".repeat(32);
const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" }).format(new Date());
/** Whose cases stay hidden, behind whatever figure names them. */
const secretNames = ["ifo-mottagning", "bistand-aldre", "lss", "socialnamnden"];
const figures = [
  "opened",
  "closed",
  "contacts/email",
  "answers",
  ...["assignments-sent", "assignments-answered", "assignments-returned", "unit-answers"].flatMap((kind) =>
    [...secretNames.slice(0, 3), "bygglov", "avfall", "ingen"].map((unit) => `${kind}/${unit}`),
  ),
  ...["bygg-och-miljonamnden", "socialnamnden"].map((authority) => `transfers/${authority}`),
];

async function run({ say }: Bench): Promise<Figure> {
  return await withSystem({ functionsAs: "threads" }, async (system) => {
    const cases = await makeCases(system);
    const checks = matrix(cases);
    say(
      `${checks.length} checks of ${routes.length} routes, ${everybody.length} people, ${cases.length} cases`,
    );
    const leaks: string[] = [];
    const wronglyDenied: string[] = [];
    let denied = 0;
    const versions = new Map<string, number>();
    for (const { caseId } of cases) versions.set(caseId, await versionOf(system, caseId));
    const before = await contents(system);
    const reference = await exchange(system, nobody, "GET", "/cases/me", undefined);

    // First all that must be denied, with what would succeed if it were not: nothing may have changed afterwards.
    await eachOf(
      checks.filter(({ allowed }) => !allowed),
      async (check) => {
        const answer = await tried(system, check, versions.get(check.about.case?.caseId ?? "") ?? 1);
        if (answer.status === 404) denied += 1;
        if (answer.status !== 404) leaks.push(`${nameOf(check)}: ${answer.status}`);
        else if (!looksAbsent(answer, reference, check))
          leaks.push(`${nameOf(check)}: says more than not found`);
      },
    );
    if ((await contents(system)) !== before) leaks.push("something that was denied has changed a table");

    // Then what is allowed, with a version that nobody has seen: it is answered, and changes no case.
    await eachOf(
      checks.filter(({ allowed }) => allowed),
      async (check) => {
        const answer = await tried(system, check, 2_000_000);
        // A file for an answer is asked for without a version: a secret case says that it is not answered by mail.
        const no = check.route.endsWith("/files") ? [409, 422] : [409];
        if (answer.status !== 200 && !no.includes(answer.status))
          wronglyDenied.push(`${nameOf(check)}: ${answer.status}`);
        leaks.push(...tellsOf(check, answer, cases).map((what) => `${nameOf(check)}: ${what}`));
      },
    );

    const unsigned = await withoutToken(system, checks);
    if (unsigned > 0) leaks.push(`${unsigned} routes answer without a token`);
    const logged = deniedLines(system);
    // One of them is the reference.
    const unlogged = denied + 1 - logged;
    const holds = leaks.length === 0 && wronglyDenied.length === 0 && unlogged === 0;
    return {
      holds,
      checks: checks.length,
      routes: routes.length,
      people: everybody.length,
      cases: cases.length,
      denied,
      leaks: leaks.length,
      wronglyDenied: wronglyDenied.length,
      denialsNotLogged: unlogged,
      violations: [...leaks, ...wronglyDenied].slice(0, 20),
    };
  });
}

/** Everybody × every route × everything that the route's path can be about. */
function matrix(cases: readonly CaseObject[]): readonly Check[] {
  return routes.flatMap(({ method, path }) => {
    const route = `${method} ${path}`;
    const rule = rules[route];
    if (rule === undefined) throw new Error(`${route} has no rule: who may ask, and about what?`);
    return objectsOf(path, cases).flatMap((about) =>
      everybody.map((asking) => ({
        asking,
        route,
        method,
        path: filled(path, about.parts),
        about,
        allowed: rule(asking, about),
      })),
    );
  });
}

function objectsOf(path: string, cases: readonly CaseObject[]): readonly About[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const nothing: About = { case: undefined, task: undefined, hasMessage: false, parts: {} };
  if (names[0] === "caseNumber")
    return [...cases, undefined].map((one) => ({
      ...nothing,
      case: one,
      parts: { caseNumber: one?.caseNumber ?? "BJO-2020-000001" },
    }));
  if (names[0] !== "caseId")
    return (
      names.length === 0 ? [{}] : valuesOf(names[0] ?? "", path).map((value) => ({ [names[0] ?? ""]: value }))
    )
      .flatMap((parts) =>
        path === "/stats/days/{date}/cases" ? figures.map((figure) => ({ ...parts, figure })) : [parts],
      )
      .map((parts) => ({ ...nothing, parts }));
  const ids = [...cases, undefined];
  return ids.flatMap((one) => {
    const parts = { caseId: one?.caseId ?? notThere, file: notThere.repeat(2) };
    return withinCase(names[1], one, cases).map((more) => ({
      ...nothing,
      case: one,
      ...more,
      parts: { ...parts, ...more.parts },
    }));
  });
}

/** A Wednesday: a day that can be shared out, and is not today. */
const workingDay = "2036-12-01";

function valuesOf(name: string, path: string): readonly string[] {
  if (name === "list") return ["quarantine", "unassigned", "mine", "waiting"];
  if (name === "date") return [path.startsWith("/cases/quarantine/") ? workingDay : today];
  if (name === "unit") return [...new Set(demoStaff.flatMap(({ units }) => units)), "lss", "ingen"];
  throw new Error(`what can {${name}} be?`);
}

/** What lies in the case, what lies in another, and what is nowhere. */
function withinCase(
  name: string | undefined,
  one: CaseObject | undefined,
  cases: readonly CaseObject[],
): readonly (Partial<About> & { parts: Record<string, string> })[] {
  if (name === undefined) return [{ parts: {} }];
  const others = cases.filter((other) => other !== one);
  if (name === "messageId") {
    const elsewhere = others[0]?.messageId ?? notThere;
    const own = one === undefined ? [] : [{ hasMessage: true, parts: { messageId: one.messageId } }];
    return [...own, ...[elsewhere, notThere].map((messageId) => ({ parts: { messageId } }))];
  }
  const own = (one?.tasks ?? []).map((task: TaskObject) => ({ task, parts: { [name]: task.taskId } }));
  const elsewhere = others.flatMap(({ tasks }) => tasks.slice(0, 1)).slice(0, 4);
  const tasks = [
    ...own,
    ...[...elsewhere.map(({ taskId }) => taskId), notThere].map((id) => ({ parts: { [name]: id } })),
  ];
  if (name === "taskId" || name === "assignmentId") return tasks;
  if (name === "box") return [...["answer", "note"].map((box) => ({ parts: { box } })), ...tasks];
  throw new Error(`what can {${name}} be?`);
}

function filled(path: string, parts: Readonly<Record<string, string>>): string {
  const full = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? "");
  if (path === "/stats/days") return `${full}?from=${today}&to=${today}`;
  const { figure = "" } = parts;
  return figure === "" ? full : `${full}?figure=${encodeURIComponent(figure)}`;
}

/** With a body that every change of a case understands, whichever it is. */
async function tried(system: System, check: Check, version: number): Promise<Answer> {
  const { asking, route, method, path, about } = check;
  const body = {
    version,
    unit: "avfall",
    authority: "bjorkeby-vatten-avfall",
    text: "Skrivet.",
    dueDate: "2036-12-01",
    nextDate: "2036-12-01",
    access: "public",
    reason: "thanks",
    how: "phone",
    close: false,
    anyway: false,
    // Of a day that somebody else has: it is answered, and changes nothing.
    sub: null,
    was: "nobody",
    name: "fil.pdf",
    bytes: 1,
    sha256: "f".repeat(64),
  };
  // What a unit may say, it may say: to be refused it has to say what such a task does not take.
  const taking = check.allowed ? about.task?.kind === "transfer" : about.task?.kind !== "transfer";
  const reply = taking
    ? { reply: "take" }
    : { reply: "acknowledge", diaryNumber: "B 2026-1", contact: "Eva", dueDate: "2036-12-01" };
  const content = method === "GET" ? undefined : route.endsWith("/reply") ? reply : body;
  return await exchange(system, asking, method, path, content);
}

async function exchange(
  system: System,
  asking: Asking,
  method: string,
  path: string,
  content: unknown,
): Promise<Answer> {
  const answer = await fetch(`${system.origin}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await system.oidc.tokenFor(asking.sub)}`,
      ...(content === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(content === undefined ? {} : { body: JSON.stringify(content) }),
  });
  return { status: answer.status, text: await answer.text() };
}

/** To the letter what anybody gets for nothing at all; an agent who reads the case may be told how it stands. */
function looksAbsent(answer: Answer, reference: Answer, { asking, about }: Check): boolean {
  if (answer.text === reference.text) return true;
  return about.case !== undefined && readsCase(asking, about.case);
}

/** What an answer tells that its reader may not know. */
function tellsOf(
  { asking, route, path, about }: Check,
  { text }: Answer,
  cases: readonly CaseObject[],
): readonly string[] {
  const shared = /worklists\/(quarantine|unassigned|waiting)$/.test(path);
  const told = cases.filter(
    (one) => text.includes(one.word) && (!maySeeOf(asking, one) || (shared && one.access === "secret")),
  );
  const { figure = "" } = about.parts;
  const naming = secretNames.some((name) => figure.endsWith(`/${name}`));
  const behind = naming && cases.some(({ caseId }) => text.includes(caseId));
  const lists = route.startsWith("GET /cases/worklists/unit/");
  const foreign = lists
    ? cases.filter(
        ({ caseId, tasks }) =>
          text.includes(caseId) && !tasks.some(({ unit }) => unit === about.parts["unit"]),
      )
    : [];
  return [
    ...told.map(({ kind }) => `tells of ${kind}`),
    ...(behind ? ["shows cases of a secret unit"] : []),
    ...foreign.map(({ kind }) => `lists ${kind}`),
  ];
}

async function withoutToken(system: System, checks: readonly Check[]): Promise<number> {
  const one = new Map(checks.map((check) => [check.route, check]));
  const statuses = await Promise.all(
    [...one.values()].map(
      async ({ method, path }) => (await fetch(`${system.origin}${path}`, { method })).status,
    ),
  );
  return statuses.filter((status) => status !== 401).length;
}

async function versionOf(system: System, caseId: string): Promise<number> {
  const answer = await exchange(system, { ...nobody, sub: "amina" }, "GET", `/cases/${caseId}`, undefined);
  return JSON.parse(answer.text).case.version;
}

/** Everything in the table of cases, as one sum. */
async function contents(system: System): Promise<string> {
  const rows: string[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await system.clients.dynamodb.send(
      new ScanCommand({ TableName: system.assembly.output("CasesTable"), ExclusiveStartKey: from }),
    );
    rows.push(...(page.Items ?? []).map((item) => JSON.stringify(Object.entries(item).sort())));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return createHash("sha256")
    .update(rows.sort((a, b) => a.localeCompare(b)).join("\n"))
    .digest("hex");
}

function deniedLines(system: System): number {
  return ["cases-api", "stats-api"]
    .map((name) => readFileSync(join(system.folder, "logs", `${name}.log`), "utf8"))
    .flatMap((log) => log.split("\n"))
    .filter((line) => line.includes('"message":"DENIED"')).length;
}

function nameOf({ asking, method, path, about }: Check): string {
  return `${asking.sub} ${method} ${path}${about.case === undefined ? "" : ` (${about.case.kind})`}`;
}

/** A few at a time. */
async function eachOf<T>(things: readonly T[], act: (thing: T) => Promise<void>): Promise<void> {
  const left = [...things];
  const next = async () => {
    for (let thing = left.shift(); thing !== undefined; thing = left.shift()) await act(thing);
  };
  await Promise.all(Array.from({ length: 6 }, next));
}

export const idorMatrix: ProvingCase = {
  id: "R47",
  title: "everybody asks every route for everything",
  run,
};
