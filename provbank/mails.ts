import { randomBytes } from "node:crypto";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import nodemailer from "nodemailer";
import { sha256 } from "#shared/ids.ts";
import type { SentMail } from "../local/fronts/ses.ts";
import type { System } from "../local/system.ts";
import { rowsOf } from "./invariants.ts";
import { queueAt, queuesOf } from "./queues.ts";
import { inParallel } from "./registrations.ts";

/** A raw mail and the envelope it comes in. `greeting` is the sender's EHLO, with which the front sets verdicts. */
export type Post = { raw: Buffer; from?: string; to?: readonly string[]; greeting?: string };

/** Hands a mail to the system's SMTP port; returns the delivery's id. */
async function post(system: System, { raw, from, to, greeting }: Post): Promise<string> {
  const transport = nodemailer.createTransport({
    host: "127.0.0.1",
    port: system.smtpPort,
    ignoreTLS: true,
    ...(greeting === undefined ? {} : { name: greeting }),
  });
  const envelope = { from: from ?? "asa@example.org", to: [...(to ?? ["kommunen@example.se"])] };
  const { response } = await transport.sendMail({ envelope, raw });
  const id = /OK ([0-9a-f]{40})/.exec(String(response))?.[1];
  if (id === undefined) throw new Error(`no delivery in ${response}`);
  return id;
}

/** Hands over all of them, so many at a time. The ids of the deliveries, in the order of the mails. */
export async function postAll(system: System, posts: readonly Post[], atATime = 8): Promise<string[]> {
  const ids: string[] = [];
  await inParallel(posts, atATime, async (one, n) => {
    ids[n] = await post(system, one);
  });
  return ids;
}

/** A mail with header lines of one's own on top of those of another. */
export function withFields(fields: readonly string[], raw: Buffer): Buffer {
  return Buffer.concat([Buffer.from(fields.map((field) => `${field}\r\n`).join(""), "latin1"), raw]);
}

/** SES's verdicts on an arrival, where they are not all PASS. */
type Verdicts = Partial<Record<"spam" | "virus" | "spf" | "dkim" | "dmarc", string>>;

/** SES's notice of a delivery, as it stands on the queue. */
export function noticeOf(deliveryId: string, at: Date, verdicts: Verdicts = {}): string {
  const names = ["spam", "virus", "spf", "dkim", "dmarc"] as const;
  return JSON.stringify({
    notificationType: "Received",
    mail: { messageId: deliveryId, source: "asa@example.org" },
    receipt: {
      timestamp: at.toISOString(),
      recipients: ["kommunen@example.se"],
      ...Object.fromEntries(names.map((name) => [`${name}Verdict`, { status: verdicts[name] ?? "PASS" }])),
      action: { type: "S3", objectKey: `mail/${deliveryId}` },
    },
  });
}

/** Puts a mail into the inbox past the SMTP front, as SES does. */
export async function putInInbox(system: System, raw: Buffer): Promise<string> {
  const deliveryId = randomBytes(20).toString("hex");
  const Bucket = system.assembly.output("InboxBucket");
  await system.clients.s3.send(new PutObjectCommand({ Bucket, Key: `mail/${deliveryId}`, Body: raw }));
  return deliveryId;
}

/** Puts notices on the queue of arrivals. */
export async function notify(system: System, notices: readonly string[]): Promise<void> {
  const [queue] = queuesOf(system, "email/receive-mail");
  if (queue === undefined) throw new Error("email/receive-mail reads no queue");
  await queueAt(system, queue.name).send(notices);
}

/** The functions that a mail sets in motion, up to its acknowledgement. */
const onTheWay = [
  "email/receive-mail",
  "email/relay",
  "cases/register-mail",
  "cases/relay",
  "email/send-mail",
  "email/reconcile",
  "cases/record-mail-status",
  "stats/project",
  "email/sweep",
];

/** From here on the clock of some functions is so far from the machine's, until the work is done; of those on a mail's way unless told. */
export async function withClock<T>(
  system: System,
  offsetMs: number,
  work: () => Promise<T>,
  functions: readonly string[] = onTheWay,
): Promise<T> {
  // An instance takes the clock when it starts.
  const startAnew = () => {
    for (const name of functions) system.hostOf(name).kill();
  };
  process.env["CLOCK_OFFSET_MS"] = String(offsetMs);
  startAnew();
  try {
    return await work();
  } finally {
    delete process.env["CLOCK_OFFSET_MS"];
    startAnew();
  }
}

type Row = Record<string, unknown>;

/** What became of one delivery, by what the tables, the archive and SES's ledger hold. */
export type Outcome = {
  mailId: string;
  /** The bytes in the archive, when they are those that the row's hash promises. */
  archived: Buffer | undefined;
  delivery: Row;
  /** Every case that holds the mail as a message. */
  cases: readonly Row[];
  /** The mail as the first of those cases holds it. */
  message: Row | undefined;
  acknowledgements: readonly SentMail[];
};

/** Looks once at all tables and at what SES took; then says of each delivery what became of it. */
export async function outcomes(
  system: System,
): Promise<(deliveryId: string) => Promise<Outcome | undefined>> {
  const emails = await rowsOf(system, "EmailTable");
  const rows = await rowsOf(system, "CasesTable");
  const deliveries = new Map(
    emails.filter((row) => row["rowType"] === "delivery").map((row) => [String(row["deliveryId"]), row]),
  );
  const caseAt = new Map(rows.filter((row) => row["sk"] === "CASE").map((row) => [row["pk"], row]));
  const messages = Map.groupBy(
    rows.filter((row) => String(row["sk"]).startsWith("MESSAGE#")),
    (row) => String(row["messageId"]),
  );
  const sent = Map.groupBy(system.sent(), ({ tags }) => tags["outbox"] ?? "");
  const Bucket = system.assembly.output("ArchiveBucket");
  return async (deliveryId) => {
    const delivery = deliveries.get(deliveryId);
    if (delivery === undefined) return undefined;
    const mailId = String(delivery["mailId"]);
    const held = messages.get(mailId) ?? [];
    const cases = held.flatMap((row) => {
      const theCase = caseAt.get(row["pk"]);
      return theCase === undefined ? [] : [theCase];
    });
    const object = await system.clients.s3.send(
      new GetObjectCommand({ Bucket, Key: String(delivery["archiveKey"]) }),
    );
    const bytes = Buffer.from((await object.Body?.transformToByteArray()) ?? []);
    return {
      mailId,
      archived: sha256(bytes) === delivery["sha256"] ? bytes : undefined,
      delivery,
      cases,
      message: held[0],
      acknowledgements: cases.flatMap((one) => sent.get(`ack-${one["caseId"]}`) ?? []),
    };
  };
}
