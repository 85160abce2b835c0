/**
 * An expected "no" with a stable code. A decision returns it; only what nobody expected is thrown. `current` is what
 * stands instead, for whoever must decide anew.
 */
export type Refused<Code extends string> = { refused: Code; current?: unknown };

export function refuse<Code extends string>(code: Code, current?: unknown): Refused<Code> {
  return current === undefined ? { refused: code } : { refused: code, current };
}

export function isRefused(value: unknown): value is Refused<string> {
  return typeof value === "object" && value !== null && "refused" in value;
}
