import * as z from "zod";

const statementSchema = z.looseObject({
  Effect: z.enum(["Allow", "Deny"]),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.unknown().optional(),
  Condition: z.unknown().optional(),
});
type Statement = z.infer<typeof statementSchema>;

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});

const templateSchema = z.looseObject({ Resources: z.record(z.string(), resourceSchema) });

/** A resource of a synthesized template, with the stack it is in and its logical id. */
export type Resource = z.infer<typeof resourceSchema> & { stack: string; id: string };

/** Every resource of the given templates, by stack name. Throws where something is not a template. */
export function resourcesOf(templates: Readonly<Record<string, unknown>>): Resource[] {
  return Object.entries(templates).flatMap(([stack, template]) =>
    Object.entries(templateSchema.parse(template).Resources).map(([id, resource]) => ({
      ...resource,
      stack,
      id,
    })),
  );
}

/** What stands at a path of names and indexes below a value, or undefined. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (found, key) =>
      typeof found === "object" && found !== null ? Reflect.get(found, String(key)) : undefined,
    value,
  );
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** The logical id that a `Ref` or `Fn::GetAtt` names, in the same template. */
export function named(reference: unknown): string | undefined {
  const id = at(reference, "Ref") ?? at(reference, "Fn::GetAtt", 0);
  return typeof id === "string" ? id : undefined;
}

/** The statements of a policy document. Throws where one has an unknown shape: it would escape the checks. */
export function statements(document: unknown): Statement[] {
  return z.array(statementSchema).parse(list(at(document, "Statement")));
}
