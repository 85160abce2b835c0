import type { Item, Loan } from "./schemas.ts";

/** Out since Friday afternoon, 4 December 2026, and due on Monday at ten, Swedish time. */
export function someLoan(item: string, more: Partial<Loan> = {}): Loan {
  return {
    loanId: "1".repeat(32),
    office: "kommunhuset",
    item,
    status: "out",
    bookingId: null,
    lentAt: "2026-12-04T15:50:00.000Z",
    lentBy: "reception",
    dueAt: "2026-12-07T09:00:00.000Z",
    returnedAt: null,
    overdue: false,
    lateSeconds: 0,
    may: ["extend", "return"],
    borrower: {
      name: "Åsa Prov",
      phone: "070-174 06 11",
      email: null,
      identifiedBy: "legitimation",
      note: null,
    },
    ...more,
  };
}

export function someItem(item: string, more: Partial<Item> = {}): Item {
  return { item, name: "Nyckel till Ekbacken", number: null, room: null, loan: null, ...more };
}
