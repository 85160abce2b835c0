import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { readLetter } from "#shared/letter.ts";
import { isRefused, refuse } from "#shared/refusal.ts";
import { readCase } from "../access/read-case.ts";
import { apiEnv } from "../env.ts";
import { textLetterSchema } from "./message-text.ts";
import { idParam } from "./show-case.ts";

/** The text of one message. Of an unreadable mail: the first of its bytes, as far as they print. */
export const showMessage = defineEndpoint({
  params: z.object({ caseId: idParam, messageId: idParam }),
  query: z.object({}),
  answer: z.object({
    text: z.string(),
    /** Offsets where parts of the text end: what was written now, what is quoted, what is a signature. */
    parts: z.array(z.object({ kind: z.enum(["own", "quoted", "signature"]), end: z.int() })),
    /** The mail's own HTML, uncleaned: whoever shows it must clean it and shut it in. */
    html: z.nullable(z.string()),
    /** Every file of the mail, also those that its row does not list. `contentId`: what an `<img>` names it by. */
    files: z.array(
      z.object({
        name: z.nullable(z.string()),
        contentType: z.string(),
        bytes: z.number(),
        sha256: z.string(),
        unpacked: z.boolean(),
        contentId: z.nullable(z.string()),
      }),
    ),
    truncated: z.boolean(),
    unreadable: z.boolean(),
  }),
  run: async ({ params, caller, now }) => {
    const file = await readCase(params.caseId, { caller, now }, "message");
    if (isRefused(file)) return file;
    const message = file.messages.find(({ messageId }) => messageId === params.messageId);
    if (message === undefined) return refuse("not-found");
    const letter = await readLetter(apiEnv().LETTERS_BUCKET, message.letter, textLetterSchema);
    return {
      text: letter.text,
      parts: letter.parts,
      html: letter.html,
      files: letter.attachments,
      truncated: letter.textTruncated,
      unreadable: letter.unreadable !== null,
    };
  },
});
