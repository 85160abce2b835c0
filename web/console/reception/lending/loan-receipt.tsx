import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { clockInSweden, dateInSweden } from "../../../ui/swedish-time.ts";
import { useDesk } from "../../desk.ts";
import { useReception } from "../reception-desk.ts";
import type { Item, Loan } from "./schemas.ts";

type Props = { item: Item; loan: Loan; onClose: () => void };

/** The borrower's receipt, to print: what, when it is to be back, where, and whom to call. */
export function LoanReceipt({ item, loan, onClose }: Props) {
  const { directory } = useDesk();
  const { office, screened } = useReception();
  const print = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => print.current?.focus(), [loan]);
  return (
    <section class="slip" aria-labelledby="receipt-title">
      <h2 id="receipt-title" class="ds-heading" data-size="sm">
        Kvittens på lån
      </h2>
      <p>
        {directory.serviceCentre.name}, {office.name}
      </p>
      <dl>
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
      </dl>
      <div class="buttons no-print">
        <button
          ref={print}
          type="button"
          class="ds-button"
          data-variant="primary"
          onClick={() => window.print()}
        >
          Skriv ut kvittens
        </button>
        <Button variant="secondary" onClick={onClose}>
          Klar
        </Button>
      </div>
    </section>
  );
}

function dayAndClock(instant: string): string {
  const at = new Date(instant);
  return `${dateInSweden(at)} kl. ${clockInSweden(at)}`;
}
