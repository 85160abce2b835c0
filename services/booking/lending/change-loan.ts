import * as z from "zod/mini";
import { isRefused, type Refused, refuse } from "#shared/refusal.ts";
import type { Staff } from "#shared/staff.ts";
import { id } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { receives } from "../reception/access.ts";
import type { Loan, LoanChange } from "./loan.ts";
import { findLoan } from "./loan-table.ts";
import { type LoanView, loanViewSchema, shownLoan } from "./loan-view.ts";

export const loanParams = z.object({
  office: id,
  loanId: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
});

/** What every change of a loan answers, and how it stands instead. */
export const loanAnswers = { answer: loanViewSchema, current: loanViewSchema };

/** Others change the loan as well; each round decides on what stands then. */
const rounds = 10;

/** Decides on a loan as it stands and saves that. A refusal comes with the loan. */
export async function changeLoan<Code extends string>(
  asked: { office: string; loanId: string; caller: Staff; now: Date },
  decide: (loan: Loan) => LoanChange | Refused<Code>,
  save: (table: string, change: LoanChange) => Promise<"saved" | "changed" | "item-out">,
): Promise<LoanView | Refused<Code | "not-found" | "item-out" | "busy">> {
  const { office, loanId, caller, now } = asked;
  const table = apiEnv().BOOKING_TABLE;
  for (let round = 0; round < rounds; round += 1) {
    const loan = await findLoan(table, loanId);
    if (!receives(caller) || loan === undefined || loan.office !== office) return refuse("not-found");
    const change = decide(loan);
    if (isRefused(change)) return refuse(change.refused, await shownLoan(loan, caller, now));
    const saved = await save(table, change);
    if (saved === "saved") return await shownLoan(change.next, caller, now);
    if (saved === "item-out") return refuse("item-out", await shownLoan(loan, caller, now));
  }
  return refuse("busy");
}
