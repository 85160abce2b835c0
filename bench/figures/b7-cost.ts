import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { functions } from "../../infra/functions.ts";
import type { System } from "../../local/system.ts";
import { nameOfArn, physicalNameOf } from "../../local/template.ts";
import { budgets } from "../budgets.ts";
import { meterContacts } from "../contacts.ts";
import { type BenchFigure, type Line, line } from "../figure.ts";
import type { Metered } from "../meter.ts";
import list from "../prices.json" with { type: "json" };
import { withBenchSystem } from "../system.ts";

const { prices, assumed } = list;
const contacts = 5;
const per = 100_000;

/** What of a contact no call at the door shows: SES's own calls, and the pollers, which are AWS. */
const sesPublishes = { received: 1, sendAndDelivery: 2 };
const callsPerBatch = 2;

type Ran = { invocations: number; gbSeconds: number; batches: number; logBytes: number };

async function run(): Promise<readonly Line[]> {
  return await withBenchSystem(async (system) => {
    // The first contact loads the bundles, and is not counted.
    await meterContacts(system, 1);
    const before = standing(system);
    const { whole } = await meterContacts(system, contacts);
    const ran = difference(system, before);
    const own = ownCosts(whole, ran);
    const logs = (per * ran.logBytes * prices.logsPerGb.usd) / 1e9;
    const kms = (count(whole, /^kms/) * per * prices.kmsPerTenThousandRequests.usd) / 10_000;
    const sum = Object.values(own).reduce((total, usd) => total + usd, 0);
    const traces = (ran.invocations * per * assumed.tracedShare.value * prices.tracesPerMillion.usd) / 1e6;
    const mailFees =
      (per / 1000) *
      (prices.sesPerThousandOut.usd + prices.sesPerThousandIn.usd + prices.sesPerThousandChunksIn.usd);
    const usd = `USD per ${per} contacts`;
    return [
      line("compute, tables, objects, messages", sum, usd, budgets.contactsUsd),
      line("the same with logs and keys", sum + logs + kms, usd, budgets.contactsUsd),
      ...Object.entries(own).map(([what, value]) => line(`of it ${what}`, value, usd)),
      line("apart: logs", logs, usd),
      line("apart: keys", kms, usd),
      line("apart: tracing", traces, usd),
      line("apart: e-mail fees", mailFees, usd),
      line("invocations", ran.invocations, "per contact"),
      line("logs", ran.logBytes / ran.invocations, "bytes a call", budgets.logBytesPerCall),
    ];
  });
}

function ownCosts(whole: Metered, ran: Ran): Readonly<Record<string, number>> {
  const publishes = count(whole, /^sns/) + sesPublishes.received + sesPublishes.sendAndDelivery;
  const requests = count(whole, /^sqs/) + ran.batches * callsPerBatch;
  // One put more: SES lays the mail in the inbox.
  const puts = count(whole, /^s3 PUT/) + 1;
  return {
    "Lambda, requests": (ran.invocations * per * prices.lambdaPerMillionRequests.usd) / 1e6,
    "Lambda, time": ran.gbSeconds * per * prices.lambdaPerGbSecond.usd,
    "DynamoDB, writes": (whole.writeUnits * per * prices.dynamodbPerMillionWriteUnits.usd) / 1e6,
    "DynamoDB, reads": (whole.readUnits * per * prices.dynamodbPerMillionReadUnits.usd) / 1e6,
    S3:
      (per / 1000) *
      (puts * prices.s3PerThousandPuts.usd + count(whole, /^s3 GET/) * prices.s3PerThousandGets.usd),
    SNS: (publishes * per * prices.snsPerMillionPublishes.usd) / 1e6,
    SQS: (requests * per * prices.sqsPerMillionRequests.usd) / 1e6,
  };
}

function count(metered: Metered, which: RegExp): number {
  return Object.entries(metered.calls).reduce((sum, [name, n]) => sum + (which.test(name) ? n : 0), 0);
}

function standing(system: System) {
  const of = (name: string) => ({
    invocations: system.hostOf(name).invocations(),
    cpuMs: system.hostOf(name).cpuMs(),
    calls: system.door.callsOf(name),
  });
  return {
    functions: new Map(Object.keys(functions).map((name) => [name, of(name)])),
    logBytes: logBytes(system),
  };
}

function logBytes(system: System): number {
  const folder = join(system.folder, "logs");
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** Each function's time: what it computes, at its share of a processor, and what it waits. Polled is what a queue feeds. */
function difference(system: System, before: ReturnType<typeof standing>): Ran {
  const after = standing(system);
  const { memory, polled } = templatesOf(system);
  let [invocations, gbSeconds, batches] = [0, 0, 0];
  for (const [name, now] of after.functions) {
    const was = before.functions.get(name) ?? { invocations: 0, cpuMs: 0, calls: 0 };
    const mb = memory.get(name) ?? 0;
    const times = now.invocations - was.invocations;
    const share = Math.min(1, mb / assumed.fullProcessorMb.value);
    const ms = (now.cpuMs - was.cpuMs) / share + (now.calls - was.calls) * assumed.msPerAwsCall.value;
    invocations += times;
    gbSeconds += (ms / 1000) * (mb / 1024);
    if (polled.has(name)) batches += times;
  }
  const logs = after.logBytes - before.logBytes;
  return {
    invocations: invocations / contacts,
    gbSeconds: gbSeconds / contacts,
    batches: batches / contacts,
    logBytes: logs / contacts,
  };
}

function templatesOf(system: System): { memory: Map<string, number>; polled: Set<string> } {
  const memory = new Map<string, number>();
  const names = new Map<string, string>();
  for (const resource of system.assembly.all("AWS::Lambda::Function")) {
    const { properties } = resource;
    if ("helper" in properties) continue;
    const name = properties.Environment.Variables["FUNCTION_NAME"] ?? "";
    memory.set(name, properties.MemorySize);
    names.set(physicalNameOf(resource), name);
  }
  const queues = system.assembly
    .all("AWS::Lambda::EventSourceMapping")
    .filter(({ properties }) => !properties.EventSourceArn.includes("/stream"));
  const polled = queues.map(({ properties }) => names.get(nameOfArn(properties.FunctionName)) ?? "");
  return { memory, polled: new Set(polled) };
}

export const cost: BenchFigure = { id: "B7", title: "cost of a whole contact, by list prices", run };
