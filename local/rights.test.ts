import { describe, expect, test } from "vitest";
import { type AwsRequest, needsOf, operationOf } from "./aws-call.ts";
import { rights } from "./rights.ts";

const place = { region: "eu-north-1", account: "000000000000" };
const table = (name: string) => `arn:aws:dynamodb:eu-north-1:000000000000:table/${name}`;
const asked = (changes: Partial<AwsRequest> & Pick<AwsRequest, "service">): AwsRequest => ({
  method: "POST",
  url: "/",
  headers: {},
  body: "",
  ...changes,
});
const dynamodb = (operation: string, body: object) =>
  asked({
    service: "dynamodb",
    headers: { "x-amz-target": `DynamoDB_20120810.${operation}` },
    body: JSON.stringify(body),
  });

describe("what a call needs", () => {
  test.each([
    ["a row", dynamodb("PutItem", { TableName: "t" }), [["dynamodb:PutItem", table("t")]]],
    [
      "an index",
      dynamodb("Query", { TableName: "t", IndexName: "worklist" }),
      [["dynamodb:Query", `${table("t")}/index/worklist`]],
    ],
    [
      "several rows",
      dynamodb("BatchGetItem", { RequestItems: { t: {} } }),
      [["dynamodb:BatchGetItem", table("t")]],
    ],
    [
      "each item of a transaction",
      dynamodb("TransactWriteItems", {
        TransactItems: [
          { Put: { TableName: "t" } },
          { Update: { TableName: "u" } },
          { ConditionCheck: { TableName: "t" } },
        ],
      }),
      [
        ["dynamodb:PutItem", table("t")],
        ["dynamodb:UpdateItem", table("u")],
        ["dynamodb:ConditionCheckItem", table("t")],
      ],
    ],
    [
      "an object by its key",
      asked({ service: "s3", method: "PUT", url: "/letters/email/a%20b?x-id=PutObject" }),
      [["s3:PutObject", "arn:aws:s3:::letters/email/a b"]],
    ],
    [
      "a listing",
      asked({ service: "s3", method: "GET", url: "/inbox?list-type=2&prefix=mail%2F" }),
      [["s3:ListBucket", "arn:aws:s3:::inbox"]],
    ],
    [
      "a topic",
      asked({ service: "sns", body: "Action=PublishBatch&TopicArn=arn%3Aaws%3Asns%3Ax" }),
      [["sns:Publish", "arn:aws:sns:x"]],
    ],
    [
      "a queue",
      asked({
        service: "sqs",
        headers: { "x-amz-target": "AmazonSQS.SendMessageBatch" },
        body: JSON.stringify({ QueueUrl: "http://127.0.0.1:1/000000000000/mail-in" }),
      }),
      [["sqs:SendMessage", "arn:aws:sqs:eu-north-1:000000000000:mail-in"]],
    ],
    [
      "a sender's domain and its configuration set",
      asked({
        service: "ses",
        body: "Action=SendRawEmail&Source=kommunen%40example.se&ConfigurationSetName=out",
      }),
      [
        ["ses:SendRawEmail", "arn:aws:ses:eu-north-1:000000000000:identity/example.se"],
        ["ses:SendRawEmail", "arn:aws:ses:eu-north-1:000000000000:configuration-set/out"],
      ],
    ],
    [
      "a key",
      asked({
        service: "kms",
        headers: { "x-amz-target": "TrentService.GenerateMac" },
        body: '{"KeyId":"arn:k"}',
      }),
      [["kms:GenerateMac", "arn:k"]],
    ],
  ])("is %s", (_what, request, needs) => {
    expect(needsOf(request, place).map(({ action, resource }) => [action, resource])).toEqual(needs);
  });

  test("of an object is called by its method", () => {
    expect(operationOf(asked({ service: "s3", method: "GET", url: "/b/k" }))).toBe("GET object");
    expect(operationOf(asked({ service: "s3", method: "GET", url: "/b?list-type=2" }))).toBe("GET bucket");
  });
});

describe("a role", () => {
  const allow = (Action: string | string[], Resource: string | string[]) => ({
    Effect: "Allow" as const,
    Action,
    Resource,
  });
  const put = { action: "dynamodb:PutItem", resource: table("t") };

  test.each([
    ["the action on the resource", [allow("dynamodb:PutItem", table("t"))], true],
    ["one of several", [allow(["dynamodb:GetItem", "dynamodb:PutItem"], ["x", table("t")])], true],
    ["another action", [allow("dynamodb:GetItem", table("t"))], false],
    ["another table", [allow("dynamodb:PutItem", table("u"))], false],
    ["the table's index only", [allow("dynamodb:PutItem", `${table("t")}/index/*`)], false],
    ["a prefix", [allow("dynamodb:Put*", "arn:aws:dynamodb:*:table/t")], true],
    ["nothing", [], false],
    [
      "it, and denies it",
      [allow("*", "*"), { Effect: "Deny" as const, Action: "dynamodb:PutItem", Resource: "*" }],
      false,
    ],
  ])("that allows %s: %s", (_what, statements, expected) => {
    expect(rights(new Map([["f", statements]])).allows("f", put)).toBe(expected);
  });

  test("allows nothing to a caller that has none", () => {
    expect(rights(new Map()).allows("f", put)).toBe(false);
  });

  test("tells which of its grants nobody has used, without those that AWS uses itself", () => {
    const asleep = rights(
      new Map([
        [
          "f",
          [allow(["dynamodb:PutItem", "dynamodb:GetItem"], table("t")), allow("sqs:ReceiveMessage", "q")],
        ],
      ]),
    );
    asleep.allows("f", put);
    expect(asleep.unused()).toEqual([`f: dynamodb:GetItem ${table("t")}`]);
  });
});
