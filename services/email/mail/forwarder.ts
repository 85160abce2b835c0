import { BlockList } from "node:net";
import type { Verdict } from "./trust.ts";

/** The municipality's own mail server, which hands us its mail: forwarding breaks SPF, so what it found counts. */
export type Forwarder = { authservId: string; networks: readonly string[] };

type Field = { key: string; value: string };

/** What the forwarder found, and the envelope's sender as it had it. */
export type Found = { spf: Verdict; dkim: Verdict; dmarc: Verdict; envelopeFrom: string };

/**
 * What the configured forwarder says of a mail's sender in its Authentication-Results (RFC 8601), when the mail came from
 * one of its networks: SES itself wrote that address, in the topmost Received. Anybody can write such a field further down,
 * so two of them under the forwarder's name say nothing. The forwarder must take away those that others wrote in its name, as
 * RFC 8601 §5 asks.
 */
export function foundByForwarder(
  fields: readonly Field[],
  forwarder: Forwarder | undefined,
): Found | undefined {
  if (forwarder === undefined || !cameFrom(fields, forwarder.networks)) return undefined;
  const results = fields.filter(
    ({ key, value }) => key === "authentication-results" && authservIdOf(value) === forwarder.authservId,
  );
  const [only] = results;
  if (only === undefined || results.length > 1) return undefined;
  return agreed(readResults(only.value, false), readResults(only.value, true));
}

/** The address that SES took the mail from (RFC 5321 §4.4), as its own server wrote it on top. */
function cameFrom(fields: readonly Field[], networks: readonly string[]): boolean {
  const received = fields.find(({ key }) => key === "received")?.value ?? "";
  const address = /^from [^()]{0,300}\([^[\]()]{0,300}\[([0-9a-f.:]{2,45})\]\)\s+by inbound-smtp\./i.exec(
    received,
  )?.[1];
  if (address === undefined) return false;
  const known = new BlockList();
  for (const network of networks) {
    const [base = "", bits = ""] = network.split("/");
    known.addSubnet(base, Number(bits), base.includes(":") ? "ipv6" : "ipv4");
  }
  return known.check(address, address.includes(":") ? "ipv6" : "ipv4");
}

function authservIdOf(value: string): string {
  return /^\s{0,5}([^\s;]{1,255})/.exec(value)?.[1]?.toLowerCase() ?? "";
}

/**
 * What two readings of one field have in common. In a comment a quotation mark is a letter like any other (RFC 5322 §3.2.2),
 * but a sender's quoted local part stands in comments too, parentheses and all. So a pass counts only when the field says it
 * with and without quoted strings in its comments.
 */
function agreed(one: Found, other: Found): Found {
  return {
    spf: bothSay(one.spf, other.spf),
    dkim: bothSay(one.dkim, other.dkim),
    dmarc: bothSay(one.dmarc, other.dmarc),
    envelopeFrom: one.envelopeFrom === other.envelopeFrom ? one.envelopeFrom : "",
  };
}

function bothSay(one: Verdict, other: Verdict): Verdict {
  if (one === other) return one;
  return one === "FAIL" || other === "FAIL" ? "FAIL" : "GRAY";
}

/** The first piece is the server's name; a result stands at the beginning of each other (RFC 8601 §2.2), and nowhere else. */
function readResults(value: string, quotesInComments: boolean): Found {
  const { text, whole } = withoutAsides(value.toLowerCase(), quotesInComments);
  const [, ...pieces] = text.split(";").map(wordsOf);
  const resultsOf = (method: string, among = pieces) =>
    among.flatMap(([first = ""]) => (first.startsWith(`${method}=`) ? [first.slice(method.length + 1)] : []));
  // SPF of the greeting's name says nothing of the envelope's sender, who may have another domain.
  const ofEnvelope = pieces.filter(
    ([first, ...words]) => first?.startsWith("spf=") && words.some(isMailFrom),
  );
  const senders = new Set(ofEnvelope.map(senderIn));
  const sure = (verdict: Verdict) => (verdict === "PASS" && !whole ? "GRAY" : verdict);
  return {
    spf: sure(everyOne(resultsOf("spf", ofEnvelope))),
    dkim: sure(anyOne(resultsOf("dkim"))),
    dmarc: sure(everyOne(resultsOf("dmarc"))),
    envelopeFrom: senders.size === 1 ? ([...senders][0] ?? "") : "",
  };
}

/** The words of a piece: its result, then its properties. White space may stand around an equals sign. */
function wordsOf(piece: string): string[] {
  return piece.replace(/\s+/g, " ").replace(/ ?= ?/g, "=").trim().split(" ");
}

const mailFrom = "smtp.mailfrom=";

function isMailFrom(word: string): boolean {
  return word.startsWith(mailFrom);
}

/**
 * The envelope's sender, when a piece names one, and nothing stands in it that is no property and may belong to the address. All
 * of it or nothing: `"a@example.org"@example.net` is of example.net.
 */
function senderIn(words: readonly string[]): string {
  const [only = "", ...more] = words.filter(isMailFrom);
  if (more.length > 0 || !words.every((word) => word.includes("="))) return "";
  const [, quoted, angled, plain] =
    /^(?:"([^"<>]{1,320})"|<([^"<>]{1,320})>|([^"<>]{1,320}))$/.exec(only.slice(mailFrom.length)) ?? [];
  return quoted ?? angled ?? plain ?? "";
}

/** RFC 8601 §2.7: `pass` is a pass; only a definite `fail` is one. There is one result, so of several none may say otherwise. */
function everyOne(results: readonly string[]): Verdict {
  if (results.includes("fail")) return "FAIL";
  return results.length > 0 && results.every((result) => result === "pass") ? "PASS" : "GRAY";
}

/**
 * A mail may bear many signatures, and one that holds is enough (RFC 6376 §6.1). Whose it is it does not say: dmarc does, and
 * no trust rests on dkim alone.
 */
function anyOne(results: readonly string[]): Verdict {
  if (results.includes("pass")) return "PASS";
  return results.includes("fail") ? "FAIL" : "GRAY";
}

/** What a quoted string may hold and stay: neither a piece nor a word begins in it. */
const inert = /^[^\s;="()<>\\]*$/;

/**
 * The text without its comments, nested or not, and with nothing in its quoted strings that could be taken for a result:
 * senders choose what stands in both. Not `whole` is a text where one is never closed, or where something stands that may not:
 * nobody knows what its author meant.
 */
function withoutAsides(value: string, quotesInComments: boolean): { text: string; whole: boolean } {
  let text = "";
  let whole = true;
  let depth = 0;
  let quoted: string | undefined;
  // A backslash takes the character after it along.
  for (const token of value.match(/\\[\s\S]?|["()]|[^\\"()]+/g) ?? []) {
    if (quoted !== undefined) {
      if (token !== '"') quoted += token;
      else {
        if (depth === 0) text += inert.test(quoted) ? `"${quoted}"` : '""';
        quoted = undefined;
      }
    } else if (token === '"' && (depth === 0 || quotesInComments)) quoted = "";
    else if (token === "(") depth += 1;
    else if (token === ")" && depth > 0) {
      depth -= 1;
      text += " ";
    } else if (depth === 0) {
      text += token;
      if (token === ")" || token.startsWith("\\")) whole = false;
    }
  }
  return { text, whole: whole && depth === 0 && quoted === undefined };
}
