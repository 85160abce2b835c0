import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { id, noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { loansOfItem } from "./loan-table.ts";
import { itemOf, loanViewSchema, mayRead, shownLoans } from "./loan-view.ts";

/** An item's latest loans, the last first. Who had it is not told when it came back more than ninety days ago. */
export const showItemHistory = defineEndpoint({
  params: z.object({ office: id, item: id }),
  query: noQuery,
  answer: z.object({ loans: z.array(loanViewSchema) }),
  run: async ({ params: { office, item }, caller, now }) => {
    if (!mayRead(caller)) return refuse("not-found");
    const loans = await loansOfItem(apiEnv().BOOKING_TABLE, office, item);
    // What the config has no longer is shown as long as anybody has had it.
    if (loans.length === 0 && itemOf(office, item) === undefined) return refuse("not-found");
    return { loans: [...(await shownLoans(loans, caller, now))] };
  },
});
