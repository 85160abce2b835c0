import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { GetObjectCommand, NoSuchKey } from "@aws-sdk/client-s3";
import { GetCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import nodemailer from "nodemailer";
import { loadMunicipality } from "#config/load.ts";
import { sha256 } from "#shared/ids.ts";
import { ROOT } from "../infra/build.ts";
import { ensureBuilt } from "../infra/ensure-built.ts";
import type { Accepted } from "../local/fronts/smtp.ts";
import { type System, startSystem } from "../local/system.ts";

/** What became of a folder of mails. `lost` and `doubled` must be 0. */
export type IntakeResult = {
  /** Mails that the SMTP front said 250 to, by its own ledger. */
  accepted: number;
  /** Deliveries whose archived bytes have the ledger's sha256, read back from the archive. */
  handled: number;
  cases: number;
  acknowledged: number;
  routed: number;
  unreadable: number;
  lost: number;
  /** Mails with more than one case or acknowledgement. */
  doubled: number;
  seconds: number;
};

const kommun = "demo";
const inFlight = 8;

/**
 * `npm run intake -- DIR [--ending=.txt]`: every file in DIR, or those whose names end so, as a mail through the SMTP front
 * of a fresh, throw-away system.
 */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      pause: { type: "boolean", default: false },
      ending: { type: "string", default: "" },
    },
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Error("Which folder? npm run intake -- DIR [--ending=.txt] [--pause]");
  const files = mailFiles(folder, values.ending);
  await ensureBuilt({ kommun });
  const system = await startSystem({
    assembly: join(ROOT, "cdk.out"),
    kommun,
    httpPort: 0,
    smtpPort: 0,
    functionsAs: "threads",
    maxInstances: 4,
    runsLong: true,
    say: (line) => console.error(line),
  });
  try {
    const started = performance.now();
    await sendAll(system, files);
    await untilQuiet(system);
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    if (values.pause) await pause(system);
    const result = await account(system, seconds);
    console.log(JSON.stringify(result));
    process.exitCode = result.lost === 0 && result.doubled === 0 ? 0 : 1;
  } finally {
    await system.stop();
  }
}

/** Every regular file below the folder whose name ends so, in the order of their names. */
export function mailFiles(folder: string, ending = ""): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();
  if (files.length === 0) throw new Error(`${folder} has no such files`);
  return files;
}

/** Sends each file as it is, a few at a time. A refusal by the server is told and is not an accepted mail. */
export async function sendAll(system: System, files: readonly string[]): Promise<void> {
  const { official } = loadMunicipality(kommun).mail;
  const transport = nodemailer.createTransport({
    host: "127.0.0.1",
    port: system.smtpPort,
    pool: true,
    maxConnections: inFlight,
    maxMessages: Number.POSITIVE_INFINITY,
    ignoreTLS: true,
  });
  let sent = 0;
  const left = [...files];
  const sendNext = async (): Promise<void> => {
    for (let file = left.shift(); file !== undefined; file = left.shift()) {
      const raw = readFileSync(file);
      try {
        await transport.sendMail({ envelope: { from: senderOf(raw), to: [official] }, raw });
      } catch (error) {
        console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
      }
      sent += 1;
      progress(`sent ${sent} of ${files.length}`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, sendNext));
  transport.close();
}

/** The envelope's sender as a mail server would have it, where From holds an address that SMTP can carry. */
function senderOf(raw: Buffer): string {
  const from = /^from:[^\r\n]*?([\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,5})/im.exec(
    raw.toString("latin1", 0, 64_000),
  );
  return from?.[1] ?? "unknown@example.org";
}

async function untilQuiet(system: System): Promise<void> {
  const timer = setInterval(() => progress(`waiting until all is quiet: ${system.backlog()} left`), 500);
  await system.quiet();
  clearInterval(timer);
}

async function pause(system: System): Promise<void> {
  const question = `The objects of all buckets lie in ${join(system.folder, "s3")}. Press Enter to count. `;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  await terminal.question(question);
  terminal.close();
}

/** Counts by looking: the ledger, the archive, the tables. */
export async function account(system: System, seconds: number): Promise<IntakeResult> {
  const accepted = system.smtp.ledger.accepted();
  const organisation = loadMunicipality(kommun).organisation.id;
  const mails = new Set<string>();
  let handled = 0;
  for (const delivery of accepted) {
    const mailId = await handledAs(system, organisation, delivery);
    if (mailId === undefined) continue;
    handled += 1;
    mails.add(mailId);
  }
  const { casesOf, unreadable } = await registered(system);
  const cases = new Set([...casesOf.values()].flatMap((ids) => [...ids]));
  const acknowledgements = system.sent().map(({ tags }) => tags["outbox"] ?? "");
  const twice = acknowledgements.length - new Set(acknowledgements).size;
  const doubled = [...casesOf.values()].filter((ids) => ids.size > 1).length + twice;
  const caseless = [...mails].filter((mailId) => !casesOf.has(mailId));
  for (const mailId of caseless) console.error(`mail ${mailId} has no case`);
  return {
    accepted: accepted.length,
    handled,
    cases: cases.size,
    acknowledged: acknowledgements.length,
    routed: 0,
    unreadable,
    lost: accepted.length - handled + caseless.length,
    doubled,
    seconds,
  };
}

/** The mail that a delivery became, if its row names an archived object with exactly the accepted bytes. */
async function handledAs(
  system: System,
  organisation: string,
  accepted: Accepted,
): Promise<string | undefined> {
  const row = await system.clients.dynamodb.send(
    new GetCommand({
      TableName: system.assembly.output("EmailTable"),
      Key: { pk: `${organisation}#DELIVERY#${accepted.deliveryId}`, sk: "DELIVERY" },
    }),
  );
  if (row.Item === undefined) return undefined;
  const raw = await readObject(system, String(row.Item["archiveKey"]));
  return raw !== undefined && sha256(raw) === accepted.sha256 ? String(row.Item["mailId"]) : undefined;
}

async function readObject(system: System, key: string): Promise<Uint8Array | undefined> {
  try {
    const Bucket = system.assembly.output("ArchiveBucket");
    const object = await system.clients.s3.send(new GetObjectCommand({ Bucket, Key: key }));
    return await object.Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** Which cases each mail stands in, by the messages themselves and not by the claims that should prevent doubles. */
async function registered(
  system: System,
): Promise<{ casesOf: Map<string, Set<string>>; unreadable: number }> {
  const casesOf = new Map<string, Set<string>>();
  let unreadable = 0;
  let from: Record<string, unknown> | undefined;
  do {
    const page = await system.clients.dynamodb.send(
      new ScanCommand({ TableName: system.assembly.output("CasesTable"), ExclusiveStartKey: from }),
    );
    for (const row of page.Items ?? []) {
      if (!String(row["sk"]).startsWith("MESSAGE#")) continue;
      const mailId = String(row["messageId"]);
      casesOf.set(mailId, (casesOf.get(mailId) ?? new Set()).add(String(row["pk"])));
      if (row["unreadable"] === true) unreadable += 1;
    }
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return { casesOf, unreadable };
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}   `);
  else if (!/\b\d*[1-9] of /.test(text)) process.stderr.write(`${text}\n`);
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}
