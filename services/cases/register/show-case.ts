import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isRefused } from "#shared/refusal.ts";
import { readCase } from "../access/read-case.ts";
import { caseView, caseViewSchema } from "./case-view.ts";

export const idParam = z.string().check(z.regex(/^[0-9a-f]{32}$/));

/** A case with its conversation, without the texts; its tasks, notes and history; and what can be done now. */
export const showCase = defineEndpoint({
  params: z.object({ caseId: idParam }),
  query: z.object({}),
  answer: caseViewSchema,
  run: async ({ params, caller, now }) => {
    const file = await readCase(params.caseId, { caller, now }, "case");
    return isRefused(file) ? file : caseView(file, caller, now);
  },
});
