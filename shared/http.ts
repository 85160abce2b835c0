import middy from "@middy/core";
import httpRouter from "@middy/http-router";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Handler } from "aws-lambda";
import * as z from "zod/mini";
import { log, logFailure } from "#shared/logging.ts";
import { isRefused, type Refused } from "#shared/refusal.ts";
import type { Role, Staff } from "#shared/staff.ts";
import { now } from "#shared/time/clock.ts";

type Schema<T> = z.ZodMiniType<T>;

/** What an endpoint's function gets: parsed input, who asks (never a token), and the time. */
export type Request<Params, Query> = { params: Params; query: Query; caller: Staff; now: Date };

/** One endpoint, as the route table sees it: input in, answer or refusal out. Made by `defineEndpoint`. */
export type Endpoint<Code extends string> = (
  request: Request<unknown, unknown>,
) => Promise<{ invalid: readonly string[] } | Refused<Code> | { answer: unknown }>;

export type Route<Code extends string> = {
  method: "GET" | "POST";
  /** With `{name}` for a part of the path that `params` parses. */
  path: string;
  /** Who may ask: one of these roles. All others get 404, as if the thing did not exist. */
  allow: readonly Role[];
  endpoint: Endpoint<Code>;
};

/**
 * An endpoint: what it takes, what it gives, and the function between. The answer is parsed too, so that a field which
 * the schema does not name can never leave.
 */
export function defineEndpoint<Params, Query, Answer, Code extends string = never>(definition: {
  params: Schema<Params>;
  query: Schema<Query>;
  answer: Schema<Answer>;
  run: (request: Request<Params, Query>) => Promise<Answer | Refused<Code>>;
}): Endpoint<Code> {
  return async (request) => {
    const params = definition.params.safeParse(request.params);
    const query = definition.query.safeParse(request.query);
    if (!params.success || !query.success) {
      return { invalid: [...faults("path", params.error), ...faults("query", query.error)] };
    }
    const result = await definition.run({ ...request, params: params.data, query: query.data });
    return isRefused(result) ? result : { answer: definition.answer.parse(result) };
  };
}

export const noInput = z.object({});

function faults(where: string, error: z.core.$ZodError | undefined): readonly string[] {
  return (error?.issues ?? []).map((issue) => `${where}: ${issue.path.join(".")}`);
}

type Api<Code extends string> = {
  routes: readonly Route<Code>[];
  /** Which HTTP status each refusal is. The compiler asks for every one of them. */
  statusOf: Record<Code, number>;
  findCaller: (sub: string, now: Date) => Promise<Staff | undefined>;
};

type HttpEvent = APIGatewayProxyEventV2;
type HttpResult = APIGatewayProxyStructuredResultV2;

/** The shell of a service's HTTP API. The authorizer has checked the token; here it becomes a person with rights. */
export function apiHandler<Code extends string>(api: Api<Code>) {
  const routes = api.routes.map((route) => ({
    method: route.method,
    path: route.path,
    handler: (async (event) => answerRoute(api, route, event)) satisfies Handler<HttpEvent, HttpResult>,
  }));
  const router = httpRouter<HttpEvent, HttpResult>({ routes, notFoundResponse: () => notFound() });
  return middy<HttpEvent, HttpResult>()
    .handler(router)
    .onError((request) => {
      logFailure("REQUEST_FAILED", request.error);
      request.response = failure(
        500,
        "internal",
        "Something went wrong here. Nothing was changed. Try again.",
      );
    });
}

async function answerRoute<Code extends string>(
  api: Api<Code>,
  route: Route<Code>,
  event: HttpEvent,
): Promise<HttpResult> {
  const at = now();
  const sub = subjectOf(event);
  if (sub === undefined)
    return failure(401, "not-signed-in", "Sign in again: the token is not an access token.");
  const caller = await api.findCaller(sub, at);
  if (caller === undefined || !route.allow.some((role) => caller.roles.includes(role))) {
    log("DENIED", { path: route.path });
    return notFound();
  }
  const result = await route.endpoint({
    params: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    caller,
    now: at,
  });
  if ("answer" in result) return json(200, result.answer);
  if ("invalid" in result)
    return failure(400, "invalid-request", `Not understood: ${result.invalid.join(", ")}`);
  return failure(api.statusOf[result.refused], result.refused, "See the code.");
}

const claimsSchema = z.object({ sub: z.string(), token_use: z.literal("access") });

/** The subject of an access token. An ID token passes the authorizer as well, so its use is checked here. */
function subjectOf(event: HttpEvent): string | undefined {
  const claims = "authorizer" in event.requestContext ? event.requestContext.authorizer : undefined;
  const parsed = z.object({ jwt: z.object({ claims: claimsSchema }) }).safeParse(claims);
  return parsed.success ? parsed.data.jwt.claims.sub : undefined;
}

function notFound(): HttpResult {
  return failure(404, "not-found", "There is no such thing here, or you have no right to it.");
}

function failure(status: number, code: string, message: string): HttpResult {
  return json(status, { error: { code, message } });
}

function json(statusCode: number, content: unknown): HttpResult {
  return {
    statusCode,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
    body: JSON.stringify(content),
  };
}
