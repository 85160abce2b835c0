export type FailureKind = "signed-out" | "not-found" | "unavailable";

/** Why the API gave no answer. Not there and no right look the same, on purpose. */
export class ApiFailure extends Error {
  readonly kind: FailureKind;
  constructor(kind: FailureKind, cause?: unknown) {
    super(kind, { cause });
    this.kind = kind;
  }
}

/** What a thrown value means to the person at the screen. */
export function failureKind(error: unknown): FailureKind {
  return error instanceof ApiFailure ? error.kind : "unavailable";
}
