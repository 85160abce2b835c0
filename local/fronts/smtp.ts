import { randomBytes } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { sha256 } from "#shared/ids.ts";

/** The receipt rule of the template: for whom mail is taken in, where it is put, and who is told. */
export type ReceiptRule = { domains: readonly string[]; bucket: string; prefix: string; topicArn: string };

/** One mail that the server said 250 to. */
export type Accepted = { deliveryId: string; sha256: string; bytes: number; at: string };

/** The server's own account of what it accepted, a line per mail, written before the sender hears of it. */
type Ledger = { accepted(): readonly Accepted[] };

export type SmtpFront = {
  port: number;
  ledger: Ledger;
  /** How many times the notice of each mail is published from now on: 0 is a notice that is lost. */
  noticesPerMail(times: () => number): void;
  stop(): Promise<void>;
};

/** SES takes mail of at most 40 MB, header fields included (https://docs.aws.amazon.com/ses/latest/dg/quotas.html). */
const maxBytes = 40 * 1024 * 1024;

/**
 * Plays SES's receiving side by the template's rule: the raw mail to the inbox first, then the notice. Verdicts are
 * PASS; a sender that says `EHLO verdict.dmarc-fail.spam-fail` sets others.
 */
export async function listenSmtp(options: {
  port: number;
  rule: ReceiptRule;
  s3: S3Client;
  publish: (topicArn: string, message: string) => void;
  ledgerFile: string;
}): Promise<SmtpFront> {
  const { rule } = options;
  let times = (): number => 1;
  const server = new SMTPServer({
    name: "inbound-smtp.localhost",
    banner: "Servicecenter on one machine",
    disabledCommands: ["AUTH", "STARTTLS"],
    size: maxBytes,
    authOptional: true,
    logger: false,
    disableReverseLookup: true,
    maxClients: 200,
    onRcptTo(address, _session, done) {
      const domain = address.address.slice(address.address.lastIndexOf("@") + 1).toLowerCase();
      done(rule.domains.includes(domain) ? null : refusal(550, "Mail for this domain is not taken in here"));
    },
    onData(stream, session, done) {
      accept(stream, session).then(
        (id) => done(null, `OK ${id}`),
        (error: unknown) => done(error instanceof Error ? error : new Error("not stored")),
      );
    },
  });
  server.on("error", () => {
    // A client that hangs up in the middle; it got no 250 and will come again.
  });

  async function accept(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const deliveryId = randomBytes(20).toString("hex");
    const now = new Date();
    const raw = Buffer.concat([trace(session, deliveryId, now), ...chunks]);
    if (stream.sizeExceeded || raw.length > maxBytes) throw refusal(552, "Message is larger than 40 MB");
    const key = `${rule.prefix}${deliveryId}`;
    await options.s3.send(new PutObjectCommand({ Bucket: rule.bucket, Key: key, Body: raw }));
    const notice = JSON.stringify(noticeOf(session, { deliveryId, key, bucket: rule.bucket, now }));
    for (let left = times(); left > 0; left -= 1) options.publish(rule.topicArn, notice);
    const line: Accepted = { deliveryId, sha256: sha256(raw), bytes: raw.length, at: now.toISOString() };
    appendFileSync(options.ledgerFile, `${JSON.stringify(line)}\n`);
    return deliveryId;
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", () => resolve());
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    ledger: { accepted: () => readLedger(options.ledgerFile) },
    noticesPerMail: (next) => {
      times = next;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A last line that a kill cut off is none: its sender got no 250. */
function readLedger(file: string): readonly Accepted[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.map((line): Accepted => JSON.parse(line));
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function envelopeFrom(session: SMTPServerSession): string {
  const { mailFrom } = session.envelope;
  return typeof mailFrom === "object" ? mailFrom.address : "";
}

/** What SES puts on top of a mail that it stores. */
function trace(session: SMTPServerSession, id: string, now: Date): Buffer {
  const greeting = String(session.hostNameAppearsAs).replace(/[^\w.[\]:-]/g, "");
  // `EHLO verdict.client-192-0-2-7`: as if the mail came from that address.
  const client = /(?:^|\.)client-(\d+)-(\d+)-(\d+)-(\d+)/.exec(greeting)?.slice(1).join(".");
  const lines = [
    `Return-Path: <${envelopeFrom(session)}>`,
    `Received: from ${greeting} (${greeting} [${client ?? session.remoteAddress}])`,
    ` by inbound-smtp.localhost with SMTP id ${id};`,
    ` ${now.toUTCString().replace("GMT", "+0000")}`,
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n`);
}

const verdictNames = ["spam", "virus", "spf", "dkim", "dmarc"] as const;

/** https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html */
function noticeOf(
  session: SMTPServerSession,
  mail: { deliveryId: string; key: string; bucket: string; now: Date },
) {
  const recipients = session.envelope.rcptTo.map((recipient) => recipient.address);
  const greeting = String(session.hostNameAppearsAs).toLowerCase().split(".");
  const set = greeting[0] === "verdict" ? greeting.slice(1) : [];
  const verdicts = verdictNames.map((name) => {
    const status = set.find((word) => word.startsWith(`${name}-`))?.slice(name.length + 1) ?? "pass";
    return [`${name}Verdict`, { status: status.replaceAll("-", "_").toUpperCase() }];
  });
  return {
    notificationType: "Received",
    mail: {
      timestamp: mail.now.toISOString(),
      source: envelopeFrom(session),
      messageId: mail.deliveryId,
      destination: recipients,
    },
    receipt: {
      timestamp: mail.now.toISOString(),
      processingTimeMillis: 1,
      recipients,
      ...Object.fromEntries(verdicts),
      action: { type: "S3", bucketName: mail.bucket, objectKey: mail.key },
    },
  };
}
