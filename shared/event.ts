import * as z from "zod/mini";

/**
 * The fields that an event may be built of. An event outlives the case it tells of, so it holds no free text, no name
 * and no address; text crosses between services as a letter (`letter.ts`). `defineEvent` refuses any other field.
 */
const allowed = new Set<unknown>();
function field<T extends z.ZodMiniType>(schema: T): T {
  allowed.add(schema);
  return schema;
}

/** An id that we made, or a unit of the config. */
export const id = field(z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/)));
/** A case number, `BJO-2026-000123`. */
export const caseNumber = field(z.string().check(z.regex(/^[A-Z0-9]{1,8}-\d{4}-\d{1,9}$/)));
/** An instant, ISO 8601 in UTC with milliseconds. */
export const instant = field(z.iso.datetime({ precision: 3 }));
/** A date in Sweden. */
export const date = field(z.iso.date());
export const count = field(z.int().check(z.nonnegative()));
export const flag = field(z.boolean());
const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** Where a letter lies and what its bytes must hash to. */
export const letterRef = field(
  z.object({
    key: z.string().check(z.regex(/^[a-z][a-z0-9-]*\/[0-9a-f]{32}\/[0-9a-f]{64}\.json$/)),
    sha256: digest,
  }),
);
export type LetterRef = z.infer<typeof letterRef>;

/** One of a closed list of codes. */
export function code<const T extends readonly [string, ...string[]]>(codes: T) {
  return field(z.enum(codes));
}

/** The envelope, CloudEvents 1.0 (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md). */
export type Event<Type extends string = string, Data = Record<string, unknown>> = {
  specversion: "1.0";
  id: string;
  source: string;
  type: Type;
  time: string;
  datacontenttype: "application/json";
  data: Data;
};

type Shape = Record<string, z.ZodMiniType>;

/**
 * One kind of event: its schema and its maker. `subject` is what the event is about (a mail, a case) and `version` its
 * place in that subject's history; together they are the id, so the same change always has the same id.
 */
export function defineEvent<Type extends string, S extends Shape>(source: string, type: Type, shape: S) {
  for (const [name, schema] of Object.entries(shape)) {
    const bare = schema instanceof z.ZodMiniOptional ? schema.def.innerType : schema;
    if (!allowed.has(bare)) throw new Error(`event ${type}: ${name} is not a field that an event may hold`);
  }
  const schema = z.object({
    specversion: z.literal("1.0"),
    id: z.string(),
    source: z.literal(source),
    type: z.literal(type),
    time: instant,
    datacontenttype: z.literal("application/json"),
    data: z.object(shape),
  });
  type Data = z.infer<z.ZodMiniObject<S>>;
  function make(about: { subject: string; version: number; at: Date }, data: Data): Event<Type, Data> {
    return {
      specversion: "1.0",
      id: `${type}-${about.subject}-${about.version}`,
      source,
      type,
      time: about.at.toISOString(),
      datacontenttype: "application/json",
      data,
    };
  }
  return { type, schema, make };
}
