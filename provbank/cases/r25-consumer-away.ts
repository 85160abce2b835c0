import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadMunicipality } from "#config/load.ts";
import { ROOT } from "../../infra/build.ts";
import { at, list, named, type Resource, resourcesOf } from "../../infra/template.ts";
import type { System } from "../../local/system.ts";
import { persist, show, unassigned } from "../agents.ts";
import { ask } from "../api-client.ts";
import { postman, withSystem } from "../bench-system.ts";
import type { Figure, ProvingCase } from "../case.ts";
import { invariants } from "../invariants.ts";
import { ownSystem } from "../own-system.ts";

const unit = "avfall";
const awayMs = 48 * 3_600_000;
const amina = { sub: "amina" };
/** After this long in a unit's queue somebody is to be told. */
const longestSeconds = 15 * 60;

/** A unit's own system reads nothing for two days. The case is still ours to see, and alarms would have told. */
async function run(): Promise<Figure> {
  const state = mkdtempSync(join(tmpdir(), "state-"));
  try {
    const caseId = await withSystem({ state, functionsAs: "threads" }, assigned);
    process.env["CLOCK_OFFSET_MS"] = String(awayMs);
    const later = await withSystem({ state, functionsAs: "threads" }, (system) => afterwards(system, caseId));
    const alarms = alarmsInTemplates();
    const holds =
      later.owner === "servicecenter" &&
      later.status === "with-unit" &&
      later.inWaiting &&
      later.unit === unit &&
      later.stillAsked &&
      later.afterReturn === "ours" &&
      later.inMine &&
      later.faults.length === 0 &&
      alarms.units.every(({ seconds }) => seconds !== undefined && seconds <= longestSeconds) &&
      alarms.publishing.length === 2;
    return {
      holds,
      hoursAway: awayMs / 3_600_000,
      ...later,
      unitsWithAlarm: `${alarms.units.filter(({ seconds }) => seconds !== undefined).length}/${alarms.units.length}`,
      alarmAtAgeSeconds: Math.max(...alarms.units.map(({ seconds }) => seconds ?? Number.POSITIVE_INFINITY)),
      // The age when it rings, and the period that is looked at.
      timeToAlarmAtMostSeconds: Math.max(
        ...alarms.units.map(({ latest }) => latest ?? Number.POSITIVE_INFINITY),
      ),
      publishAlarms: `${alarms.publishing.length}/2`,
    };
  } finally {
    delete process.env["CLOCK_OFFSET_MS"];
    rmSync(state, { recursive: true, force: true });
  }
}

async function assigned(system: System): Promise<string> {
  const post = postman(system, 1);
  await post.post({ from: "asa@example.org", subject: "Soptunnan" });
  post.close();
  await system.quiet();
  const [listed] = await unassigned(system);
  if (listed === undefined) throw new Error("no case");
  const content = { unit, text: "Vad gäller?", dueDate: "2036-12-01", access: "public" };
  const sent = (file: { assignments: readonly unknown[] }) => file.assignments.length === 1;
  await persist(system, listed.caseId, "assignments", content, sent);
  await system.quiet();
  return listed.caseId;
}

async function afterwards(system: System, caseId: string) {
  const file = await show(system, caseId);
  const inWaiting = await isIn(system, "waiting", caseId);
  const own = ownSystem(system, unit);
  const { event } = await own.receive();
  const taskId = event.data.assignmentId;
  const letter = await own.seal(taskId, "Vi kommer i morgon.");
  await own.reply({ reply: "answer", caseId, taskId, to: "service-centre", letter });
  const { case: after } = await show(system, caseId);
  const { faults } = await invariants(system);
  return {
    owner: file.case.owner,
    status: file.case.status,
    inWaiting,
    unit: file.assignments[0]?.unit,
    stillAsked: taskId === file.assignments[0]?.assignmentId,
    afterReturn: after.status,
    inMine: await isIn(system, "mine", caseId),
    faults,
  };
}

async function isIn(system: System, worklist: string, caseId: string): Promise<boolean> {
  const { cases } = (await ask(system, `/cases/worklists/${worklist}`, amina)).body;
  return cases.some((one: { caseId: string }) => one.caseId === caseId);
}

/** The alarms that the templates would make: by age on each unit's queue, and on mail that SES could not hand over. */
function alarmsInTemplates() {
  const folder = join(ROOT, "cdk.out");
  const files = readdirSync(folder).filter((name) => name.endsWith(".template.json"));
  const resources = resourcesOf(
    Object.fromEntries(files.map((name) => [name, JSON.parse(readFileSync(join(folder, name), "utf8"))])),
  );
  // One that tells nobody is none.
  const alarms = resources.filter(
    ({ Type, Properties }) =>
      Type === "AWS::CloudWatch::Alarm" && list(Properties["AlarmActions"]).length > 0,
  );
  const units = loadMunicipality("demo").units.map(({ id }) => {
    const queue = resources.find(
      ({ Properties }) => Properties["QueueName"] === `servicecenter-demo-unit-${id}`,
    );
    return { id, ...ageAlarmOf(alarms, queue) };
  });
  const publishing = ["PublishFailure", "PublishExpired"].filter((metric) =>
    alarms.some(({ Properties }) => JSON.stringify(Properties["Metrics"] ?? "").includes(`SUM(${metric})`)),
  );
  return { units, publishing };
}

function ageAlarmOf(alarms: readonly Resource[], queue: Resource | undefined) {
  const alarm = alarms.find(
    ({ stack, Properties }) =>
      stack === queue?.stack &&
      Properties["MetricName"] === "ApproximateAgeOfOldestMessage" &&
      named(at(Properties, "Dimensions", 0, "Value")) === queue.id,
  );
  if (alarm === undefined) return {};
  const { Threshold, Period, EvaluationPeriods } = alarm.Properties;
  const seconds = Number(Threshold);
  return { seconds, latest: seconds + Number(Period) * Number(EvaluationPeriods) };
}

export const r25: ProvingCase = {
  id: "R25",
  title: "a unit's own system reads nothing for two days",
  run,
};
