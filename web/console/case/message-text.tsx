import { Fold } from "../../ui/fold.tsx";
import type { TextPart } from "../api/case-schemas.ts";
import { type TextBlock, textBlocks } from "./text-blocks.ts";

const FOLDED: Readonly<Record<Exclude<TextBlock["kind"], "own">, string>> = {
  quoted: "citerad text",
  signature: "underskrift",
  rest: "resten av texten",
};

/** What somebody wrote, as text: the sender's own words open, quotes and signature folded in their places. */
export function MessageText({ text, parts }: { text: string; parts: readonly TextPart[] }) {
  return (
    <>
      {textBlocks(text, parts).map((block, place) =>
        block.kind === "own" ? (
          <div key={place} class="message-text">
            {block.text}
          </div>
        ) : (
          <Fold
            key={place}
            show={`Visa ${FOLDED[block.kind]}, ${block.lines === 1 ? "1 rad" : `${block.lines} rader`}`}
            hide={`Dölj ${FOLDED[block.kind]}`}
          >
            <div class={block.kind === "rest" ? "message-text" : "message-text aside"}>{block.text}</div>
          </Fold>
        ),
      )}
    </>
  );
}
