import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isRefused, refuse } from "#shared/refusal.ts";
import { readCase } from "../access/read-case.ts";
import { apiEnv } from "../env.ts";
import { findCaseByNumber } from "./case-table.ts";

/** Which case a number is of, for who may read that case. Finding a secret one counts as reading it. */
export const findNumber = defineEndpoint({
  params: z.object({ caseNumber: z.string().check(z.regex(/^[A-Z0-9]{1,8}-\d{4}-\d{1,9}$/)) }),
  query: z.object({}),
  answer: z.object({ caseId: z.string(), caseNumber: z.string() }),
  run: async ({ params, caller, now }) => {
    const caseId = await findCaseByNumber(apiEnv().CASES_TABLE, params.caseNumber);
    if (caseId === undefined) return refuse("not-found");
    const file = await readCase(caseId, { caller, now }, "case");
    return isRefused(file) ? file : { caseId, caseNumber: file.case.caseNumber };
  },
});
