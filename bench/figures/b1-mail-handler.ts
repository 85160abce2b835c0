import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient, ScanCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { SQSEvent } from "aws-lambda";
import { ROOT } from "../../infra/build.ts";
import { startDynamoDb } from "../../local/emulators/dynamodb.ts";
import { s3Key, startS3 } from "../../local/emulators/s3.ts";
import { createTableInput } from "../../local/provision.ts";
import { nameOfArn, physicalNameOf, readAssembly } from "../../local/template.ts";
import { receiptRule } from "../../local/wiring.ts";
import { budgets } from "../budgets.ts";
import { type BenchFigure, type Line, line, median } from "../figure.ts";

type Row = Record<string, unknown>;
/** What the handler has made of a mail, to the byte: what the floor is to write again. */
type Made = {
  raw: Buffer;
  archiveKey: string;
  letterKey: string;
  letter: string;
  files: readonly { key: string; content: Uint8Array }[];
  rows: readonly Row[];
};
type Handler = (event: SQSEvent) => Promise<{ batchItemFailures: readonly unknown[] }>;

/** Short rounds, many of them: what else the machine does then falls on both. */
const mailsPerRound = 20;
const rounds = 45;
/** For warmth, and not counted. */
const warming = 5;
const names = { table: "mails", inbox: "inbox", archive: "archive", letters: "letters", files: "files" };

/**
 * The deployed bundle's handler in this process, and beside it a loop of only the calls that it makes, with the same
 * bytes and rows: a round of the one, a round of the other. The floor is what storage takes; the rest is ours.
 */
async function run(say: (progress: string) => void): Promise<readonly Line[]> {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "bench-"));
  const [dynamodb, s3] = await Promise.all([startDynamoDb({ runsLong: true }), startS3(folder, () => false)]);
  Object.assign(process.env, {
    AWS_REGION: "eu-north-1",
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
    AWS_ENDPOINT_URL_S3: s3.url,
    AWS_ACCESS_KEY_ID: s3Key,
    AWS_SECRET_ACCESS_KEY: s3Key,
    EMAIL_TABLE: names.table,
    INBOX_BUCKET: names.inbox,
    ARCHIVE_BUCKET: names.archive,
    LETTERS_BUCKET: names.letters,
    FILES_BUCKET: names.files,
  });
  try {
    const world = await makeWorld();
    const bundle = join(ROOT, "dist/functions/email/receive-mail/index.mjs");
    const { handler }: { handler: Handler } = await import(pathToFileURL(bundle).href);
    const pairs: { ours: Round; floor: Round }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const mails = Array.from({ length: mailsPerRound }, (_, n) => rawMail(round * mailsPerRound + n));
      const ours = await roundOfHandler(world, handler, round, mails);
      const made = await world.madeSince(mails);
      const floor = await roundOfFloor(world, round, made);
      if (round >= warming) pairs.push({ ours, floor });
    }
    say(`${pairs.length} rounds of ${mailsPerRound} mails each`);
    const medianOf = (number: (pair: { ours: Round; floor: Round }) => number) => median(pairs.map(number));
    return [
      line(
        "handler ÷ floor",
        medianOf(({ ours, floor }) => floor.ms / ours.ms),
        "",
        budgets.handlerToFloor,
      ),
      line("handler", 1000 / medianOf(({ ours }) => ours.ms), "mails a second"),
      line("floor", 1000 / medianOf(({ floor }) => floor.ms), "mails a second"),
      line(
        "handler",
        medianOf(({ ours }) => ours.cpuMs),
        "ms of a processor per mail",
      ),
      line(
        "floor",
        medianOf(({ floor }) => floor.cpuMs),
        "ms of a processor per mail",
      ),
    ];
  } finally {
    await Promise.all([dynamodb.stop(), s3.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Per mail. */
type Round = { ms: number; cpuMs: number };

function stopwatch(mails: number): () => Round {
  const started = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { ms: (performance.now() - started) / mails, cpuMs: (user + system) / 1000 / mails };
  };
}

type World = Awaited<ReturnType<typeof makeWorld>>;

async function makeWorld() {
  const around = { region: "eu-north-1", doorUrl: "http://127.0.0.1", issuer: "http://localhost" };
  const assembly = readAssembly(join(ROOT, "cdk.out"), around);
  const client = new DynamoDBClient({});
  // The handler's client has none either: the floor is to be as lean.
  client.middlewareStack.remove("loggerMiddleware");
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const s3 = new S3Client({});
  const table = assembly
    .all("AWS::DynamoDB::GlobalTable")
    .find((one) => physicalNameOf(one) === nameOfArn(assembly.output("EmailTable")));
  if (table === undefined) throw new Error("the templates have no table of mails");
  for (const TableName of [names.table, `${names.table}-floor`])
    await client.send(new CreateTableCommand(createTableInput(TableName, table.properties)));
  for (const Bucket of [names.inbox, names.archive, names.letters, names.files])
    await s3.send(new CreateBucketCommand({ Bucket }));
  const known = new Set<string>();

  /** What is in the table and was not when this was last asked, mail by mail in their order. */
  async function madeSince(mails: readonly Buffer[]): Promise<readonly Made[]> {
    const fresh: Row[] = [];
    let from: Row | undefined;
    do {
      const page = await documents.send(
        new ScanCommand({ TableName: names.table, ExclusiveStartKey: from, ConsistentRead: true }),
      );
      for (const row of page.Items ?? []) {
        const name = `${String(row["pk"])} ${String(row["sk"])}`;
        if (!known.has(name)) fresh.push(row);
        known.add(name);
      }
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    const deliveries = fresh
      .filter((row) => row["rowType"] === "delivery")
      .sort((a, b) => String(a["deliveryId"]).localeCompare(String(b["deliveryId"])));
    return await Promise.all(deliveries.map((delivery, n) => madeOf(delivery, fresh, mails[n])));
  }

  async function madeOf(delivery: Row, fresh: readonly Row[], raw: Buffer | undefined): Promise<Made> {
    const { mailId } = delivery;
    const rows = fresh.filter((row) => row["mailId"] === mailId || dataOf(row)["mailId"] === mailId);
    const mail = rows.find((row) => row["rowType"] === "mail") ?? {};
    const letterKey = String((mail["letter"] as Row)["key"]);
    const sealed = await s3.send(new GetObjectCommand({ Bucket: names.letters, Key: letterKey }));
    const letter = (await sealed.Body?.transformToString()) ?? "";
    const { attachments } = JSON.parse(letter) as { attachments: { sha256: string }[] };
    const files = await Promise.all(
      attachments.map(async ({ sha256 }) => {
        const key = `email/${String(mailId)}/${sha256}`;
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: names.files, Key: key }));
        return { key, content: (await Body?.transformToByteArray()) ?? new Uint8Array() };
      }),
    );
    if (raw === undefined || rows.length !== 3) throw new Error("the handler has made something else");
    return {
      raw,
      archiveKey: String(delivery["archiveKey"]),
      letterKey,
      letter,
      files,
      rows,
    };
  }

  return { documents, s3, prefix: receiptRule(assembly).prefix, madeSince };
}

function dataOf(row: Row): Row {
  return ((row["event"] as Row | undefined)?.["data"] as Row | undefined) ?? {};
}

const idOf = (round: number, n: number) => `${round}${String(n).padStart(4, "0")}`.padStart(40, "a");

async function fillInbox({ s3, prefix }: World, round: number, mails: readonly Buffer[]): Promise<void> {
  for (const [n, Body] of mails.entries())
    await s3.send(new PutObjectCommand({ Bucket: names.inbox, Key: `${prefix}${idOf(round, n)}`, Body }));
}

async function roundOfHandler(
  world: World,
  handler: Handler,
  round: number,
  mails: readonly Buffer[],
): Promise<Round> {
  await fillInbox(world, round, mails);
  const write = process.stdout.write;
  // Its log is made and goes nowhere.
  process.stdout.write = () => true;
  const watch = stopwatch(mails.length);
  try {
    for (const n of mails.keys()) {
      const { batchItemFailures } = await handler(eventOf(`${world.prefix}${idOf(round, n)}`));
      if (batchItemFailures.length > 0) throw new Error("a mail was left");
    }
  } finally {
    process.stdout.write = write;
  }
  return watch();
}

async function roundOfFloor(world: World, round: number, made: readonly Made[]): Promise<Round> {
  const { documents, s3, prefix } = world;
  await fillInbox(
    world,
    round,
    made.map(({ raw }) => raw),
  );
  const watch = stopwatch(made.length);
  for (const [n, { archiveKey, letterKey, letter, files, rows }] of made.entries()) {
    const Key = `${prefix}${idOf(round, n)}`;
    const object = await s3.send(new GetObjectCommand({ Bucket: names.inbox, Key }));
    const Body = (await object.Body?.transformToByteArray()) ?? new Uint8Array();
    const ContentType = "message/rfc822";
    const Metadata = { "received-at": "2026-11-24T07:59:00.000Z" };
    await s3.send(
      new PutObjectCommand({ Bucket: names.archive, Key: archiveKey, Body, ContentType, Metadata }),
    );
    for (const { key, content } of files)
      await s3.send(new PutObjectCommand({ Bucket: names.files, Key: key, Body: content }));
    await s3.send(new PutObjectCommand({ Bucket: names.letters, Key: letterKey, Body: letter }));
    const TransactItems = rows.map((Item) => ({
      Put: { TableName: `${names.table}-floor`, Item, ConditionExpression: "attribute_not_exists(pk)" },
    }));
    await documents.send(new TransactWriteCommand({ TransactItems }));
    await s3.send(new DeleteObjectCommand({ Bucket: names.inbox, Key }));
  }
  return watch();
}

function eventOf(objectKey: string): SQSEvent {
  const pass = { status: "PASS" };
  const notice = {
    notificationType: "Received",
    mail: { messageId: objectKey, source: "asa@example.org" },
    receipt: {
      timestamp: "2026-11-24T07:59:00.000Z",
      recipients: ["kommunen@example.se"],
      spamVerdict: pass,
      virusVerdict: pass,
      spfVerdict: pass,
      dkimVerdict: pass,
      dmarcVerdict: pass,
      action: { type: "S3", objectKey },
    },
  };
  const attributes = { ApproximateReceiveCount: "1" };
  const record = { messageId: objectKey, body: JSON.stringify(notice), attributes, eventSourceARN: "queue" };
  return { Records: [record] } as unknown as SQSEvent;
}

/** A mail of 18 kB: a text of three, and a picture. */
function rawMail(n: number): Buffer {
  const picture = Buffer.alloc(11_000, `picture ${n} `).toString("base64").replaceAll(/.{76}/g, "$&\r\n");
  const text = `Hej, det här är fråga ${n}: när plogas vår gata?\r\n`.repeat(60);
  return Buffer.from(
    [
      "Return-Path: <asa@example.org>",
      `From: =?utf-8?Q?=C3=85sa?= <asa@example.org>`,
      "To: kommunen@example.se",
      `Subject: Fråga ${n}`,
      `Message-ID: <b1-${n}@example.org>`,
      "Date: Tue, 24 Nov 2026 08:59:00 +0100",
      "MIME-Version: 1.0",
      'Content-Type: multipart/mixed; boundary="part"',
      "",
      "--part",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: 8bit",
      "",
      text,
      "--part",
      'Content-Type: image/jpeg; name="gatan.jpg"',
      'Content-Disposition: attachment; filename="gatan.jpg"',
      "Content-Transfer-Encoding: base64",
      "",
      picture,
      "--part--",
      "",
    ].join("\r\n"),
  );
}

export const mailHandler: BenchFigure = {
  id: "B1",
  title: "receive-mail's handler against a loop of only its calls",
  run,
};
