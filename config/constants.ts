import type { CompiledMunicipality } from "./schema.ts";

/** What stands in the place of the constants of `shared/config.ts`, for whoever runs or bundles code that asks for them. */
export function constantsOf({ mailTexts, ...municipality }: CompiledMunicipality) {
  return { __MUNICIPALITY__: municipality, __MAIL_TEXTS__: mailTexts };
}

/** The same as source text, as bundlers take it. */
export function definesOf(compiled: CompiledMunicipality): Record<string, string> {
  return Object.fromEntries(
    Object.entries(constantsOf(compiled)).map(([name, value]) => [name, JSON.stringify(value)]),
  );
}
