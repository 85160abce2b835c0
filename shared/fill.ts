/**
 * A template with its placeholders filled in: `{caseNumber}` → `BJO-2026-000123`. What is filled in is never itself taken
 * for a template. Throws on a placeholder that has no value: the config's check has let none through.
 */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`a template asks for ${name}, which nobody has given`);
    return value;
  });
}
