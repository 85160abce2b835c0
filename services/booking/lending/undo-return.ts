import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { noQuery } from "../book/fields.ts";
import { changeLoan, loanAnswers, loanParams } from "./change-loan.ts";
import { undoGivingBack } from "./loan.ts";
import { saveUndoneReturn } from "./loan-table.ts";

/** An item had not come back after all. For ten minutes, and only while nobody else has it. */
export const undoReturn = defineEndpoint({
  params: loanParams,
  query: noQuery,
  body: z.optional(z.object({})),
  ...loanAnswers,
  run: async ({ params, caller, now }) =>
    await changeLoan({ ...params, caller, now }, (loan) => undoGivingBack(loan, { now }), saveUndoneReturn),
});
