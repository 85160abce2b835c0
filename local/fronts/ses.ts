import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/** Which of SES's events a configuration set tells, and on which topic. From the template. */
export type EventDestination = { configurationSet: string; types: readonly string[]; topicArn: string };

/** One mail that SES took: what stands beside the raw mail in its folder. */
type Note = { id: string; to: readonly string[]; tags: Record<string, string>; at: string };
export type SentMail = Note & { raw: Buffer };

/**
 * What is wrong with SES for a while: a code that it answers with, or an answer that is lost after the mail was taken,
 * with its events or without them.
 */
export type SesFault = { code: SesCode; message?: string } | { lost: "answer" | "answer and events" };
/** https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html and CommonErrors.html there. */
type SesCode =
  | "Throttling"
  | "TooManyRequestsException"
  | "AccountSendingPausedException"
  | "MessageRejected";

export type SesFront = {
  url: string;
  /** Everything that was taken, oldest first. Nothing of it leaves the machine. */
  sent(): readonly SentMail[];
  /** The next calls fail so, one each. */
  failNext(faults: readonly SesFault[]): void;
  /** Until told otherwise every call is judged so, by the tags of its mail; those that are judged to be well are taken. */
  refuseWhile(judge: Judge | undefined): void;
  stop(): Promise<void>;
};

type Judge = (tags: Record<string, string>) => SesFault | undefined;

/** SES's limit for SendRawEmail (https://docs.aws.amazon.com/ses/latest/dg/quotas.html). */
const maxBytes = 10 * 1024 * 1024;

/**
 * Plays SES's sending side (version 1, Query protocol, SendRawEmail): keeps the mail with SES's own Message-ID and Date,
 * answers, and tells what became of it. Recipients `bounce…` bounce, `complaint…` complain, `slow…` are never heard of.
 */
export async function listenSes(options: {
  folder: string;
  destinations: () => readonly EventDestination[];
  publish: (topicArn: string, message: string) => void;
  region: string;
}): Promise<SesFront> {
  mkdirSync(options.folder, { recursive: true });
  const faults: SesFault[] = [];
  let judge: Judge | undefined;
  let sentNotes = readNotes(options.folder);

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.socket?.destroy());
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
    const raw = Buffer.from(form.get("RawMessage.Data") ?? "", "base64");
    const to = valuesOf(form, /^Destinations\.member\.\d+$/);
    const names = valuesOf(form, /^Tags\.member\.\d+\.Name$/);
    const values = valuesOf(form, /^Tags\.member\.\d+\.Value$/);
    const tags = Object.fromEntries(names.map((name, n) => [name, values[n] ?? ""]));
    const fault = faults.shift() ?? judge?.(tags);
    if (fault !== undefined && "code" in fault)
      return refuse(outgoing, fault.code, fault.message ?? "As a test asked for.");
    if (form.get("Action") !== "SendRawEmail")
      return refuse(outgoing, "InvalidAction", "Only SendRawEmail is played.");
    if (raw.length === 0 || to.length === 0)
      return refuse(outgoing, "InvalidParameterValue", "No mail, or nobody to send it to.");
    if (raw.length > maxBytes)
      return refuse(outgoing, "InvalidParameterValue", "Message length is more than 10485760 bytes long.");
    const note: Note = {
      id: randomBytes(20).toString("hex"),
      to,
      tags,
      at: new Date().toISOString(),
    };
    keep(note, raw);
    const silent = fault !== undefined && fault.lost === "answer and events";
    if (!silent) tell(note, form.get("ConfigurationSetName") ?? "", form.get("Source") ?? "");
    if (fault !== undefined) {
      outgoing.socket?.destroy();
      return;
    }
    const result = `<SendRawEmailResult><MessageId>${note.id}</MessageId></SendRawEmailResult>`;
    sendXml(
      outgoing,
      200,
      `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">${result}</SendRawEmailResponse>`,
    );
  }

  /** The note last: a mail without one was not taken. */
  function keep(note: Note, raw: Buffer): void {
    const place = join(options.folder, note.id);
    writeFileSync(`${place}.eml`, withSesFields(raw, note, options.region));
    writeFileSync(`${place}.draft`, JSON.stringify(note));
    renameSync(`${place}.draft`, `${place}.json`);
    sentNotes = [...sentNotes, note];
  }

  function tell(note: Note, configurationSet: string, source: string): void {
    for (const { types, topicArn } of options
      .destinations()
      .filter((one) => one.configurationSet === configurationSet)) {
      for (const event of eventsOf(note, source)) {
        if (!types.includes(event.eventType.toLowerCase())) continue;
        options.publish(topicArn, JSON.stringify(event));
      }
    }
  }

  // The door keeps its connections: one that was closed here in the same moment would lose a call.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: () =>
      sentNotes.map((note) => ({ ...note, raw: readFileSync(join(options.folder, `${note.id}.eml`)) })),
    failNext: (next) => faults.push(...next),
    refuseWhile: (next) => {
      judge = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function readNotes(folder: string): readonly Note[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const notes = files.map((name): Note => JSON.parse(readFileSync(join(folder, name), "utf8")));
  return notes.sort((a, b) => a.at.localeCompare(b.at));
}

function valuesOf(form: URLSearchParams, name: RegExp): readonly string[] {
  return [...form].filter(([key]) => name.test(key)).map(([, value]) => value);
}

/** SES puts its own Message-ID and Date in the place of the sender's. */
function withSesFields(raw: Buffer, note: Note, region: string): Buffer {
  const text = raw.toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  const fields = text.slice(0, end).replace(/^(message-id|date):.*(\r\n[ \t].*)*\r\n/gim, "");
  const own = `Message-ID: <${note.id}@${region}.amazonses.com>\r\nDate: ${new Date(note.at).toUTCString()}\r\n`;
  return Buffer.from(own + fields + text.slice(end), "latin1");
}

/** https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
function eventsOf(note: Note, source: string) {
  const tags = Object.fromEntries(Object.entries(note.tags).map(([name, value]) => [name, [value]]));
  const mail = { timestamp: note.at, messageId: note.id, source, destination: note.to, tags };
  const send = { eventType: "Send", mail, send: {} };
  const delivery = { eventType: "Delivery", mail, delivery: { timestamp: note.at, recipients: note.to } };
  const [local = ""] = (note.to[0] ?? "").split("@");
  if (local.startsWith("slow")) return [send];
  if (local.startsWith("bounce")) {
    const bouncedRecipients = note.to.map((emailAddress) => ({
      emailAddress,
      action: "failed",
      status: "5.1.1",
    }));
    return [
      send,
      {
        eventType: "Bounce",
        mail,
        bounce: { bounceType: "Permanent", bounceSubType: "General", bouncedRecipients },
      },
    ];
  }
  if (!local.startsWith("complaint")) return [send, delivery];
  const complainedRecipients = note.to.map((emailAddress) => ({ emailAddress }));
  return [send, delivery, { eventType: "Complaint", mail, complaint: { complainedRecipients } }];
}

function refuse(outgoing: ServerResponse, code: string, message: string): void {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  sendXml(
    outgoing,
    400,
    `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">${error}</ErrorResponse>`,
  );
}

function sendXml(outgoing: ServerResponse, status: number, xml: string): void {
  outgoing.writeHead(status, { "content-type": "text/xml" }).end(xml);
}
