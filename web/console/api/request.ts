import * as z from "zod/mini";
import { ApiFailure } from "./failure.ts";

/** The API said no to a change, in its own code. `current` is how things stand instead, where it told. */
type Refusal<Current> = { refused: string; current: Current | undefined };
export type Outcome<Answer, Current = Answer> = { answer: Answer } | Refusal<Current>;

export type Request = ReturnType<typeof createRequest>;
export type RequestOptions = { accessToken: () => string | undefined; onSignedOut: () => void };
type Asked = { method: "GET" | "POST" | "PUT"; path: string; body?: object; signal?: AbortSignal };

/** What is refused, rather than broken: see the API's codes. */
const REFUSED = [409, 422];

const LONGEST_LOOK_MS = 20_000;
/** An HTTP API waits for its function for 30 seconds: who gave up sooner would not hear of a change that was made all the same. */
const LONGEST_CHANGE_MS = 31_000;

/** What is saved as the tab is left must still arrive. A browser lets go of 64 KB so, and a character may take three bytes. */
const KEPT_ALIVE = 20_000;

/**
 * How the console asks. Every call rejects with ApiFailure, but for an abort by `signal`, which rejects as fetch does.
 */
export function createRequest({ accessToken, onSignedOut }: RequestOptions) {
  async function ask({ method, path, body, signal }: Asked): Promise<Response> {
    const token = accessToken();
    if (token === undefined) {
      onSignedOut();
      throw new ApiFailure("signed-out");
    }
    const limit = AbortSignal.timeout(method === "GET" ? LONGEST_LOOK_MS : LONGEST_CHANGE_MS);
    const content = body === undefined ? undefined : JSON.stringify(body);
    try {
      const response = await fetch(path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          accept: "application/json",
          ...(content === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(content === undefined ? {} : { body: content }),
        cache: "no-store",
        keepalive: method === "PUT" && content !== undefined && content.length < KEPT_ALIVE,
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
      if (response.status === 401) {
        onSignedOut();
        throw new ApiFailure("signed-out");
      }
      return response;
    } catch (error) {
      throw failureOf(error, signal);
    }
  }

  async function parsed<Schema extends z.ZodMiniType>(
    response: Response,
    schema: Schema,
    signal?: AbortSignal,
  ): Promise<z.infer<Schema>> {
    try {
      return schema.parse(await response.json());
    } catch (error) {
      throw failureOf(error, signal);
    }
  }

  /** An address with an id that nothing can have (400) leads to nothing, as any other wrong id, where `absent` says so. */
  async function get<Schema extends z.ZodMiniType>(
    path: string,
    schema: Schema,
    signal: AbortSignal,
    absent: readonly number[] = [403, 404],
  ): Promise<z.infer<Schema>> {
    const response = await ask({ method: "GET", path, signal });
    if (absent.includes(response.status)) throw new ApiFailure("not-found");
    if (!response.ok) throw new ApiFailure("unavailable", response.status);
    return parsed(response, schema, signal);
  }

  /** `instead`: the shape of what a refusal tells, where it is another than the answer's. */
  async function change<Schema extends z.ZodMiniType, Instead extends z.ZodMiniType = Schema>(
    method: "POST" | "PUT",
    path: string,
    body: object,
    schema: Schema,
    instead?: Instead,
  ): Promise<Outcome<z.infer<Schema>, z.infer<Instead>>> {
    const response = await ask({ method, path, body });
    if (REFUSED.includes(response.status)) {
      const refusal = z.object({
        error: z.object({ code: z.string() }),
        current: z.optional(instead ?? schema),
      });
      const { error, current } = await parsed(response, refusal);
      return { refused: error.code, current: current as z.infer<Instead> | undefined };
    }
    if (response.status === 403 || response.status === 404) throw new ApiFailure("not-found");
    if (!response.ok) throw new ApiFailure("unavailable", response.status);
    return { answer: await parsed(response, schema) };
  }

  return { get, change };
}

function failureOf(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true || error instanceof ApiFailure) return error;
  return new ApiFailure("unavailable", error);
}
