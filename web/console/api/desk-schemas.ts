import * as z from "zod/mini";

export const meSchema = z.object({
  name: z.string(),
  roles: z.array(z.string()),
  units: z.array(z.string()),
});
export type Me = z.infer<typeof meSchema>;

const namedSchema = z.object({ id: z.string(), name: z.string() });
const unitSchema = z.object({
  id: z.string(),
  name: z.string(),
  department: z.string(),
  authorities: z.array(namedSchema),
  secret: z.boolean(),
});
const onCallSchema = z.object({ name: z.string(), phone: z.string() });
export const unitsSchema = z.object({
  serviceCentre: namedSchema,
  urgent: onCallSchema,
  units: z.array(unitSchema),
});
export type Unit = z.infer<typeof unitSchema>;
export type Units = z.infer<typeof unitsSchema>;

export const mailTextsSchema = z.object({
  languages: z.array(
    z.object({
      language: z.string(),
      file: z.string(),
      mails: z.array(z.object({ name: z.string(), subject: z.nullable(z.string()), text: z.string() })),
    }),
  ),
});
export type LanguageTexts = z.infer<typeof mailTextsSchema>["languages"][number];
