import * as z from "zod/mini";

const text = z.nullable(z.string());

const borrowerSchema = z.object({
  name: z.string(),
  phone: text,
  email: text,
  identifiedBy: z.string(),
  note: text,
});

/** A loan as the API shows it; without a borrower when it is too long ago to know who had it. */
export const loanSchema = z.object({
  loanId: z.string(),
  office: z.string(),
  item: z.string(),
  status: z.string(),
  bookingId: text,
  lentAt: z.string(),
  lentBy: z.string(),
  dueAt: z.string(),
  returnedAt: text,
  overdue: z.boolean(),
  lateSeconds: z.number(),
  may: z.array(z.string()),
  borrower: z.nullable(borrowerSchema),
});
export type Loan = z.infer<typeof loanSchema>;

const itemSchema = z.object({
  item: z.string(),
  name: z.string(),
  number: text,
  room: text,
  loan: z.nullable(loanSchema),
});
export type Item = z.infer<typeof itemSchema>;

const hireSchema = z.object({
  bookingId: z.string(),
  room: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  name: text,
  phone: text,
  email: text,
});
export type Hire = z.infer<typeof hireSchema>;

export const itemsSchema = z.object({
  items: z.array(itemSchema),
  hires: z.array(hireSchema),
  nextOpen: text,
});
export type Lent = z.infer<typeof itemsSchema>;

export const historySchema = z.object({ loans: z.array(loanSchema) });
