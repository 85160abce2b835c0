import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { outgoingSchema } from "../correspondence/mail-status.ts";
import { apiEnv } from "../env.ts";
import { caseSchema, mayRead, messageSchema } from "./case.ts";
import { findCaseFile } from "./case-table.ts";

export const caseIdParam = z.string().check(z.regex(/^[0-9a-f]{32}$/));

/** A case with its conversation, without the texts, and its history. */
export const showCase = defineEndpoint({
  params: z.object({ caseId: caseIdParam }),
  query: z.object({}),
  answer: z.object({
    case: z.omit(caseSchema, { participants: true }),
    messages: z.array(z.omit(messageSchema, { letter: true })),
    outgoing: z.array(z.omit(outgoingSchema, { outboxId: true, outboxVersion: true })),
    history: z.array(z.object({ version: z.int(), at: z.string(), type: z.string() })),
  }),
  run: async ({ params, caller }) => {
    const file = await findCaseFile(apiEnv().CASES_TABLE, params.caseId);
    return file === undefined || !mayRead(file.case, caller) ? refuse("not-found") : file;
  },
});
