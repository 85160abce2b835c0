/** An event pattern: each name to a pattern, or to the list of values of which one must be there. */
export type Pattern = { [name: string]: Pattern | readonly (string | number | boolean | null)[] };

/**
 * Parses the pattern of a mapping's FilterCriteria
 * (https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html). Literal values only: throws with the
 * name of an operator that this machine does not play.
 */
export function parsePattern(text: string): Pattern {
  const pattern: unknown = JSON.parse(text);
  check(pattern, "");
  return pattern as Pattern;
}

function check(pattern: unknown, path: string): void {
  if (typeof pattern !== "object" || pattern === null || Array.isArray(pattern)) {
    throw new Error(`filter pattern ${path}: an object is expected`);
  }
  for (const [name, value] of Object.entries(pattern)) {
    const here = path === "" ? name : `${path}.${name}`;
    if (!Array.isArray(value)) check(value, here);
    else if (value.some((one) => typeof one === "object" && one !== null)) {
      throw new Error(`filter pattern ${here}: only literal values are played`);
    }
  }
}

export function matches(pattern: Pattern, value: unknown): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const found =
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
    return Array.isArray(wanted) ? wanted.some((one) => one === found) : matches(wanted as Pattern, found);
  });
}
