import type { System } from "../../local/system.ts";
import { withSystem } from "../bench-system.ts";
import { type Bench, between, type Figure, type ProvingCase } from "../case.ts";
import { type HeavyMail, handleHeavy } from "../heavy-mails.ts";

const kb = 1024;
const mb = 1024 * kb;
/** What is sent, without what our server puts on top: SES takes 40 MB in all. */
const ladder = [
  0,
  1,
  100,
  kb,
  10 * kb,
  64 * kb,
  100 * kb,
  151 * kb,
  257 * kb,
  512 * kb,
  mb,
  2 * mb,
  4 * mb,
  8 * mb,
  10 * mb,
  16 * mb,
  20 * mb,
  30 * mb,
  35 * mb,
  Math.floor(39.9 * mb),
];
/** Stands in every mail that has room for it, and must stand in no message. */
const canary = "kanarie-i-brevet";

/** Mails of every size, with hundreds of attachments, and with nothing to say: each a case, and no body in a queue. */
export async function sizes(system: System, { random, say }: Bench, every: number): Promise<Figure> {
  const rungs = ladder.filter((_, n) => n % every === 0);
  const mails = [
    ...rungs.map((bytes, n) => mailOf(bytes, n, random)),
    { name: "500 attachments", raw: manyAttachments(500) },
    { name: "empty body", raw: Buffer.from(`${head("Tomt")}\r\n\r\n`) },
  ];
  const messages = watchMessages(system);
  const { handled, mostMemoryMb, memorySettingMb } = await handleHeavy(system, mails, say);
  messages.stop();
  const faults = handled
    .filter(({ cases, kept }) => cases !== 1 || !kept)
    .map(({ name, cases, kept }) => `${name}: ${cases} cases, ${kept ? "" : "not "}kept`);
  const slowest = handled.toSorted((a, b) => b.seconds - a.seconds)[0];
  return {
    holds:
      faults.length === 0 &&
      mostMemoryMb > 0 &&
      mostMemoryMb < memorySettingMb &&
      messages.count() > 2 * mails.length &&
      messages.withBody() === 0 &&
      messages.mostBytes() < 10 * kb,
    mails: mails.length,
    sizes: rungs.length,
    cases: handled.filter(({ cases }) => cases === 1).length,
    largestBytes: Math.max(...mails.map(({ raw }) => raw.length)),
    mostMemoryMb,
    memorySettingMb,
    messages: messages.count(),
    mostBytesInAMessage: messages.mostBytes(),
    messagesWithBody: messages.withBody(),
    slowest: `${slowest?.name}: ${slowest?.seconds} s`,
    faults,
  };
}

function head(subject: string): string {
  return [
    "From: storlek@example.org",
    "To: kommunen@example.se",
    `Subject: ${subject}`,
    "MIME-Version: 1.0",
  ].join("\r\n");
}

/** A mail of exactly so many bytes: in turn one long text, an attachment, and HTML. */
function mailOf(bytes: number, n: number, random: () => number): HeavyMail {
  const forms = ["text", "attachment", "html"] as const;
  const form = forms[n % forms.length] ?? "text";
  const [opening, closing] = {
    text: [`${head(`Text ${n}`)}\r\n\r\n${canary}\r\n`, "\r\n"],
    attachment: [
      [
        head(`Bilaga ${n}`),
        "Content-Type: multipart/mixed; boundary=grans",
        "",
        "--grans",
        "",
        canary,
        "--grans",
        "Content-Type: application/pdf",
        "Content-Disposition: attachment; filename=karta.pdf",
        "Content-Transfer-Encoding: base64",
        "",
        "",
      ].join("\r\n"),
      "\r\n--grans--\r\n",
    ],
    html: [`${head(`Html ${n}`)}\r\nContent-Type: text/html\r\n\r\n<p>${canary}</p>\r\n`, "\r\n"],
  }[form] as [string, string];
  const room = bytes - opening.length - closing.length;
  const name = `${bytes} bytes`;
  // The smallest have no room for a header.
  if (room < 0) return { name, raw: Buffer.from(opening.slice(0, bytes)) };
  return { name, raw: Buffer.concat([Buffer.from(opening), lines(room, random), Buffer.from(closing)]) };
}

/** So many bytes of letters, in lines as base64 has them. */
function lines(bytes: number, random: () => number): Buffer {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const line = Array.from({ length: 76 }, () => letters[between(random, 0, letters.length - 1)]).join("");
  const filled = Buffer.alloc(bytes, `${line}\r\n`);
  // Half a line end would be made a whole one on the way.
  if (filled.at(-1) === 0x0d) filled[bytes - 1] = 0x41;
  return filled;
}

function manyAttachments(count: number): Buffer {
  const parts = Array.from({ length: count }, (_, n) =>
    [
      "--b",
      "Content-Type: text/csv",
      `Content-Disposition: attachment; filename="lista ${n}.csv"`,
      "",
      `${n};${canary}`,
    ].join("\r\n"),
  );
  return Buffer.from(
    [head("500 bilagor"), "Content-Type: multipart/mixed; boundary=b", "", ...parts, "--b--", ""].join(
      "\r\n",
    ),
  );
}

/** Every message that goes to a queue: notices of the front, and what functions publish and send. */
function watchMessages(system: System) {
  let count = 0;
  let mostBytes = 0;
  let withBody = 0;
  const look = (message: string) => {
    count += 1;
    mostBytes = Math.max(mostBytes, Buffer.byteLength(message));
    if (message.includes(canary)) withBody += 1;
  };
  system.watchPublished(look);
  system.door.inject(({ service, body }) => {
    if (service === "sns" || service === "sqs") look(body);
    return undefined;
  });
  const stop = () => {
    system.watchPublished(undefined);
    system.door.inject(undefined);
  };
  return { count: () => count, mostBytes: () => mostBytes, withBody: () => withBody, stop };
}

export const r11: ProvingCase = {
  id: "R11",
  title: "mails of 0 bytes to 39.9 MB, 500 attachments, an empty body",
  run: (bench) =>
    withSystem({ functionsAs: "processes", maxInstances: 1, visibilitySeconds: 120 }, (system) =>
      sizes(system, bench, 1),
    ),
};
