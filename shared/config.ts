import type { CompiledMunicipality } from "#config/schema.ts";

declare const __MUNICIPALITY__: CompiledMunicipality;

/**
 * The municipality that this build serves. The bundler and the test runner put the validated file of `config/` in the
 * place of the constant: a function's environment holds 4 KB, a municipality does not fit there.
 */
export function municipality(): CompiledMunicipality {
  return __MUNICIPALITY__;
}
