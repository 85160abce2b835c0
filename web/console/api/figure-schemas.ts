import * as z from "zod/mini";

const daySchema = z.object({ date: z.string(), figures: z.record(z.string(), z.number()) });
export type Day = z.infer<typeof daySchema>;

export const daysSchema = z.object({ days: z.array(daySchema), open: z.number() });
export type Days = z.infer<typeof daysSchema>;

export const countedCasesSchema = z.object({
  cases: z.array(z.object({ caseId: z.string(), caseNumber: z.string(), at: z.string() })),
  bookings: z.array(z.object({ bookingId: z.string(), startsAt: z.string(), at: z.string() })),
  withheld: z.number(),
  cursor: z.nullable(z.string()),
  hidden: z.boolean(),
});
export type CountedCases = z.infer<typeof countedCasesSchema>;
