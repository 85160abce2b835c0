/** Nothing for an empty text: a field that says nothing is as good as none. */
export function cut(text: string, length: number): string | null {
  return text === "" ? null : text.slice(0, length);
}

export function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, " ").trim();
}

/** Without control characters, except line ends and tabs, and without halves of surrogate pairs. */
export function printable(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "\ufffd")
    .toWellFormed();
}
