import { Badge } from "../../../ui/badge.tsx";
import { Fold } from "../../../ui/fold.tsx";
import { Problem } from "../../../ui/problem.tsx";
import { KeyHint } from "../key-hint.tsx";
import { useReception } from "../reception-desk.ts";
import { identifiedText, isLate, itemText, stateText, whenText } from "./lending-words.ts";
import { isJustBack } from "./lent.ts";
import type { Item, Loan } from "./schemas.ts";
import type { Loans } from "./use-loans.ts";

/** What can be done with an item, by its letter key; the first is the one usually done. */
export type Deed = { key: string; text: string; run: () => void };

type Props = {
  item: Item;
  deeds: readonly Deed[];
  /** The loan that it has come back from a moment ago. */
  back: Loan | undefined;
  loans: Loans;
  now: Date;
};

/** An item: who has it and when it is to be back, or that it is in, and the one thing to do next. */
export function ItemRow({ item, deeds, back, loans, now }: Props) {
  const [main, ...others] = deeds;
  const busy = loans.busy === item.item;
  return (
    <li id={rowId(item)} class="entry" data-entry>
      <p class="entry-number">{item.number}</p>
      <div class="entry-who">
        <p>
          <strong>{item.name}</strong>
        </p>
        {item.loan !== null && <Borrower loan={item.loan} now={now} />}
      </div>
      <div class="entry-state">
        <State item={item} back={back} now={now} />
      </div>
      <div class="entry-steps">
        {main !== undefined && <DeedButton deed={main} item={item} main={true} busy={busy} />}
        {others.length > 0 && (
          <Fold show="Mer" hide="Mindre">
            <div class="buttons">
              {others.map((deed) => (
                <DeedButton key={deed.key} deed={deed} item={item} main={false} busy={busy} />
              ))}
            </div>
          </Fold>
        )}
      </div>
      {loans.problem?.item === item.item && (
        <div class="entry-problem">
          <Problem text={loans.problem.text} />
        </div>
      )}
    </li>
  );
}

/** What an item is called on the page. */
export const rowId = ({ item }: Pick<Item, "item">): string => `sak-${item}`;

function Borrower({ loan, now }: { loan: Loan; now: Date }) {
  const { screened } = useReception();
  const { borrower, lentAt } = loan;
  const contact = [borrower?.phone, borrower?.email].filter((one) => one != null).join(" · ");
  return (
    <>
      {!screened && borrower !== null && (
        <p>
          {borrower.name}
          {contact !== "" && <span class="subtle"> · {contact}</span>}
        </p>
      )}
      <p class="subtle">
        Ut {whenText(lentAt, now)}
        {borrower !== null && ` · ${identifiedText(borrower.identifiedBy).toLowerCase()}`}
        {loan.bookingId !== null && " · för bokad lokal"}
      </p>
    </>
  );
}

function State({ item: { loan }, back, now }: { item: Item; back: Loan | undefined; now: Date }) {
  if (loan === null)
    return (
      <Badge tone="success" icon="check">
        {back !== undefined && isJustBack(back, now) ? "Inne, nyss åter" : "Inne"}
      </Badge>
    );
  if (!isLate(loan, now)) return <Badge icon="clock">{stateText(loan, now)}</Badge>;
  return (
    <>
      <Badge tone="danger" icon="warning">
        {stateText(loan, now)}
      </Badge>
      <span class="late">Skulle ha varit åter {whenText(loan.dueAt, now)}</span>
    </>
  );
}

type ButtonProps = { deed: Deed; item: Item; main: boolean; busy: boolean };

function DeedButton({ deed: { key, text, run }, item, main, busy }: ButtonProps) {
  return (
    <button
      type="button"
      class={main ? "ds-button entry-main" : "ds-button"}
      data-variant={main && item.loan !== null ? "primary" : "secondary"}
      aria-busy={busy}
      aria-disabled={busy}
      onClick={busy ? undefined : run}
    >
      {text}
      <span class="ds-sr-only"> {itemText(item)}</span>
      <KeyHint keys={[key]} />
    </button>
  );
}
