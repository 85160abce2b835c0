import * as z from "zod/mini";
import { readLetter } from "#shared/letter.ts";
import type { TaskLetter } from "../events.ts";
import type { Message } from "./case.ts";

/** What every letter of a message has, whoever wrote it: a text. Of mail also whether it is whole. */
export const textLetterSchema = z.object({
  text: z.string(),
  textTruncated: z._default(z.boolean(), false),
  unreadable: z._default(z.nullable(z.string()), null),
  /** Which parts of the text were written now, quoted, or a signature; of what has none, all of it is the sender's own. */
  parts: z._default(z.array(z.object({ kind: z.enum(["own", "quoted", "signature"]), end: z.int() })), []),
  html: z._default(z.nullable(z.string()), null),
  /** All files of a mail: of many, its row lists the first. `contentId`: what the HTML calls a picture by. */
  attachments: z._default(
    z.array(
      z.object({
        name: z.nullable(z.string()),
        contentType: z.string(),
        bytes: z.number(),
        sha256: z.string(),
        unpacked: z.boolean(),
        contentId: z.nullable(z.string()),
      }),
    ),
    [],
  ),
});

/** The latest messages of a conversation, so many, each cut at so many characters: what a unit needs to do its part. */
const latest = 30;
const longest = 20_000;

/** The conversation with its texts, oldest first. */
export async function conversation(
  lettersBucket: string,
  messages: readonly Message[],
): Promise<TaskLetter["messages"]> {
  return await Promise.all(
    messages.slice(-latest).map(async ({ arrivedAt, direction, channel, letter }) => {
      const { text } = await readLetter(lettersBucket, letter, textLetterSchema);
      return { at: arrivedAt, direction, channel, text: text.slice(0, longest) };
    }),
  );
}
