import * as z from "zod/mini";

const shiftSchema = z.object({
  weekIndex: z.number(),
  weekday: z.string(),
  from: z.string(),
  to: z.string(),
  person: z.string(),
  role: z.optional(z.string()),
});
export type Shift = z.infer<typeof shiftSchema>;

const rotaSchema = z.object({
  office: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
  anchorMonday: z.string(),
  cycleWeeks: z.number(),
  shifts: z.array(shiftSchema),
  approvals: z.array(z.object({ manager: z.string(), person: z.string(), at: z.string() })),
});
export type Rota = z.infer<typeof rotaSchema>;

export const keptRotaSchema = z.object({
  rotaId: z.string(),
  version: z.number(),
  status: z.string(),
  publishedTo: z.nullable(z.string()),
  rota: rotaSchema,
});
export type KeptRota = z.infer<typeof keptRotaSchema>;
export const rotasSchema = z.object({ rotas: z.array(keptRotaSchema) });

const faultSchema = z.object({
  code: z.string(),
  date: z.optional(z.string()),
  month: z.optional(z.string()),
  person: z.optional(z.string()),
  manager: z.optional(z.nullable(z.string())),
  has: z.optional(z.number()),
  needs: z.optional(z.number()),
});
export type Fault = z.infer<typeof faultSchema>;

const flagSchema = z.object({
  code: z.string(),
  date: z.string(),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
  has: z.optional(z.number()),
  needs: z.optional(z.number()),
  person: z.optional(z.string()),
});
export type Flag = z.infer<typeof flagSchema>;

const coverageSchema = z.object({
  date: z.string(),
  stretches: z.array(z.object({ from: z.string(), to: z.string(), count: z.number() })),
});
export type Coverage = z.infer<typeof coverageSchema>;

/** What a rota would mean. */
export const checkSchema = z.object({
  faults: z.array(faultSchema),
  flags: z.array(flagSchema),
  evenings: z.array(z.object({ month: z.string(), has: z.number(), needs: z.number() })),
  coverage: z.array(coverageSchema),
});
export type Check = z.infer<typeof checkSchema>;

export const publishedSchema = z.object({ rota: keptRotaSchema, days: z.number() });
/** A no to publishing: what is wrong with the rota, or the rota as it stands. */
export const publishNoSchema = z.union([checkSchema, keptRotaSchema]);

const stretchSchema = z.object({ from: z.string(), to: z.string() });
const officeDaySchema = z.object({
  date: z.string(),
  kind: z.string(),
  reason: z.optional(z.string()),
  evening: z.boolean(),
  open: z.array(stretchSchema),
});
export type OfficeDay = z.infer<typeof officeDaySchema>;
export const officeDaysSchema = z.object({ days: z.array(officeDaySchema) });
export const exceptionSavedSchema = z.object({ days: z.number() });

const guestSessionSchema = z.object({
  service: z.string(),
  date: z.string(),
  hours: z.array(z.object({ from: z.string(), to: z.string() })),
  visitors: z.string(),
});
export type GuestSession = z.infer<typeof guestSessionSchema>;
export const guestSessionsSchema = z.object({ sessions: z.array(guestSessionSchema) });
const roomClosureSchema = z.object({
  closureId: z.string(),
  room: z.string(),
  from: z.string(),
  to: z.string(),
  reason: z.string(),
  enteredBy: z.string(),
});
export type RoomClosure = z.infer<typeof roomClosureSchema>;
export const roomClosuresSchema = z.object({ closures: z.array(roomClosureSchema) });
export const roomClosedSchema = z.object({ closure: roomClosureSchema, unsettled: z.number() });
export const roomOpenedSchema = z.object({ closure: roomClosureSchema });
export const guestSavedSchema = z.object({ days: z.number(), outsideOpening: z.boolean() });
