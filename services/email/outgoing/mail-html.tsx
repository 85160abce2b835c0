import { renderToString } from "preact-render-to-string";
import { blocksOf, type Content } from "./content.ts";

/** Whose mail it is: the name and the colour behind it, `#1f5c3d`. */
export type Look = { organisation: string; colour: string };

const sheet = ":root{color-scheme:light dark;supported-color-schemes:light dark}";
const body = {
  margin: "0",
  padding: "0",
  fontFamily: "Arial,Helvetica,sans-serif",
  fontSize: "16px",
  lineHeight: "1.5",
  // A personal link is longer than a phone is wide.
  overflowWrap: "anywhere",
  wordBreak: "break-word",
};
const column = { maxWidth: "600px", margin: "0 auto", padding: "16px" };
const quoted = { margin: "0", padding: "0 0 0 12px", borderLeft: "3px solid #767676" };

/**
 * The HTML form of a mail: the same words as the plain one. Colours of text and ground are left to the reader's program,
 * so that it reads as well in the dark; only the bar on top has its own, white on the municipality's.
 */
export function mailHtml(content: Content, { organisation, colour }: Look): string {
  const { language, subject, text, quote } = content;
  const bar = { ...column, backgroundColor: colour, color: "#ffffff", fontWeight: "bold" };
  const page = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{subject}</title>
        <style>{sheet}</style>
      </head>
      <body style={body}>
        <div style={bar}>{organisation}</div>
        <div style={column}>
          <Blocks text={text} />
          {quote !== undefined && (
            <>
              <p>{quote.intro}</p>
              <blockquote style={quoted}>
                <Blocks text={quote.text} />
              </blockquote>
            </>
          )}
        </div>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(page)}`;
}

function Blocks({ text }: { text: string }) {
  return (
    <>
      {blocksOf(text).map(({ lines }, block) => (
        <p key={block}>
          {lines.map((pieces, line) => (
            <>
              {line > 0 && <br />}
              {pieces.map(({ text: piece, link }) => (link ? <a href={piece}>{piece}</a> : piece))}
            </>
          ))}
        </p>
      ))}
    </>
  );
}
