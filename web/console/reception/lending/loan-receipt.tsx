import { clockInSweden, dateInSweden } from "../../../ui/swedish-time.ts";
import { Receipt } from "../receipt.tsx";
import { useReception } from "../reception-desk.ts";
import type { Item, Loan } from "./schemas.ts";

type Props = { item: Item; loan: Loan; onClose: () => void };

/** The borrower's receipt: what they have, and when it is to be back. */
export function LoanReceipt({ item, loan, onClose }: Props) {
  const { screened } = useReception();
  return (
    <Receipt title="Kvittens på lån" of={loan.loanId} onClose={onClose}>
      <dt>Lånat</dt>
      <dd>{item.name}</dd>
      {item.number !== null && (
        <>
          <dt>Nummer</dt>
          <dd>{item.number}</dd>
        </>
      )}
      {!screened && loan.borrower !== null && (
        <>
          <dt>Av</dt>
          <dd>{loan.borrower.name}</dd>
        </>
      )}
      <dt>Utlämnat</dt>
      <dd>{dayAndClock(loan.lentAt)}</dd>
      <dt>Åter senast</dt>
      <dd>{dayAndClock(loan.dueAt)}</dd>
    </Receipt>
  );
}

function dayAndClock(instant: string): string {
  const at = new Date(instant);
  return `${dateInSweden(at)} kl. ${clockInSweden(at)}`;
}
