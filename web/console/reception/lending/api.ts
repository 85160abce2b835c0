import type { Request } from "../../api/request.ts";
import { historySchema, itemsSchema, loanSchema } from "./schemas.ts";

const part = encodeURIComponent;
const base = (office: string): string => `/booking/lending/${part(office)}`;

/** What is lent and to whom: for a hire, or until a date. The same key makes one loan, however often it is sent. */
export type Lending = {
  key: string;
  item: string;
  bookingId?: string;
  dueOn?: string;
  borrower: { name: string; phone: string | null; email: string | null; identifiedBy: string };
};

export type LoanAction = "extend" | "return" | "undo-return";

/** The lending part of the API as the console sees it. */
export function createLendingApi({ get, change }: Request) {
  return {
    items: (office: string, signal: AbortSignal) => get(`${base(office)}/items`, itemsSchema, signal),
    history: (path: string, signal: AbortSignal) => get(path, historySchema, signal),
    lend: (office: string, body: Lending) => change("POST", `${base(office)}/loans`, body, loanSchema),
    changeLoan: (office: string, loanId: string, action: LoanAction, body: object) =>
      change("POST", `${base(office)}/loans/${part(loanId)}/${action}`, body, loanSchema),
  };
}

export const historyPath = (office: string, item: string): string =>
  `${base(office)}/items/${part(item)}/loans`;
