/** So much of a mail is quoted below its answer, in characters and lines. */
const longest = 1_500;
const mostLines = 40;

/** A citizen's words as they stand below the answer: cut where they grow long. `ownText`: without what they quoted. */
export function quotable(ownText: string): string {
  const own = ownText.trim().replace(/\n{3,}/g, "\n\n");
  const lines = own.split("\n").slice(0, mostLines).join("\n");
  const whole = lines.length === own.length;
  if (whole && own.length <= longest) return own;
  const cut = lines.slice(0, longest);
  const end = Math.max(cut.lastIndexOf(" "), cut.lastIndexOf("\n"));
  return `${(lines.length <= longest ? lines : end > longest / 2 ? cut.slice(0, end) : cut).trimEnd()} […]`;
}
