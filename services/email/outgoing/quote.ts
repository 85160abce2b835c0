/** So much of a mail is quoted below its answer, in characters and lines. */
const longest = 1_500;
const mostLines = 40;

/** What a sender wrote anew: without the lines that their program marked as another's (RFC 3676 §4.5). */
export function ownWords(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .split("\n")
    .filter((line) => !line.startsWith(">"))
    .join("\n")
    .trim();
}

/** A citizen's words as they stand below the answer: their own, cut where it grows long. Empty when there are none. */
export function quotable(text: string): string {
  const own = ownWords(text).replace(/\n{3,}/g, "\n\n");
  const lines = own.split("\n").slice(0, mostLines).join("\n");
  const whole = lines.length === own.length;
  if (whole && own.length <= longest) return own;
  const cut = lines.slice(0, longest);
  const end = Math.max(cut.lastIndexOf(" "), cut.lastIndexOf("\n"));
  return `${(lines.length <= longest ? lines : end > longest / 2 ? cut.slice(0, end) : cut).trimEnd()} […]`;
}
