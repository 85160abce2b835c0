import { randomUUID } from "node:crypto";
import nodemailer from "nodemailer";

type Fields = {
  from?: string;
  to?: string;
  subject?: string;
  messageId?: string;
  references?: string;
  text?: string;
};

/** A raw mail in plain Swedish; only what matters need be given. Each has an id of its own unless told. */
export function rawMail(fields: Fields = {}): Buffer {
  const lines = [
    `From: ${fields.from ?? "=?utf-8?B?w4VzYQ==?= <asa@example.org>"}`,
    `To: ${fields.to ?? "kommunen@example.se"}`,
    `Subject: ${fields.subject ?? "Plogning"}`,
    `Message-ID: <${fields.messageId ?? `${randomUUID()}@example.org`}>`,
    ...(fields.references === undefined ? [] : [`References: <${fields.references}>`]),
    "Date: Tue, 24 Nov 2026 08:00:00 +0100",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
    "",
    fields.text ?? "Hej, när plogas vår gata? Hälsningar från Åsa",
    "",
  ];
  return Buffer.from(lines.join("\r\n"));
}

type Envelope = { from?: string; to?: string[]; greeting?: string };

/** Hands raw mail to an SMTP port as another mail server would. Rejects with the server's refusal. */
export async function send(port: number, raw: Buffer | string, envelope: Envelope = {}): Promise<void> {
  const transport = nodemailer.createTransport({
    host: "127.0.0.1",
    port,
    ignoreTLS: true,
    ...(envelope.greeting === undefined ? {} : { name: envelope.greeting }),
  });
  const to = envelope.to ?? ["kommunen@example.se"];
  await transport.sendMail({ envelope: { from: envelope.from ?? "asa@example.org", to }, raw });
}
