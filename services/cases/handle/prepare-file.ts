import * as z from "zod/mini";
import { safeFileName } from "#shared/file-name.ts";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { putAddress, storedFile } from "../correspondence/file-store.ts";
import { scanCodes } from "../correspondence/message-file.ts";
import { mayPut, sentFileKey } from "../correspondence/sent-file.ts";
import { apiEnv } from "../env.ts";
import { mayRead } from "../register/case.ts";
import { findCase } from "../register/case-table.ts";
import { idParam } from "../register/show-case.ts";
import { sha256Field } from "./answer-case.ts";
import { mayAnswer } from "./handling.ts";

/**
 * Makes a file ready to go with an answer. Asked before it is there, it says where a browser can put it; asked again, what
 * the scanner has said. Nothing of the case is changed or shown, so nothing is logged.
 */
export const prepareFile = defineEndpoint({
  params: z.object({ caseId: idParam }),
  query: z.object({}),
  body: z.object({
    name: z.string().check(z.maxLength(500)),
    bytes: z.int().check(z.positive()),
    sha256: sha256Field,
  }),
  answer: z.object({
    state: z.enum(["missing", ...scanCodes]),
    /** Where to put it (PUT, with the headers), for five minutes; null for a file that is there. */
    upload: z.nullable(z.object({ url: z.string(), headers: z.record(z.string(), z.string()) })),
  }),
  run: async ({ params: { caseId }, body, caller }) => {
    const { CASES_TABLE, FILES_BUCKET } = apiEnv();
    const current = await findCase(CASES_TABLE, caseId);
    if (current === undefined || !mayRead(current, caller)) return refuse("not-found");
    const no = mayAnswer(current) ?? mayPut(body);
    if (no !== undefined) return no;
    const key = sentFileKey(caseId, body.sha256);
    const stored = await storedFile(FILES_BUCKET, key);
    if (stored !== undefined) return { state: stored.scan, upload: null };
    const name = safeFileName(body.name, "application/octet-stream");
    return { state: "missing" as const, upload: await putAddress(FILES_BUCKET, key, { ...body, name }) };
  },
});
