import { BatchGetCommand, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, test } from "vitest";
import { staffRow } from "#shared/staff.ts";
import { table } from "#shared/table.ts";
import { handler } from "./api.ts";
import { dayKey, totalKey } from "./keys.ts";

const client = mockClient(table);
beforeEach(() => {
  client.reset();
  Object.assign(process.env, { STATS_TABLE: "stats", STAFF_TABLE: "staff" });
  const people = { chef: ["manager"], handlaggare: ["officer"] } as const;
  for (const [sub, roles] of Object.entries(people)) {
    const { pk, sk, ...staff } = staffRow("bjorkeby", { sub, name: sub, roles: [...roles], units: [] });
    client.on(GetCommand, { Key: { pk, sk } }).resolves({ Item: { pk, sk, ...staff } });
  }
});

async function ask(rawPath: string, queryStringParameters: Record<string, string>, sub = "chef") {
  const event = {
    version: "2.0",
    rawPath,
    queryStringParameters,
    headers: {},
    requestContext: {
      http: { method: "GET", path: rawPath },
      authorizer: { jwt: { claims: { sub, token_use: "access" } } },
    },
  };
  const answer = await handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? "") };
}

const day = { from: "2026-11-24", to: "2026-11-24" };

describe("the days", () => {
  test("hold what was counted, and what is open", async () => {
    const Responses = {
      stats: [
        { ...dayKey("2026-11-24"), "contacts/email": 3 },
        { ...totalKey(), open: 12 },
      ],
    };
    client.on(BatchGetCommand).resolves({ Responses });
    expect(await ask("/stats/days", { ...day, from: "2026-11-23" })).toEqual({
      status: 200,
      body: {
        days: [
          { date: "2026-11-23", figures: {} },
          { date: "2026-11-24", figures: { "contacts/email": 3 } },
        ],
        open: 12,
      },
    });
  });

  test.each([
    ["2026-11-24", "2026-11-23", "period-backwards"],
    ["2026-01-01", "2026-12-31", "period-too-long"],
    ["2026-02-30", "2026-03-01", "invalid-request"],
  ])("from %s to %s are refused: %s", async (from, to, code) => {
    expect(await ask("/stats/days", { from, to })).toMatchObject({ status: 400, body: { error: { code } } });
  });

  test("are no half answer when the table gives back keys unread", async () => {
    client.on(BatchGetCommand).resolves({ UnprocessedKeys: { stats: { Keys: [totalKey()] } } });
    expect((await ask("/stats/days", day)).status).toBe(500);
  });
});

describe("the cases behind a figure", () => {
  const path = "/stats/days/2026-11-24/cases";

  test("are named by number and instant, and by nothing else", async () => {
    const shown = { caseId: "c1", caseNumber: "BJO-2026-000001", at: "2026-11-24T08:00:00.000Z" };
    const row = { ...shown, pk: "p", sk: "s", eventId: "CaseClosed-c1-3", figures: { closed: 1 } };
    const LastEvaluatedKey = { pk: "p", sk: `2026-11-24T08:00:00.000Z#${"a".repeat(32)}` };
    client.on(QueryCommand).resolves({ Items: [row], LastEvaluatedKey });
    const { body } = await ask(path, { figure: "closed", cursor: LastEvaluatedKey.sk });
    const none = { bookings: [], withheld: 0 };
    expect(body).toEqual({ cases: [shown], ...none, cursor: LastEvaluatedKey.sk, hidden: false });
  });

  test("may be bookings; of those whose service is secret, or unknown, only how many there are", async () => {
    const fact = (bookingId: string, service: string) => ({
      ...{
        pk: "p",
        sk: bookingId,
        eventId: `BookingMissed-${bookingId}-3`,
        figures: { "bookings-missed": 1 },
      },
      ...{ bookingId, service, startsAt: "2026-11-24T09:00:00.000Z", at: "2026-11-24T09:00:00.000Z" },
    });
    const Items = [fact("a", "vagledning"), fact("b", "ekonomiskt-bistand"), fact("c", "finns-inte-mer")];
    client.on(QueryCommand).resolves({ Items });
    const { body } = await ask(path, { figure: "bookings-missed" });
    const { startsAt, at } = fact("a", "");
    expect(body).toEqual({
      ...{ cases: [], bookings: [{ bookingId: "a", startsAt, at }] },
      ...{ withheld: 2, cursor: null, hidden: false },
    });
  });

  test("of a secret unit are hidden, and not even read", async () => {
    expect(await ask(path, { figure: "assignments-sent/ifo-mottagning" })).toEqual({
      status: 200,
      body: { cases: [], bookings: [], withheld: 0, cursor: null, hidden: true },
    });
    expect(client.commandCalls(QueryCommand)).toEqual([]);
  });

  test.each([
    ["a figure that is no name", { figure: "closed/../x" }],
    ["a cursor of somewhere else", { figure: "closed", cursor: "bjorkeby#TOTAL" }],
    ["no figure", {}],
  ])("are not looked for with %s", async (_what, query) => {
    expect((await ask(path, query)).status).toBe(400);
  });
});

test("others find nothing here", async () => {
  expect((await ask("/stats/days", day, "handlaggare")).status).toBe(404);
  expect((await ask("/stats/days/2026-11-24/cases", { figure: "closed" }, "handlaggare")).status).toBe(404);
});
