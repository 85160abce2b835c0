import { useState } from "preact/hooks";
import { useReception } from "../reception-desk.ts";
import { failureText } from "../reception-words.ts";
import type { LoanAction } from "./api.ts";
import { refusalText } from "./lending-words.ts";
import type { Loan } from "./schemas.ts";

export type Loans = ReturnType<typeof useLoans>;

/** Does things with loans: what is answered is shown at once, and a no stays by its item until the next try. */
export function useLoans(onDone: (loan: Loan, action: LoanAction) => void) {
  const { api, tookLoan } = useReception();
  const [busy, setBusy] = useState<string | undefined>();
  const [problem, setProblem] = useState<{ item: string; text: string } | undefined>();

  async function act({ office, loanId, item }: Loan, action: LoanAction, body: object = {}): Promise<void> {
    if (busy !== undefined) return;
    setBusy(item);
    setProblem(undefined);
    try {
      const outcome = await api.changeLoan(office, loanId, action, body);
      if ("answer" in outcome) {
        tookLoan(outcome.answer);
        onDone(outcome.answer, action);
      } else {
        if (outcome.current !== undefined) tookLoan(outcome.current);
        setProblem({ item, text: refusalText(outcome.refused) });
      }
    } catch (error) {
      setProblem({ item, text: failureText(error) });
    }
    setBusy(undefined);
  }
  return { busy, problem, act, forget: () => setProblem(undefined) };
}
