import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { newId } from "#shared/ids.ts";
import { isRefused, type Refused } from "#shared/refusal.ts";
import { storedFile } from "../correspondence/file-store.ts";
import { type AttachRefusal, attach, sentFileKey, type WantedFile } from "../correspondence/sent-file.ts";
import { apiEnv } from "../env.ts";
import type { SentFile } from "../events.ts";
import { rules } from "../rules.ts";
import { answerOf } from "./answer.ts";
import { changeCase, changes, textField, version } from "./change-case.ts";
import { andThen, answer, close, mayAnswer } from "./handling.ts";

/** A file by its content, in hex. */
export const sha256Field = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const fileField = z.object({
  sha256: sha256Field,
  name: z.string().check(z.maxLength(500)),
  contentType: z.string().check(z.maxLength(300)),
});

/** Answers the citizen by mail, with files that lie ready, and closes the case as answered when asked to. */
export const answerCase = defineEndpoint({
  ...changes,
  body: z.object({
    version,
    text: textField,
    close: z.boolean(),
    files: z._default(z.array(fileField).check(z.maxLength(50)), []),
  }),
  run: (request) =>
    changeCase(request, async ({ case: current }, by) => {
      const { body, now } = request;
      const no = mayAnswer(current);
      if (no !== undefined) return no;
      const files = await filesOf(current.caseId, body.files);
      if ("refused" in files) return files;
      const written = { messageId: newId(), text: body.text, person: by, unit: null, files };
      const answered = answer(current, answerOf(current, written), rules(), now);
      if (isRefused(answered) || !body.close) return answered;
      return andThen(answered, (next) => close(next, "answered", now));
    }),
});

/** The files as they lie there now, or why they cannot go. */
async function filesOf(
  caseId: string,
  wanted: readonly WantedFile[],
): Promise<readonly SentFile[] | Refused<AttachRefusal>> {
  const { FILES_BUCKET } = apiEnv();
  const found = await Promise.all(
    wanted.map(async (file) => ({
      wanted: file,
      stored: await storedFile(FILES_BUCKET, sentFileKey(caseId, file.sha256)),
    })),
  );
  return attach(caseId, found);
}
