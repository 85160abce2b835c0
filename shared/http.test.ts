import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { apiHandler, defineEndpoint, noInput } from "./http.ts";
import { refuse } from "./refusal.ts";
import type { Staff } from "./staff.ts";

const amina: Staff = { sub: "amina", name: "Amina", roles: ["agent"], units: [] };

const change = defineEndpoint({
  params: z.object({ id: z.string() }),
  query: noInput,
  body: z.object({ version: z.int(), text: z.string() }),
  answer: z.object({ text: z.string() }),
  current: z.object({ version: z.int() }),
  run: async ({ body, params }) =>
    body.version === 1
      ? { text: `${params.id}: ${body.text}`, secret: "never" }
      : refuse("changed", { version: 2, secret: "never" }),
});

const hidden = defineEndpoint({
  params: noInput,
  query: noInput,
  answer: z.object({}),
  run: async () => refuse("no-such-thing"),
});

const handler = apiHandler<"changed" | "no-such-thing">({
  routes: [
    { method: "POST", path: "/things/{id}", allow: ["agent"], endpoint: change },
    { method: "POST", path: "/hidden", allow: ["agent"], endpoint: hidden },
    { method: "POST", path: "/managed", allow: ["manager"], endpoint: hidden },
  ],
  statusOf: { changed: 409, "no-such-thing": 404 },
  findCaller: async (sub) => (sub === "amina" ? amina : undefined),
});

async function post(body: string | undefined, changes: Record<string, unknown> = {}) {
  const event = {
    version: "2.0",
    routeKey: "ANY /things/{proxy+}",
    rawPath: "/things/a",
    rawQueryString: "",
    headers: {},
    isBase64Encoded: false,
    ...(body === undefined ? {} : { body }),
    requestContext: {
      http: { method: "POST", path: "/things/a" },
      authorizer: { jwt: { claims: { sub: "amina", token_use: "access" }, scopes: [] } },
    },
    ...changes,
  };
  const answer = await handler(event as unknown as APIGatewayProxyEventV2, {} as never);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? "") };
}

describe("a change", () => {
  test("gets its body parsed, and answers with what its schema names", async () => {
    const answer = await post(JSON.stringify({ version: 1, text: "hej" }));
    expect(answer).toEqual({ status: 200, body: { text: "a: hej" } });
  });

  test("may come in base64, as the gateway sends what it takes for bytes", async () => {
    const body = Buffer.from(JSON.stringify({ version: 1, text: "åäö" })).toString("base64");
    expect((await post(body, { isBase64Encoded: true })).body).toEqual({ text: "a: åäö" });
  });

  test.each([
    ["no body", undefined, /body/],
    ["no JSON", "{", /not JSON/],
    ["another shape", JSON.stringify({ version: "1" }), /body: version, body: text/],
  ])("with %s is 400 and says what is wrong", async (_what, body, message) => {
    const answer = await post(body);
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: "invalid-request", message: expect.stringMatching(message) } },
    });
  });

  test("that is refused answers with its status, its code, and how things stand now", async () => {
    expect(await post(JSON.stringify({ version: 9, text: "x" }))).toMatchObject({
      status: 409,
      body: { error: { code: "changed" }, current: { version: 2 } },
    });
  });

  test("by nobody whom we know is 404, and without an access token 401", async () => {
    const claims = (all: object) => ({
      requestContext: { http: { method: "POST", path: "/things/a" }, authorizer: { jwt: { claims: all } } },
    });
    const stranger = await post("{}", claims({ sub: "eve", token_use: "access" }));
    const idToken = await post("{}", claims({ sub: "amina", token_use: "id" }));
    expect([stranger.status, idToken.status]).toEqual([404, 401]);
  });

  test("that is not theirs to ask looks to the letter like one for what is not there", async () => {
    const at = (path: string) =>
      post("{}", {
        rawPath: path,
        requestContext: {
          http: { method: "POST", path },
          authorizer: { jwt: { claims: { sub: "amina", token_use: "access" } } },
        },
      });
    const [missing, notTheirs, noRoute] = await Promise.all(["/hidden", "/managed", "/nowhere"].map(at));
    expect(missing?.status).toBe(404);
    expect(notTheirs).toEqual(missing);
    expect(noRoute).toEqual(missing);
  });
});
