import PostalMime from "postal-mime";
import { type Bench, between, type Figure, type ProvingCase } from "../case.ts";
import { letterIn } from "../letters.ts";

/** Code pages in which somebody may write Swedish: where each letter of ours lies. */
const latin1 = new Map([..."åäöÅÄÖéÉü"].map((letter) => [letter, letter.codePointAt(0) ?? 0]));
/** As in https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/CP850.TXT. */
const cp850 = new Map([
  ["å", 0x86],
  ["ä", 0x84],
  ["ö", 0x94],
  ["Å", 0x8f],
  ["Ä", 0x8e],
  ["Ö", 0x99],
  ["é", 0x82],
  ["É", 0x90],
  ["ü", 0x81],
]);
/** As in https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT: Latin-1, and what it lacks. */
const cp1252 = new Map([...latin1, ["–", 0x96], ["”", 0x94], ["’", 0x92], ["€", 0x80]]);

const inCodePage = (text: string, page: ReadonlyMap<string, number>) =>
  Buffer.from([...text].map((letter) => page.get(letter) ?? letter.codePointAt(0) ?? 0));

/** RFC 2152: what is not ASCII as base64 of UTF-16, between + and -. */
function inUtf7(text: string): Buffer {
  const encoded = text.replaceAll("+", "+-").replace(/[^ -~]+/g, (letters) => {
    const units = Buffer.from(letters, "utf16le").swap16();
    return `+${units.toString("base64").replace(/=+$/, "")}-`;
  });
  return Buffer.from(encoded, "latin1");
}

function quotedPrintable(bytes: Buffer): string {
  return [...bytes]
    .map((byte) =>
      (byte >= 33 && byte <= 126 && byte !== 61) || byte === 32
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    )
    .join("");
}

type Form = {
  what: string;
  /** What the mail says that it is written in, and what it is. */
  label: string;
  encode: (text: string) => Buffer;
  /** How names and subjects stand in the header. */
  header: "encoded words" | "raw bytes";
  transfer: "8bit" | "quoted-printable" | "base64";
};

const utf8 = (text: string) => Buffer.from(text, "utf8");
const inLatin1 = (text: string) => inCodePage(text, latin1);
const inCp1252 = (text: string) => inCodePage(text, cp1252);
const inCp850 = (text: string) => inCodePage(text, cp850);

const forms = {
  utf8: { what: "UTF-8", label: "utf-8", encode: utf8, header: "encoded words", transfer: "8bit" },
  utf8Base64: {
    what: "UTF-8, base64",
    label: "UTF-8",
    encode: utf8,
    header: "encoded words",
    transfer: "base64",
  },
  latin1: {
    what: "Latin-1",
    label: "iso-8859-1",
    encode: inLatin1,
    header: "encoded words",
    transfer: "quoted-printable",
  },
  latin9: {
    what: "Latin-9",
    label: "ISO-8859-15",
    encode: inLatin1,
    header: "encoded words",
    transfer: "8bit",
  },
  cp1252: {
    what: "cp1252",
    label: "windows-1252",
    encode: inCp1252,
    header: "encoded words",
    transfer: "8bit",
  },
  cp1252AsLatin1: {
    what: "cp1252 called Latin-1",
    label: "iso-8859-1",
    encode: inCp1252,
    header: "encoded words",
    transfer: "quoted-printable",
  },
  rawUtf8: {
    what: "raw UTF-8 in the header",
    label: "utf-8",
    encode: utf8,
    header: "raw bytes",
    transfer: "8bit",
  },
  rawLatin1: {
    what: "raw Latin-1 in the header",
    label: "iso-8859-1",
    encode: inLatin1,
    header: "raw bytes",
    transfer: "8bit",
  },
  latin1AsAscii: {
    what: "Latin-1 called us-ascii",
    label: "us-ascii",
    encode: inLatin1,
    header: "encoded words",
    transfer: "8bit",
  },
  latin1AsUtf8: {
    what: "Latin-1 called UTF-8",
    label: "utf-8",
    encode: inLatin1,
    header: "raw bytes",
    transfer: "8bit",
  },
  utf8AsLatin1: {
    what: "UTF-8 called Latin-1",
    label: "iso-8859-1",
    encode: utf8,
    header: "encoded words",
    transfer: "8bit",
  },
  utf7: { what: "UTF-7", label: "utf-7", encode: inUtf7, header: "encoded words", transfer: "8bit" },
  cp850: { what: "cp850", label: "ibm850", encode: inCp850, header: "encoded words", transfer: "8bit" },
} as const satisfies Record<string, Form>;

export type FormName = keyof typeof forms;
const allForms = Object.keys(forms) as FormName[];

const given = ["Åsa", "Örjan", "Märta", "Göran", "Björn", "Håkan", "André", "Jörgen", "Ängla", "Säde"];
const family = [
  "Öberg-Ek",
  "Åström",
  "Sjöström",
  "Malmström Älv",
  "Nygård",
  "Bäckström",
  "Hånell",
  "Källén",
  "Ödman",
  "Müller",
];
const texts = [
  "Hej! Gatlampan på Ångströmsvägen är släckt sedan i går. Hör av er på måndag.",
  "Är det möjligt att få en större soptunna? Vi är åtta i hushållet.",
  "Öppettiderna på återvinningen stämmer inte: där står lördag, men det är stängt.",
];

type Score = { names: number; subjects: number; texts: number; addresses: number; of: number };

/** Swedish names and texts in every code page, label and transfer encoding that we can expect. */
export async function swedishLetters({ random }: Bench, names: readonly FormName[]): Promise<Figure> {
  const people = given.flatMap((first) => family.map((last) => `${first} ${last}`));
  const scores: Record<string, Score> = {};
  let replaced = 0;
  let replacedByParser = 0;
  for (const name of names) {
    const form: Form = forms[name];
    const score: Score = { names: 0, subjects: 0, texts: 0, addresses: 0, of: people.length };
    for (const [n, person] of people.entries()) {
      const text = texts[between(random, 0, texts.length - 1)] ?? "";
      const subject = `Fråga från ${person}`;
      const raw = written(form, { person, subject, text, n });
      const letter = await letterIn(raw);
      const parsed = await PostalMime.parse(raw);
      if (letter.from?.name === person) score.names += 1;
      if (letter.subject === subject) score.subjects += 1;
      if (letter.text.trim() === text) score.texts += 1;
      if (letter.from?.address === addressOf(n)) score.addresses += 1;
      replaced += marksIn(letter.from?.name, letter.subject, letter.text);
      replacedByParser += marksIn(parsed.from?.name, parsed.subject, parsed.text);
    }
    scores[form.what] = score;
  }
  const right = (part: keyof Omit<Score, "of">) =>
    Object.values(scores).filter((score) => score[part] === score.of).length;
  const addresses = Object.values(scores).every((score) => score.addresses === score.of);
  const wrong = Object.entries(scores).filter(([, score]) =>
    [score.names, score.subjects, score.texts].some((count) => count !== score.of),
  );
  return {
    holds:
      names.length > 0 &&
      right("names") === names.length &&
      right("subjects") === names.length &&
      right("texts") === names.length &&
      addresses &&
      replaced === 0,
    forms: names.length,
    namesEach: people.length,
    formsWithAllNamesRight: `${right("names")}/${names.length}`,
    formsWithAllSubjectsRight: `${right("subjects")}/${names.length}`,
    formsWithAllTextsRight: `${right("texts")}/${names.length}`,
    replacementMarks: replaced,
    replacementMarksOfTheParserAlone: replacedByParser,
    notAllRight: Object.fromEntries(wrong),
  };
}

/** Every fourth writes from an address whose domain is not ASCII. */
function addressOf(n: number): string {
  return n % 4 === 0 ? `person${n}@exämple.org` : `person${n}@example.org`;
}

function written(
  form: Form,
  { person, subject, text, n }: { person: string; subject: string; text: string; n: number },
): Buffer {
  const inHeader = (value: string): Buffer =>
    form.header === "raw bytes" ? form.encode(value) : Buffer.from(encodedWord(form, value), "latin1");
  const body = form.encode(text);
  const carried = {
    "8bit": body,
    "quoted-printable": Buffer.from(quotedPrintable(body), "latin1"),
    base64: Buffer.from(body.toString("base64"), "latin1"),
  }[form.transfer];
  return Buffer.concat([
    Buffer.from("From: "),
    inHeader(person),
    // RFC 6532: an address that is not ASCII is UTF-8, whatever the rest is in.
    Buffer.from(` <${addressOf(n)}>\r\nSubject: `, "utf8"),
    inHeader(subject),
    Buffer.from(
      `\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=${form.label}\r\nContent-Transfer-Encoding: ${form.transfer}\r\n\r\n`,
    ),
    carried,
    Buffer.from("\r\n"),
  ]);
}

/** RFC 2047: by turns as B and as Q. */
function encodedWord({ label, encode }: Form, value: string): string {
  const bytes = encode(value);
  return bytes.length % 2 === 0
    ? `=?${label}?B?${bytes.toString("base64")}?=`
    : `=?${label}?Q?${quotedPrintable(bytes).replaceAll("_", "=5F").replaceAll("?", "=3F").replaceAll(" ", "_")}?=`;
}

function marksIn(...pieces: readonly (string | null | undefined)[]): number {
  return pieces.reduce((sum, piece) => sum + (piece?.split("\ufffd").length ?? 1) - 1, 0);
}

export const r41: ProvingCase = {
  id: "R41",
  title: "å, ä and ö in every code page, rightly and wrongly labelled",
  run: (bench) => swedishLetters(bench, allForms),
};
