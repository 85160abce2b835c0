import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { casesBehind } from "./counters-table.ts";
import { apiEnv } from "./env.ts";
import { hidesCases } from "./figures.ts";

const figureParam = z.string().check(z.regex(/^[a-z0-9-]{1,40}(\/[a-z0-9-]{1,64})?$/));
const cursorParam = z.string().check(z.regex(/^[0-9TZ:.-]{24}#[0-9a-f]{32}$/));

/** From a figure of a day to the cases behind it, one line for each time that it was added to. */
export const listCases = defineEndpoint({
  params: z.object({ date: z.iso.date() }),
  query: z.object({ figure: figureParam, cursor: z.optional(cursorParam) }),
  answer: z.object({
    cases: z.array(z.object({ caseId: z.string(), caseNumber: z.string(), at: z.string() })),
    cursor: z.nullable(z.string()),
    hidden: z.boolean(),
  }),
  run: async ({ params: { date }, query: { figure, cursor } }) => {
    if (hidesCases(figure, municipality())) return { cases: [], cursor: null, hidden: true };
    const page = await casesBehind(apiEnv().STATS_TABLE, { date, figure, after: cursor });
    return { ...page, hidden: false };
  },
});
