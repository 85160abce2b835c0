import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isRefused, refuse } from "#shared/refusal.ts";
import { noQuery } from "../book/fields.ts";
import { placeOf } from "../offices/publish.ts";
import { changeLoan, loanAnswers, loanParams } from "./change-loan.ts";
import { dueOn, extend } from "./loan.ts";
import { saveExtension } from "./loan-table.ts";
import { openDaysOn } from "./open-days.ts";

/** Lets a borrower keep an item until the office closes on a later date. */
export const extendLoan = defineEndpoint({
  params: loanParams,
  query: noQuery,
  body: z.object({ dueOn: z.iso.date() }),
  ...loanAnswers,
  run: async ({ params, body, caller, now }) => {
    const place = placeOf(params.office);
    if (place === undefined) return refuse("not-found");
    const dueAt = dueOn(body.dueOn, await openDaysOn(place, body.dueOn));
    return await changeLoan(
      { ...params, caller, now },
      (loan) => (isRefused(dueAt) ? dueAt : extend(loan, dueAt, { now })),
      saveExtension,
    );
  },
});
