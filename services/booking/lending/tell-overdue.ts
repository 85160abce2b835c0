import { municipality } from "#shared/config.ts";
import { sealLetter, writeLetter } from "#shared/letter.ts";
import { type LoanLetter, loanOverdue } from "../events.ts";
import { about, type Borrower, isOverdue, type Loan, place } from "./loan.ts";
import { findBorrowers, loansOut, saveOverdue, untold } from "./loan-table.ts";
import { itemOf } from "./loan-view.ts";

type Stores = { BOOKING_TABLE: string; LETTERS_BUCKET: string };

/**
 * Tells of what is overdue at an office, once for each time that a loan has been due, and writes to its borrower if they gave an
 * address. One that somebody changes meanwhile is left for the next round. Returns of how many it told.
 */
export async function tellOverdue(
  { BOOKING_TABLE, LETTERS_BUCKET }: Stores,
  office: string,
  at: Date,
): Promise<number> {
  const out = await loansOut(BOOKING_TABLE, office);
  const overdue = await untold(
    BOOKING_TABLE,
    out.filter((loan) => isOverdue(loan, at)),
  );
  const borrowers = await findBorrowers(
    BOOKING_TABLE,
    overdue.map(({ loanId }) => loanId),
  );
  let told = 0;
  for (const loan of overdue) {
    const letter = letterOf(loan, borrowers.get(loan.loanId));
    if (letter !== undefined) await writeLetter(LETTERS_BUCKET, letter);
    const event = loanOverdue.make(place(loan, at), {
      ...about(loan),
      ...(letter === undefined ? {} : { letter: { key: letter.key, sha256: letter.sha256 } }),
    });
    if (await saveOverdue(BOOKING_TABLE, loan, event)) told += 1;
  }
  return told;
}

function letterOf(loan: Loan, borrower: Borrower | undefined) {
  if (borrower === undefined || borrower.email === null) return undefined;
  const item = itemOf(loan.office, loan.item);
  const [first = "sv"] = municipality().languages;
  const letter: LoanLetter = {
    to: borrower.email,
    language: borrower.language ?? first,
    item: item?.name ?? loan.item,
    number: item?.number ?? null,
    place: municipality().places.find(({ id }) => id === loan.office)?.name ?? loan.office,
    dueAt: loan.dueAt,
  };
  return sealLetter("booking", loan.loanId, letter);
}
