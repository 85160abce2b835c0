import { GetQueueAttributesCommand, ListQueuesCommand } from "@aws-sdk/client-sqs";
import nodemailer from "nodemailer";
import { type System, type SystemOptions, startSystem } from "../local/system.ts";
import { changedAssembly, impatient } from "./assembly.ts";

type Use<T> = (system: System) => Promise<T>;

/** Longer than most batches take, their function's loading with them: a message that waits for its turn is not to be counted as tried. */
export const usualVisibilitySeconds = 3;
/** After how many seconds a queue brings a message again: longer where much is on its way, one where one thing is at a time. */
type Patience = { visibilitySeconds?: number };

/**
 * A fresh system in memory for one case, with queues that bring a message again after three seconds unless told otherwise
 * (time is not what is tried), that gather no batches, its functions as child processes. Stopped and thrown away afterwards.
 */
export async function withSystem<T>(
  { visibilitySeconds = usualVisibilitySeconds, ...options }: Partial<SystemOptions> & Patience,
  use: Use<T>,
): Promise<T> {
  const assembly = changedAssembly(impatient(visibilitySeconds));
  try {
    const system = await startSystem({
      assembly: assembly.folder,
      kommun: "demo",
      httpPort: 0,
      smtpPort: 0,
      functionsAs: "processes",
      maxInstances: 2,
      hurry: true,
      runsLong: true,
      say: () => undefined,
      ...options,
    });
    try {
      return await use(system);
    } finally {
      await system.stop();
    }
  } finally {
    assembly.remove();
  }
}

/** Messages that were given up, in whichever dead-letter queue. */
export async function deadLetters(system: System): Promise<number> {
  const { QueueUrls = [] } = await system.clients.sqs.send(new ListQueuesCommand({ MaxResults: 1000 }));
  const counts = await Promise.all(
    QueueUrls.filter((url) => url.includes("DeadLetters")).map(async (QueueUrl) => {
      const asked = { QueueUrl, AttributeNames: ["ApproximateNumberOfMessages" as const] };
      const { Attributes } = await system.clients.sqs.send(new GetQueueAttributesCommand(asked));
      return Number(Attributes?.["ApproximateNumberOfMessages"] ?? 0);
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

export type Letter = {
  from: string;
  subject: string;
  text?: string;
  messageId?: string;
  references?: string;
  /** The content of a file that comes with it. */
  file?: string;
};

/** Hands mails to the system's SMTP port, a few at a time. The same letter twice is the same mail, byte for byte. */
export function postman(system: System, connections = 8) {
  const transport = nodemailer.createTransport({
    host: "127.0.0.1",
    port: system.smtpPort,
    ignoreTLS: true,
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
  });
  return {
    async post(letter: Letter): Promise<void> {
      const envelope = { from: letter.from, to: ["kommunen@example.se"] };
      await transport.sendMail({ envelope, raw: rawOf(letter) });
    },
    close: () => transport.close(),
  };
}

function rawOf(letter: Letter): string {
  const { from, subject, text = "Hej, en fråga.", messageId, references, file } = letter;
  return [
    `From: ${from}`,
    "To: kommunen@example.se",
    `Subject: ${subject}`,
    ...(messageId === undefined ? [] : [`Message-ID: <${messageId}>`]),
    ...(references === undefined ? [] : [`References: <${references}>`]),
    "MIME-Version: 1.0",
    ...(file === undefined ? textPart(text) : [...partsWith(file, text)]),
    "",
  ].join("\r\n");
}

const textPart = (text: string) => [
  "Content-Type: text/plain; charset=utf-8",
  "Content-Transfer-Encoding: 8bit",
  "",
  text,
];

const partsWith = (file: string, text: string) => [
  "Content-Type: multipart/mixed; boundary=del",
  "",
  "--del",
  ...textPart(text),
  "--del",
  "Content-Type: application/pdf; name=bilaga.pdf",
  "Content-Transfer-Encoding: base64",
  "",
  Buffer.from(file).toString("base64"),
  "--del--",
];
