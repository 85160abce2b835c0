import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { apiEnv } from "../env.ts";
import { inSharedList, listedCaseSchema } from "./case.ts";
import { listCases as listPage } from "./worklist-table.ts";

/**
 * A list of the servicecenter, soonest date first, 50 a page; `cursor` is the last page's. *unassigned*: nobody has it.
 * *quarantine*: its sender could not be trusted, and nobody has looked at it. *mine*: the caller has it and it calls for them. *waiting*: it waits for units, authorities, citizens or a date.
 */
export const listCases = defineEndpoint({
  params: z.object({ list: z.enum(["quarantine", "unassigned", "mine", "waiting"]) }),
  query: z.object({ cursor: z.optional(z.string().check(z.maxLength(100))) }),
  answer: z.object({ cases: z.array(listedCaseSchema), cursor: z.nullable(z.string()) }),
  run: async ({ params, query, caller }) => {
    const { CASES_TABLE } = apiEnv();
    if (params.list === "mine") return await listPage(CASES_TABLE, { mine: caller.sub }, query.cursor);
    const { cases, cursor } = await listPage(CASES_TABLE, params.list, query.cursor);
    return { cases: cases.map(inSharedList), cursor };
  },
});
