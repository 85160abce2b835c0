import type { CompiledMunicipality } from "#config/schema.ts";

type Constants = {
  municipality: Omit<CompiledMunicipality, "mailTexts">;
  mailTexts: CompiledMunicipality["mailTexts"];
};
declare const __MUNICIPALITY__: Constants["municipality"];
declare const __MAIL_TEXTS__: Constants["mailTexts"];

/**
 * The municipality that this build serves. The bundler and the test runner put the validated file of `config/` in the
 * place of the constant: a function's environment holds 4 KB, a municipality does not fit there.
 */
export function municipality(): Constants["municipality"] {
  return __MUNICIPALITY__;
}

/** Whether it is secret who meets whom of a service; one that the config does not know any more is taken for secret. */
export function isSecretService(service: string): boolean {
  const known = municipality().booking.services.find(({ id }) => id === service);
  return known === undefined || known.visibility === "secret";
}

/** What citizens get by mail, by language. A constant of its own: few functions write mail, and the others go without. */
export function mailTexts(): Constants["mailTexts"] {
  return __MAIL_TEXTS__;
}
