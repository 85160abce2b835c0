import * as z from "zod/mini";
import { safeFileName } from "#shared/file-name.ts";
import { defineEndpoint } from "#shared/http.ts";
import { readLetter } from "#shared/letter.ts";
import { isRefused, refuse } from "#shared/refusal.ts";
import { logReading, readCase } from "../access/read-case.ts";
import { apiEnv } from "../env.ts";
import { textLetterSchema } from "../register/message-text.ts";
import { idParam } from "../register/show-case.ts";
import { addressOf, mailFileKey, scanResult } from "./file-store.ts";
import { mayOpen } from "./message-file.ts";
import { sentFileKey } from "./sent-file.ts";

/**
 * Hands out a file that came with a mail, or went with an answer: a short-lived address at which it is saved. `anyway`: although the scanner could not
 * look into it; who did so is logged, whatever the case's class.
 */
export const openFile = defineEndpoint({
  params: z.object({
    caseId: idParam,
    messageId: idParam,
    file: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  }),
  query: z.object({}),
  body: z.object({ anyway: z.boolean() }),
  answer: z.object({ url: z.string(), name: z.string() }),
  run: async ({ params, body, caller, now }) => {
    const read = await readCase(params.caseId, { caller, now }, "file");
    if (isRefused(read)) return read;
    const message = read.messages.find(({ messageId }) => messageId === params.messageId);
    if (message === undefined) return refuse("not-found");
    const { FILES_BUCKET, LETTERS_BUCKET } = apiEnv();
    const isIt = ({ sha256 }: { sha256: string | null }) => sha256 === params.file;
    // A message's row lists the first of many; its letter has them all.
    const listed =
      message.attachments.find(isIt) ??
      (await readLetter(LETTERS_BUCKET, message.letter, textLetterSchema)).attachments.find(isIt);
    if (listed === undefined) return refuse("not-found");
    const ours = message.direction === "out";
    const key = ours ? sentFileKey(params.caseId, params.file) : mailFileKey(message.messageId, params.file);
    const scan = await scanResult(FILES_BUCKET, key);
    if (scan === undefined) return refuse("not-found");
    const no = mayOpen(scan, body);
    if (no !== undefined) return no;
    if (scan === "unscannable") await logReading(params.caseId, { caller, now }, "unscanned-file");
    const name = safeFileName(listed.name, listed.contentType);
    return { url: await addressOf(FILES_BUCKET, key), name };
  },
});
