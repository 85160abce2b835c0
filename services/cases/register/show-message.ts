import * as z from "zod/mini";
import { mailLetterSchema } from "#services/email/events.ts";
import { defineEndpoint } from "#shared/http.ts";
import { readLetter } from "#shared/letter.ts";
import { refuse } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import { mayRead } from "./case.ts";
import { findCaseFile } from "./case-table.ts";
import { caseIdParam } from "./show-case.ts";

/** The text of one message. Of an unreadable mail: the first of its bytes, as far as they print. */
export const showMessage = defineEndpoint({
  params: z.object({ caseId: caseIdParam, messageId: z.string().check(z.regex(/^[0-9a-f]{32}$/)) }),
  query: z.object({}),
  answer: z.object({ text: z.string(), truncated: z.boolean(), unreadable: z.boolean() }),
  run: async ({ params, caller }) => {
    const env = apiEnv();
    const file = await findCaseFile(env.CASES_TABLE, params.caseId);
    const message = file?.messages.find(({ messageId }) => messageId === params.messageId);
    if (file === undefined || message === undefined || !mayRead(file.case, caller))
      return refuse("not-found");
    const letter = await readLetter(env.LETTERS_BUCKET, message.letter, mailLetterSchema);
    return { text: letter.text, truncated: letter.textTruncated, unreadable: letter.unreadable !== null };
  },
});
