/** What a mail to a citizen says; from it both its forms are made, plain and HTML. */
export type Content = {
  /** An ISO 639 code. */
  language: string;
  subject: string;
  /** Lines, with an empty one between paragraphs. */
  text: string;
  /** What the citizen wrote, below the answer. */
  quote?: { intro: string; text: string } | undefined;
};

/** The plain form: what is quoted is marked line by line (RFC 3676 §4.5). */
export function plainText({ text, quote }: Content): string {
  if (quote === undefined) return `${text}\n`;
  const quoted = quote.text.split("\n").map((line) => (line === "" ? ">" : `> ${line}`));
  return [text, "", quote.intro, ...quoted, ""].join("\n");
}

export type Block = { lines: readonly (readonly Piece[])[] };
/** A piece of a line; one that is an address is a link to it. */
export type Piece = { text: string; link: boolean };

/** The text as paragraphs of lines, and the addresses in it told apart. */
export function blocksOf(text: string): readonly Block[] {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split("\n").filter((line) => line.trim() !== ""))
    .filter((lines) => lines.length > 0)
    .map((lines) => ({ lines: lines.map(piecesOf) }));
}

const endsSentence = [".", ",", ";", ":", "!", "?", ")"];

function piecesOf(line: string): readonly Piece[] {
  return line
    .split(/(https?:\/\/[^\s<>"]+)/)
    .flatMap((text, place): Piece[] => {
      if (place % 2 === 0) return [{ text, link: false }];
      // The full stop after an address ends the sentence.
      let end = text.length;
      while (endsSentence.includes(text.charAt(end - 1))) end -= 1;
      return [
        { text: text.slice(0, end), link: true },
        { text: text.slice(end), link: false },
      ];
    })
    .filter(({ text }) => text !== "");
}
