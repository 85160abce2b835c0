import type { Hire, Item, Lent, Loan } from "./schemas.ts";

/** What was answered of a loan, in its place in the list: what is out overdue first, then what is in. */
export function withLoan(lent: Lent, loan: Loan): Lent {
  const items = lent.items.map((one) =>
    one.item === loan.item ? { ...one, loan: loan.status === "out" ? loan : null } : one,
  );
  return {
    ...lent,
    items: [
      ...items
        .filter((one) => one.loan !== null)
        .toSorted((one, other) => (one.loan?.dueAt ?? "").localeCompare(other.loan?.dueAt ?? "")),
      ...items.filter((one) => one.loan === null),
    ],
  };
}

/** Those items that are meant by what was typed: the number of one first, else any part of a name, its own or its borrower's. */
export function matchingItems(items: readonly Item[], typed: string): readonly Item[] {
  const sought = plain(typed);
  if (sought === "") return items;
  const numbered = items.filter(({ number }) => number !== null && plain(number) === sought);
  if (numbered.length > 0) return numbered;
  return items.filter(({ name, number, loan }) =>
    [name, number, loan?.borrower?.name].some((one) => one != null && plain(one).includes(sought)),
  );
}

function plain(text: string): string {
  return text.toLocaleLowerCase("sv").replaceAll(/[\s:.-]/g, "");
}

/** The hires that a key may be fetched for, soonest first. */
export function hiresFor(hires: readonly Hire[], { room }: Pick<Item, "room">): readonly Hire[] {
  return room === null ? [] : hires.filter((hire) => hire.room === room);
}

const TEN_MINUTES_MS = 10 * 60_000;

/** Whether something came back so lately that it can be undone. */
export function isJustBack({ returnedAt }: Pick<Loan, "returnedAt">, now: Date): boolean {
  return returnedAt !== null && now.getTime() - Date.parse(returnedAt) < TEN_MINUTES_MS;
}
