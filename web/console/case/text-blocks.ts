import type { TextPart } from "../api/case-schemas.ts";

/** A stretch of a message as the reader meets it. *rest*: the end of something long. All but *own* begin folded. */
export type TextBlock = { kind: "own" | "quoted" | "signature" | "rest"; text: string; lines: number };

/** More of the sender's own lines or characters than this are shown when asked for. */
const longest = { lines: 80, characters: 8_000 };
/** So much of a long text is shown at once. */
const shown = { lines: 50, characters: 5_000 };

/**
 * A message's text in the order in which it was written, nothing left out: what the sender wrote now, and between it what
 * is quoted and what is a signature. Where nothing is the sender's own, what there is stands open: a mail never looks
 * empty that is not. `parts`: kinds, each with the offset where it ends.
 */
export function textBlocks(text: string, parts: readonly TextPart[]): readonly TextBlock[] {
  const stretches = joined(stretchesOf(text, parts));
  if (!stretches.some(({ kind }) => kind === "own")) {
    return stretches.length === 0 ? [] : whole("own", text);
  }
  return stretches.flatMap(({ kind, text: part }) => whole(kind, part));
}

type Stretch = { kind: TextBlock["kind"]; text: string };

function stretchesOf(text: string, parts: readonly TextPart[]): readonly Stretch[] {
  const last = parts.at(-1)?.end ?? 0;
  const all = last < text.length ? [...parts, { kind: "own", end: text.length }] : parts;
  return all.map(({ kind, end }, place) => ({
    kind: kind === "quoted" || kind === "signature" ? kind : "own",
    text: text.slice(all[place - 1]?.end ?? 0, end),
  }));
}

/** Empty lines between two quotes part nothing: blank stretches go with what stands before them. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of stretches) {
    const before = result.at(-1);
    const blank = stretch.text.trim() === "";
    if (before !== undefined && (blank || before.kind === stretch.kind)) before.text += stretch.text;
    else if (!blank) result.push({ ...stretch });
  }
  return result;
}

function whole(kind: TextBlock["kind"], text: string): readonly TextBlock[] {
  const trimmed = text.replace(/^\s*\n|\s+$/g, "");
  if (kind !== "own") return [block(kind, trimmed)];
  const at = cutAt(trimmed);
  if (at === undefined) return [block("own", trimmed)];
  return [block("own", trimmed.slice(0, at)), block("rest", trimmed.slice(at).replace(/^\n/, ""))];
}

/** Where a long text is cut: at the end of a line where there is one near, else at the end of a word. */
function cutAt(text: string): number | undefined {
  if (text.length <= longest.characters && linesOf(text) <= longest.lines) return undefined;
  const line = endOfLine(text, shown.lines);
  if (line <= shown.characters) return line;
  const before = (sign: string): number => text.lastIndexOf(sign, shown.characters);
  const end = Math.max(before("\n"), before(" "));
  return end > 0 ? end : shown.characters;
}

function endOfLine(text: string, lines: number): number {
  let at = -1;
  for (let line = 0; line < lines; line += 1) {
    at = text.indexOf("\n", at + 1);
    if (at === -1) return text.length;
  }
  return at;
}

function block(kind: TextBlock["kind"], text: string): TextBlock {
  return { kind, text, lines: linesOf(text) };
}

const linesOf = (text: string): number => text.split("\n").length;
