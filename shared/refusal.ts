/** An expected "no" with a stable code. A decision returns it; only what nobody expected is thrown. */
export type Refused<Code extends string> = { refused: Code };

export function refuse<Code extends string>(code: Code): Refused<Code> {
  return { refused: code };
}

export function isRefused(value: unknown): value is Refused<string> {
  return typeof value === "object" && value !== null && "refused" in value;
}
