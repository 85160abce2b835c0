import * as z from "zod/mini";

const dutySchema = z.object({
  date: z.string(),
  person: z.nullable(z.object({ sub: z.string(), name: z.string() })),
  done: z.nullable(z.object({ at: z.string(), by: z.string() })),
  daysOffAfter: z.number(),
});
export type Duty = z.infer<typeof dutySchema>;

export const dutiesSchema = z.object({
  today: z.string(),
  days: z.array(dutySchema),
  held: z.number(),
  heldBeforeToday: z.number(),
});
export type Duties = z.infer<typeof dutiesSchema>;

export const numberSchema = z.object({ caseId: z.string(), caseNumber: z.string() });
