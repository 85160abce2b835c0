import * as z from "zod/mini";

/** Somebody who works here. */
export const personSchema = z.object({ sub: z.string(), name: z.string() });
export type Person = z.infer<typeof personSchema>;
/** Who wrote, as a mail says it. */
export const senderSchema = z.nullable(
  z.object({ name: z.nullable(z.string()), address: z.nullable(z.string()) }),
);
