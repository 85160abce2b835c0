import { isAscii, isUtf8 } from "node:buffer";
import iconv from "iconv-lite";
import PostalMime from "postal-mime";
import { fieldName, headerFields } from "./identity.ts";

/**
 * Charsets that mail still comes in and that the Encoding Standard leaves out (https://encoding.spec.whatwg.org/#names-and-labels),
 * so that the parser would guess: UTF-7 (RFC 2152) and the code pages of DOS.
 */
const exoticLabel =
  /^(unicode-1-1-)?utf-?7$|^(x-)?(cp|ibm|dos|csibm|pc|oem)?-?(437|720|737|775|850|852|857|858|860|861|862|863|865)$/;
/** Where a look at the bytes finds none, the mail passes untouched. */
const trace = /utf-?7|(cp|ibm|dos|pc|oem)-?\d{3}|charset\s{0,5}=\s{0,5}"?\d{3}/i;

/** Of how many parts the bodies are looked at, and how many different boundaries are known. */
const most = { parts: 200, boundaries: 200 };

/**
 * The mail with its texts and header words in such a charset, and header fields in bare Latin-1, written in UTF-8. All else
 * stays byte for byte. `wrongly`: the texts were seen to be in another charset than they say, UTF-8 or Windows' Latin-1: where their bytes
 * tell so, they are written anew as well.
 */
export async function inKnownCharsets(raw: Uint8Array, { wrongly = false } = {}): Promise<Uint8Array> {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const plain = withPlainHeader(bytes);
  const text = plain.toString("latin1");
  if (!wrongly && !trace.test(text)) return plain === bytes ? raw : plain;
  const lines = text.split("\n");
  const boundaries = new Set<string>();
  const written: string[] = [];
  let at = 0;
  for (let parts = 0; at < lines.length && parts < most.parts; parts += 1) {
    const blank = nextLine(lines, at, (line) => line.trim() === "");
    const fields = headerFields(lines.slice(at, blank).join("\n"));
    for (const boundary of fields.flatMap(boundaryOf)) {
      if (boundaries.size < most.boundaries) boundaries.add(`--${boundary}`);
    }
    const end = nextLine(lines, blank + 1, (line) => boundaries.has(line.trimEnd().replace(/--$/, "")));
    const body = lines.slice(blank + 1, end).join("\n");
    written.push(...(await part(fields, lines.slice(at, blank), body, wrongly)));
    if (end < lines.length) written.push(lines[end] ?? "");
    at = end + 1;
  }
  return Buffer.from([...written, ...lines.slice(at)].join("\n"), "latin1");
}

/** A header ends at the first empty line; one that is longer no parser takes. */
const longestHeader = 2_000_000;

/**
 * A header field holds ASCII (RFC 5322 §2.2) or UTF-8 (RFC 6532). A word of other bytes was written by an old program in
 * Windows' Latin-1, so it is read as that; the address beside it may be UTF-8 all the same.
 */
function withPlainHeader(mail: Buffer): Buffer {
  const start = mail.subarray(0, longestHeader);
  const ends = ["\r\n\r\n", "\n\n"].map((gap) => start.indexOf(gap)).filter((end) => end >= 0);
  const header = start.subarray(0, Math.min(start.length, ...ends));
  if (isUtf8(header)) return mail;
  const words = header.toString("latin1").replace(/[\x80-\xff][^\s<>",;]*/g, (word) => {
    const bytes = Buffer.from(word, "latin1");
    return isUtf8(bytes) ? word : Buffer.from(windowsLatin.decode(bytes)).toString("latin1");
  });
  return Buffer.concat([Buffer.from(words, "latin1"), mail.subarray(header.length)]);
}

const windowsLatin = new TextDecoder("windows-1252");

function nextLine(lines: readonly string[], from: number, wanted: (line: string) => boolean): number {
  for (let at = from; at < lines.length; at += 1) if (wanted(lines[at] ?? "")) return at;
  return lines.length;
}

function boundaryOf(field: string): readonly string[] {
  if (fieldName(field) !== "content-type") return [];
  const found = /boundary\s{0,5}=\s{0,5}("([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(field);
  const boundary = found?.[2] ?? found?.[3];
  return boundary === undefined ? [] : [boundary];
}

/** One part: its header, an empty line, its body; recoded where its charset asks for it. */
async function part(
  fields: readonly string[],
  header: readonly string[],
  body: string,
  wrongly: boolean,
): Promise<readonly string[]> {
  const recode = (line: string) => recodeWords(line, wrongly);
  const untouched = () => [...header.map(recode), "", body];
  const fieldOf = (name: string) => fields.find((field) => fieldName(field) === name);
  const type = fieldOf("content-type") ?? "Content-Type: text/plain";
  const exotic = charsetOf(type);
  const isFile = /^content-disposition\s{0,5}:\s{0,5}attachment/i.test(fieldOf("content-disposition") ?? "");
  const isText = /^content-type\s{0,5}:\s{0,5}text\//i.test(type) && !isFile;
  if (!isText || (exotic === undefined && !wrongly)) return untouched();
  const bytes = await transferDecoded(fieldOf("content-transfer-encoding"), body);
  const label = exotic ?? truly(labelIn(type), bytes);
  if (label === undefined) return untouched();
  const kept = fields.filter(
    (field) => !["content-type", "content-transfer-encoding"].includes(fieldName(field)),
  );
  return [
    ...kept.map(recode),
    charsetParameter.test(type) ? type.replace(charsetParameter, "charset=utf-8") : `${type}; charset=utf-8`,
    "Content-Transfer-Encoding: base64",
    "",
    base64Lines(Buffer.from(iconv.decode(bytes, label))),
    "",
  ];
}

const charsetParameter = /charset\s{0,5}=\s{0,5}("[^"]{1,60}"|[^\s;"]{1,60})/i;

function labelIn(type: string): string {
  return charsetParameter.exec(type)?.[1]?.replaceAll('"', "").trim().toLowerCase() ?? "";
}

/** The label of a charset that must be recoded. */
function charsetOf(type: string): string | undefined {
  const label = labelIn(type);
  return exoticLabel.test(label) ? known(label) : undefined;
}

const saysUtf8 = /^(utf-?8|us-ascii|ascii|)$/;
const saysLatin = /^(us-ascii|ascii|(iso-?)?8859-?1|iso-8859-15|latin-?[19]|windows-1252|cp-?1252)$/;

/** The charset of bytes that are in another than their label says; undefined where they may be in that one. */
function truly(label: string, bytes: Buffer): string | undefined {
  if (isAscii(bytes)) return undefined;
  const utf8 = isUtf8(bytes);
  if (saysLatin.test(label) && utf8) return "utf-8";
  return saysUtf8.test(label) && !utf8 ? "windows-1252" : undefined;
}

/** The library's name for it: `utf7`, or the code page's number. */
function known(label: string): string {
  return /utf-?7$/.test(label) ? "utf7" : `cp${label.slice(-3)}`;
}

/** The parser's own decoding of base64 and quoted-printable: it is handed the body as a file. */
async function transferDecoded(encoding: string | undefined, body: string): Promise<Buffer> {
  const mail = [
    "Content-Type: application/octet-stream",
    ...(encoding === undefined ? [] : [encoding]),
    "",
    body,
  ];
  const { attachments } = await PostalMime.parse(Buffer.from(mail.join("\r\n"), "latin1"), {
    attachmentEncoding: "arraybuffer",
  });
  const content = attachments[0]?.content;
  return content instanceof ArrayBuffer ? Buffer.from(content) : Buffer.from(body, "latin1");
}

function base64Lines(bytes: Buffer): string {
  return bytes.toString("base64").replace(/.{76}/g, "$&\n");
}

/** RFC 2047 §2: `=?charset?encoding?text?=`. */
function recodeWords(line: string, wrongly: boolean): string {
  return line.replace(
    /=\?([^?\s]{1,40})\?([bq])\?([^?\s]{0,500})\?=/gi,
    (word, charset: string, encoding: string, text: string) => {
      const label = charset.toLowerCase();
      const isExotic = exoticLabel.test(label);
      if (!isExotic && !wrongly) return word;
      const bytes = encoding.toLowerCase() === "b" ? Buffer.from(text, "base64") : fromQ(text);
      const decodedAs = isExotic ? known(label) : truly(label, bytes);
      if (decodedAs === undefined) return word;
      return `=?utf-8?B?${Buffer.from(iconv.decode(bytes, decodedAs)).toString("base64")}?=`;
    },
  );
}

/** RFC 2047 §4.2. */
function fromQ(text: string): Buffer {
  const plain = text.replaceAll("_", " ");
  return Buffer.from(
    plain.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
}
