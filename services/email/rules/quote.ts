/**
 * Which part of a mail's text its sender wrote now, which is quoted from before, and which is a signature. `end` is the
 * offset where a part ends; the next one begins there. Nothing is left out: the parts together are the text.
 */
export const partKinds = ["own", "quoted", "signature"] as const;
export type PartKind = (typeof partKinds)[number];
export type TextPart = { kind: PartKind; end: number };

/** "Den 24 nov. 2026 kl. 10:12 skrev Kommunen:", and the same in the languages that we meet. Programs break it over two lines. */
const attribution =
  /^(den|on|am|le|el|op|pe|ma|ti|ke|to|la|su|mån|tis|ons|tors|fre|lör|sön|\d{1,2})\b.{3,200}\b(skrev|wrote|schrieb|écrit|escribió|schreef|kirjoitti)\b.{0,120}:$|^.{3,120} (skrev|wrote|kirjoitti):$/i;
/** What a program knows of the mail that it quotes, and nobody writes in a sentence that ends so. */
const knownOfMail = /@|\d[:.]\d\d|\b20\d\d\b/;
/** What no name and no address has in it. */
const inSentence = /(^|\s)(jag|ni|vi|hon|där|följande)\b/;

/** "-----Ursprungligt meddelande-----". */
const originalMessage =
  /^-{2,}\s?(ursprungligt meddelande|original message|vidarebefordrat meddelande|forwarded message|alkuperäinen viesti|oprindelig meddelelse)\s?-{2,}$/i;

/**
 * Outlook's block of fields over what is quoted: the first is the sender. Somebody's own list begins so too ("Från: Storgatan 4, Till:
 * skolan"): in a mail's, one of the next lines is when it was sent or its subject, or the two are addresses.
 */
const quotedFrom = /^[*_]?(från|from|lähettäjä|von|fra)[*_]?:[*_]? ?\S/i;
const quotedNext =
  /^[*_]?(skickat|sent|lähetetty|gesendet|sendt|ämne|subject|aihe|betreff|emne)[*_]?:[*_]? ?\S/i;
const quotedTo = /^[*_]?(datum|date|till|to|vastaanottaja|an|til)[*_]?:[*_]? ?\S/i;

/** From here on it is all signature. */
const signatureMark = /^(--|__)\s?$/;
/** A telephone's or a program's own line. What is below it is somebody's again. */
const sentFrom =
  /^(skickat från|sent from|lähetetty) (min|mitt|my|mail|outlook|e-?post|yahoo|proton|gmail|samsung|galaxy|iphone|ipad|android|sähköposti).{0,50}$|^(hämta|get|hanki) outlook .{0,40}$|^(skickat|sent) via .{0,40}$/i;

type Line = { text: string; end: number };

/**
 * Splits a mail's text. `interleaved`: the HTML beside it has text after a quote, which the text alone does not show; then
 * only lines that are marked as quoted are taken for quotes. A mail that would be nothing but quote, as a forwarded one is, is all its sender's own.
 */
export function partsOf(text: string, { interleaved = false } = {}): readonly TextPart[] {
  const lines = linesOf(text);
  const kinds = kindsOf(lines, interleaved);
  const ownText = lines.some(({ text: line }, n) => kinds[n] === "own" && line.trim() !== "");
  if (!ownText) return text === "" ? [] : [{ kind: "own", end: text.length }];
  return merged(lines, kinds);
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline + 1;
    lines.push({ text: text.slice(at, end).trimEnd(), end });
    at = end;
  }
  return lines;
}

function kindsOf(lines: readonly Line[], interleaved: boolean): PartKind[] {
  const kinds: PartKind[] = lines.map(() => "own");
  let rest: PartKind = "own";
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]?.text ?? "";
    if (isMarked(line)) {
      kinds[at] = "quoted";
      if (rest === "signature") rest = "own";
      continue;
    }
    if (rest === "quoted") {
      kinds[at] = "quoted";
      continue;
    }
    const heading = headingAt(lines, at);
    if (heading > 0) {
      const below = next(lines, at + heading);
      kinds.fill("quoted", at, at + heading);
      at += heading - 1;
      // What follows is marked line by line, and what is not marked answers it; else all of it is quoted.
      if (!isMarked(below) && !interleaved) rest = "quoted";
      continue;
    }
    if (signatureMark.test(line)) rest = "signature";
    if (rest === "signature" || sentFrom.test(line)) kinds[at] = "signature";
  }
  return kinds;
}

const isMarked = (line: string) => /^\s{0,3}>/.test(line);

/** The next line that says something. */
function next(lines: readonly Line[], from: number): string {
  return lines.slice(from, from + 5).find(({ text }) => text.trim() !== "")?.text ?? "";
}

/** How many lines a heading over a quote takes here, 0 for none. */
function headingAt(lines: readonly Line[], at: number): number {
  const text = (n: number) => lines[n]?.text.trim() ?? "";
  if (originalMessage.test(text(at))) return 1;
  if (isAttribution(text(at), next(lines, at + 1))) return 1;
  if (
    /^(den|on|pe|ma|ti|ke|to)\b/i.test(text(at)) &&
    isAttribution(`${text(at)} ${text(at + 1)}`, next(lines, at + 2))
  )
    return 2;
  const rule = /^_{10,}$/.test(text(at)) ? 1 : 0;
  const from = text(at + rule);
  if (!quotedFrom.test(from)) return 0;
  const below = [1, 2, 3, 4].map((n) => text(at + rule + n));
  const isMail = below.some((line) => quotedNext.test(line) || (quotedTo.test(line) && from.includes("@")));
  return isMail ? rule + 1 : 0;
}

/** Who wrote what is quoted, as a program says it. In words that somebody might use themselves only where marked lines follow. */
function isAttribution(text: string, below: string): boolean {
  return attribution.test(text) && (isMarked(below) || (knownOfMail.test(text) && !inSentence.test(text)));
}

/** Empty lines belong to what stands before them, so that no part is nothing but them. */
function merged(lines: readonly Line[], kinds: readonly PartKind[]): TextPart[] {
  const parts: TextPart[] = [];
  lines.forEach(({ text, end }, n) => {
    const last = parts.at(-1);
    const kind = text === "" && last !== undefined ? last.kind : (kinds[n] ?? "own");
    if (last?.kind === kind) last.end = end;
    else parts.push({ kind, end });
  });
  return parts;
}
