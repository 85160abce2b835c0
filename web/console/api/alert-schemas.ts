import * as z from "zod/mini";

/** What those of an office must know at once. */
export const alertsSchema = z.object({
  incidents: z.array(
    z.object({
      incidentId: z.string(),
      place: z.string(),
      at: z.string(),
      by: z.string(),
      name: z.nullable(z.string()),
    }),
  ),
  staffing: z.array(
    z.object({
      office: z.string(),
      place: z.string(),
      from: z.string(),
      to: z.string(),
      present: z.number(),
      minimum: z.number(),
    }),
  ),
});
export type StaffingAlert = z.infer<typeof alertsSchema>["staffing"][number];
