import nodemailer from "nodemailer";
import MailComposer from "nodemailer/lib/mail-composer/index.js";
import type { System } from "../local/system.ts";

type Composed = NonNullable<ConstructorParameters<typeof MailComposer>[0]>;
type Sent = Composed & { from: { name: string; address: string } };

/** Composes a mail as a mail program would, and hands it to the system's SMTP port. */
export async function sendComposed(system: System, mail: Sent): Promise<void> {
  const raw = await new MailComposer({ to: "kommunen@example.se", ...mail }).compile().build();
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port: system.smtpPort, ignoreTLS: true });
  await transport.sendMail({ envelope: { from: mail.from.address, to: ["kommunen@example.se"] }, raw });
}
