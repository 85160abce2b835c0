import * as z from "zod/mini";

const senderSchema = z.nullable(z.object({ name: z.nullable(z.string()), address: z.nullable(z.string()) }));
const caseRowSchema = z.object({
  caseId: z.string(),
  caseNumber: z.string(),
  subject: z.nullable(z.string()),
  sender: senderSchema,
  arrivedAt: z.string(),
  nextDate: z.string(),
  status: z.string(),
  channel: z.string(),
  unreadable: z.boolean(),
  messageCount: z.number(),
});
const meSchema = z.object({ name: z.string(), roles: z.array(z.string()), units: z.array(z.string()) });
const worklistPageSchema = z.object({ cases: z.array(caseRowSchema), cursor: z.nullable(z.string()) });
const attachmentSchema = z.object({
  name: z.nullable(z.string()),
  contentType: z.string(),
  bytes: z.number(),
});
const messageSchema = z.object({
  messageId: z.string(),
  direction: z.string(),
  arrivedAt: z.string(),
  subject: z.nullable(z.string()),
  sender: senderSchema,
  attachments: z.array(attachmentSchema),
  unreadable: z.boolean(),
  trust: z.string(),
});
const outgoingSchema = z.object({
  kind: z.string(),
  status: z.string(),
  at: z.string(),
  reason: z.nullable(z.string()),
});
const caseFileSchema = z.object({
  case: z.extend(caseRowSchema, { openedAt: z.string(), owner: z.string(), version: z.number() }),
  messages: z.array(messageSchema),
  outgoing: z.array(outgoingSchema),
  history: z.array(z.object({ version: z.number(), at: z.string(), type: z.string() })),
});
const messageTextSchema = z.object({ text: z.string(), truncated: z.boolean(), unreadable: z.boolean() });

export type Sender = z.infer<typeof senderSchema>;
export type CaseRow = z.infer<typeof caseRowSchema>;
export type Me = z.infer<typeof meSchema>;
export type WorklistPage = z.infer<typeof worklistPageSchema>;
export type Attachment = z.infer<typeof attachmentSchema>;
export type Message = z.infer<typeof messageSchema>;
export type CaseFile = z.infer<typeof caseFileSchema>;
export type MessageText = z.infer<typeof messageTextSchema>;

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

/** Where the API keeps a message's text. */
export function messagePath(caseId: string, messageId: string): string {
  return `/cases/${encodeURIComponent(caseId)}/messages/${encodeURIComponent(messageId)}`;
}

type Options = { accessToken: () => string | undefined; onSignedOut: () => void };
export type Api = ReturnType<typeof createApi>;

/**
 * The API as the console sees it. Every call rejects with ApiFailure, but for an abort by `signal`, which rejects as fetch does.
 */
export function createApi({ accessToken, onSignedOut }: Options) {
  async function get<Schema extends z.ZodMiniType>(
    path: string,
    schema: Schema,
    signal: AbortSignal,
    absent: readonly number[] = [403, 404],
  ): Promise<z.infer<Schema>> {
    const token = accessToken();
    if (token === undefined) {
      onSignedOut();
      throw new ApiFailure("signed-out");
    }
    try {
      const response = await fetch(path, {
        headers: { authorization: `Bearer ${token}`, accept: "application/json" },
        cache: "no-store",
        signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]),
      });
      if (response.status === 401) {
        onSignedOut();
        throw new ApiFailure("signed-out");
      }
      if (absent.includes(response.status)) throw new ApiFailure("not-found");
      if (!response.ok) throw new ApiFailure("unavailable", response.status);
      return schema.parse(await response.json());
    } catch (error) {
      if (signal.aborted || error instanceof ApiFailure) throw error;
      throw new ApiFailure("unavailable", error);
    }
  }

  return {
    me: (signal: AbortSignal) => get("/cases/me", meSchema, signal),
    intake: (cursor: string | null, signal: AbortSignal) => {
      const query = cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`;
      return get(`/cases/worklists/intake${query}`, worklistPageSchema, signal);
    },
    /** An address with an id that no case can have (400) leads to no case, as any other wrong id. */
    caseFile: (caseId: string, signal: AbortSignal) =>
      get(`/cases/${encodeURIComponent(caseId)}`, caseFileSchema, signal, [400, 403, 404]),
    messageText: (path: string, signal: AbortSignal) => get(path, messageTextSchema, signal),
  };
}
