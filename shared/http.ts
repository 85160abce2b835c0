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
export type Request<Params, Query, Body> = {
  params: Params;
  query: Query;
  body: Body;
  caller: Staff;
  now: Date;
};

/** One endpoint, as the route table sees it: input in, answer or refusal out. Made by `defineEndpoint`. */
export type Endpoint<Code extends string> = (
  request: Request<unknown, unknown, unknown>,
) => Promise<{ invalid: readonly string[] } | Refused<Code> | { answer: unknown }>;

export type Route<Code extends string> = {
  method: "GET" | "POST" | "PUT";
  /** With `{name}` for a part of the path that `params` parses. */
  path: string;
  /** Who may ask: one of these roles. All others get 404, as if the thing did not exist. */
  allow: readonly Role[];
  endpoint: Endpoint<Code>;
  /** What a success is called: something was made. */
  success?: 201;
};

/**
 * An endpoint: what it takes, what it gives, and the function between. The answer is parsed too, so that a field which
 * the schema does not name can never leave; so is what a refusal says of how things stand now.
 */
export function defineEndpoint<
  Params,
  Query,
  Answer,
  Body = undefined,
  Code extends string = never,
>(definition: {
  params: Schema<Params>;
  query: Schema<Query>;
  /** What the request's JSON must be; without it the body is not looked at. */
  body?: Schema<Body>;
  answer: Schema<Answer>;
  /** The shape of a refusal's `current`; without it nothing of it leaves. */
  current?: Schema<unknown>;
  run: (request: Request<Params, Query, Body>) => Promise<Answer | Refused<Code>>;
}): Endpoint<Code> {
  return async (request) => {
    const params = definition.params.safeParse(request.params);
    const query = definition.query.safeParse(request.query);
    const body = (definition.body ?? noBody<Body>()).safeParse(request.body);
    if (!params.success || !query.success || !body.success) {
      return {
        invalid: [
          ...faults("path", params.error),
          ...faults("query", query.error),
          ...faults("body", body.error),
        ],
      };
    }
    const result = await definition.run({
      ...request,
      params: params.data,
      query: query.data,
      body: body.data,
    });
    if (!isRefused(result)) return { answer: definition.answer.parse(result) };
    const { refused, current } = result;
    if (current === undefined || definition.current === undefined) return { refused };
    return { refused, current: definition.current.parse(current) };
  };
}

function noBody<Body>(): Schema<Body> {
  return z.pipe(
    z.unknown(),
    z.transform(() => undefined as Body),
  );
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
  const body = bodyOf(event);
  if (body === notJson) return failure(400, "invalid-request", "Not understood: the body is not JSON.");
  const result = await route.endpoint({
    params: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    body,
    caller,
    now: at,
  });
  if ("answer" in result) return json(route.success ?? 200, result.answer);
  if ("invalid" in result)
    return failure(400, "invalid-request", `Not understood: ${result.invalid.join(", ")}`);
  const status = api.statusOf[result.refused];
  if (status === 404) {
    log("DENIED", { path: route.path });
    // The same to the letter, whether the thing is missing or the right to it.
    if (result.current === undefined) return notFound();
  }
  return failure(status, result.refused, "See the code.", result.current);
}

const notJson = Symbol("not JSON");

function bodyOf(event: HttpEvent): unknown {
  if (event.body === undefined || event.body === "") return undefined;
  const text = event.isBase64Encoded ? Buffer.from(event.body, "base64").toString("utf8") : event.body;
  try {
    return JSON.parse(text);
  } catch {
    return notJson;
  }
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

function failure(status: number, code: string, message: string, current?: unknown): HttpResult {
  return json(status, { error: { code, message }, ...(current === undefined ? {} : { current }) });
}

/** Seconds after which to ask again (RFC 9110 §10.2.3), where it was too busy here or too much was asked. */
const retryAfter: Record<number, string> = { 429: "60", 503: "2" };

function json(statusCode: number, content: unknown): HttpResult {
  const again = retryAfter[statusCode];
  return {
    statusCode,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      ...(again === undefined ? {} : { "retry-after": again }),
    },
    body: JSON.stringify(content),
  };
}
