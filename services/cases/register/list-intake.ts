import * as z from "zod/mini";
import { defineEndpoint, noInput } from "#shared/http.ts";
import { apiEnv } from "../env.ts";
import { listedCaseSchema } from "./case.ts";
import { intakeCases } from "./case-table.ts";

/** What nobody has classified yet, soonest promise first, 50 a page. `cursor` is the last page's. */
export const listIntake = defineEndpoint({
  params: noInput,
  query: z.object({ cursor: z.optional(z.string().check(z.maxLength(100))) }),
  answer: z.object({ cases: z.array(listedCaseSchema), cursor: z.nullable(z.string()) }),
  run: async ({ query }) => await intakeCases(apiEnv().CASES_TABLE, query.cursor),
});
