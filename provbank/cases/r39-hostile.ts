import type { System } from "../../local/system.ts";
import { withSystem } from "../bench-system.ts";
import type { Bench, Figure, ProvingCase } from "../case.ts";
import { type HeavyMail, handleHeavy } from "../heavy-mails.ts";

const allowedSeconds = 10;

const head = (...fields: string[]) =>
  ["From: ond@example.org", "Subject: Elakt", "MIME-Version: 1.0", ...fields].join("\r\n");
const mail = (fields: string[], ...body: string[]) =>
  Buffer.from([head(...fields), "", ...body, ""].join("\r\n"));
const many = (count: number, of: (n: number) => string) => Array.from({ length: count }, (_, n) => of(n));

/** Mails that take parsers long, or their memory, or their stack. */
const hostile = (): readonly HeavyMail[] => [
  {
    name: "50 000 recipients",
    raw: mail([`To: ${many(50_000, (n) => `a${n}@example.org`).join(",\r\n ")}`], "Hej"),
  },
  {
    name: "5 000 parts within parts",
    raw: Buffer.from(
      `${head("Content-Type: multipart/mixed; boundary=b0")}\r\n\r\n${many(
        5_000,
        (n) => `--b${n}\r\nContent-Type: multipart/mixed; boundary=b${n + 1}\r\n\r\n`,
      ).join("")}--b5000\r\n\r\nInnerst\r\n`,
    ),
  },
  {
    name: "10 000 parts beside each other",
    raw: mail(
      ["Content-Type: multipart/mixed; boundary=b"],
      ...many(10_000, () => "--b\r\nContent-Type: text/plain\r\n\r\nx"),
      "--b--",
    ),
  },
  {
    name: "20 000 parameters in a field",
    raw: mail(
      [`Content-Type: text/plain;\r\n ${many(20_000, (n) => `name*${n}*=utf-8''x`).join(";\r\n ")}`],
      "Hej",
    ),
  },
  {
    name: "a header of 5 MB",
    raw: mail([`Subject: ${many(70_000, () => "x".repeat(72)).join("\r\n ")}`], "Hej"),
  },
  {
    name: "1.9 MB of header fields",
    raw: mail(
      many(60_000, (n) => `X-Falt-${n}: ${"y".repeat(18)}`),
      "Hej",
    ),
  },
  {
    name: "20 000 brackets in an address",
    raw: mail([`Cc: ${"(".repeat(20_000)}a@example.org${")".repeat(20_000)}`], "Hej"),
  },
  {
    name: "3 000 groups within groups",
    raw: mail([`To: ${"g:".repeat(3_000)}a@example.org${";".repeat(3_000)}`], "Hej"),
  },
  {
    name: "500 mails within mails",
    raw: Buffer.from(
      many(500, () => `${head("Content-Type: message/rfc822")}\r\n\r\n`).join("") +
        `${head()}\r\n\r\nInnerst\r\n`,
    ),
  },
  {
    name: "60 000 elements within elements",
    raw: mail(["Content-Type: text/html"], "<div>".repeat(60_000)),
  },
  {
    name: "3 MB of addresses of the web",
    raw: mail(["Content-Type: text/html"], ...many(100_000, (n) => `http://example.org/${n}/abcdef`)),
  },
  {
    name: "400 000 references to characters in 6 MB",
    raw: mail(["Content-Type: text/html"], ...many(20_000, () => "&amp;#60;&lt;&#x26;".repeat(20))),
  },
  {
    name: "20 000 encoded words",
    raw: mail([`Subject: ${many(20_000, () => "=?utf-8?Q?=C3=A5?=").join("\r\n ")}`], "Hej"),
  },
  {
    name: "38 MB of short lines in a part",
    raw: Buffer.concat([
      Buffer.from(`${head("Content-Type: multipart/mixed; boundary=b")}\r\n\r\n--b\r\n\r\n`),
      Buffer.alloc(38 * 1024 * 1024, "0123456789abcde\r\n"),
      Buffer.from("\r\n--b--\r\n"),
    ]),
  },
];

/** Each is a case within ten seconds of a processor, within the function's memory, with its raw bytes kept. */
export async function hostileMails(
  system: System,
  { say }: Bench,
  names?: readonly string[],
): Promise<Figure> {
  const tried = hostile().filter(({ name }) => names?.includes(name) ?? true);
  const { handled, mostMemoryMb, memorySettingMb } = await handleHeavy(system, tried, say);
  const faults = handled
    .filter(({ cases, kept, seconds }) => cases !== 1 || !kept || !(seconds < allowedSeconds))
    .map(
      ({ name, cases, kept, seconds }) => `${name}: ${cases} cases, ${kept ? "" : "not "}kept, ${seconds} s`,
    );
  return {
    holds: faults.length === 0 && tried.length > 0 && mostMemoryMb > 0 && mostMemoryMb < memorySettingMb,
    mails: tried.length,
    cases: handled.filter(({ cases }) => cases === 1).length,
    kept: handled.filter(({ kept }) => kept).length,
    unreadable: handled.filter(({ unreadable }) => unreadable).length,
    secondsEach: Object.fromEntries(handled.map(({ name, seconds }) => [name, seconds])),
    allowedSeconds,
    mostMemoryMb,
    memorySettingMb,
    faults,
  };
}

export const r39: ProvingCase = {
  id: "R39",
  title: "mails made to stop a parser",
  run: (bench) =>
    withSystem({ functionsAs: "processes", maxInstances: 1, visibilitySeconds: 120 }, (system) =>
      hostileMails(system, bench),
    ),
};
