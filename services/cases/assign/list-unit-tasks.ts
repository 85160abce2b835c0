import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import { listedTaskSchema, listTasks } from "../register/worklist-table.ts";

/** What a unit has been asked and has not answered, soonest date first, for those who belong to it. */
export const listUnitTasks = defineEndpoint({
  params: z.object({ unit: z.string() }),
  query: z.object({ cursor: z.optional(z.string().check(z.maxLength(100))) }),
  answer: z.object({ tasks: z.array(listedTaskSchema), cursor: z.nullable(z.string()) }),
  run: async ({ params, query, caller }) =>
    caller.units.includes(params.unit)
      ? await listTasks(apiEnv().CASES_TABLE, params.unit, query.cursor)
      : refuse("not-found"),
});
