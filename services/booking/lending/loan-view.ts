import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import type { Staff } from "#shared/staff.ts";
import { apiEnv } from "../env.ts";
import { receives } from "../reception/access.ts";
import {
  type Borrower,
  borrowerSchema,
  isDisposed,
  isOverdue,
  type Loan,
  lateSeconds,
  loanSchema,
  mayUndo,
} from "./loan.ts";
import { findBorrowers } from "./loan-table.ts";

type Item = ReturnType<typeof municipality>["places"][number]["items"][number];

/** What an office lends; undefined where it has no such thing. */
export function itemOf(office: string, item: string): Item | undefined {
  const place = municipality().places.find(({ id, enabled }) => enabled && id === office);
  return place?.items.find(({ id }) => id === item);
}

/** Whether somebody sees what is lent and to whom: whoever lends, and managers. */
export function mayRead(caller: Staff): boolean {
  return receives(caller) || caller.roles.includes("manager");
}

export const loanCommands = ["extend", "return", "undo-return"] as const;
type LoanCommand = (typeof loanCommands)[number];

/** A loan as staff see it. `borrower`: null when it is too long ago to know who had it. */
export const loanViewSchema = z.object({
  ...z.omit(loanSchema, { asked: true }).shape,
  overdue: z.boolean(),
  /** Whole seconds that it is or was late; 0 in time. */
  lateSeconds: z.int(),
  /** What can be done with it now, by whoever asked. */
  may: z.array(z.enum(loanCommands)),
  borrower: z.nullable(borrowerSchema),
});
export type LoanView = z.infer<typeof loanViewSchema>;

export function loanView(loan: Loan, borrower: Borrower | undefined, caller: Staff, now: Date): LoanView {
  return {
    ...loan,
    overdue: isOverdue(loan, now),
    lateSeconds: lateSeconds(loan, now),
    may: receives(caller) ? possible(loan, now) : [],
    borrower: isDisposed(loan, now) ? null : (borrower ?? null),
  };
}

function possible(loan: Loan, now: Date): LoanCommand[] {
  if (loan.status === "out") return ["extend", "return"];
  return mayUndo(loan, now) ? ["undo-return"] : [];
}

/** Loans with whoever has or had the items; those of whom nobody is to know any longer are not read. */
export async function shownLoans(
  loans: readonly Loan[],
  caller: Staff,
  now: Date,
): Promise<readonly LoanView[]> {
  const known = loans.filter((loan) => !isDisposed(loan, now)).map(({ loanId }) => loanId);
  const borrowers = await findBorrowers(apiEnv().BOOKING_TABLE, known);
  return loans.map((loan) => loanView(loan, borrowers.get(loan.loanId), caller, now));
}

/** One loan, as somebody sees it. */
export async function shownLoan(loan: Loan, caller: Staff, now: Date): Promise<LoanView> {
  const borrowers = await findBorrowers(apiEnv().BOOKING_TABLE, isDisposed(loan, now) ? [] : [loan.loanId]);
  return loanView(loan, borrowers.get(loan.loanId), caller, now);
}
