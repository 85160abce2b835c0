import type * as z from "zod/mini";

/**
 * The environment of one function, parsed at first use and then kept: importing a route table or a handler in a
 * test must not need an environment. Throws with every missing or faulty name.
 */
export function env<T>(schema: z.ZodMiniType<T>): () => T {
  let parsed: T | undefined;
  return () => {
    parsed ??= parse(schema);
    return parsed;
  };
}

function parse<T>(schema: z.ZodMiniType<T>): T {
  const result = schema.safeParse(process.env);
  if (result.success) return result.data;
  const names = result.error.issues.map((issue) => issue.path.join("."));
  throw new Error(`environment: ${names.join(", ")} missing or empty`);
}
