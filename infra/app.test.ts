import { Stack } from "aws-cdk-lib";
import { CfnBucket } from "aws-cdk-lib/aws-s3";
import type { CloudAssembly } from "aws-cdk-lib/cx-api";
import { afterEach, describe, expect, test, vi } from "vitest";
import * as booking from "#services/booking/env.ts";
import * as cases from "#services/cases/env.ts";
import { meetingEventSchema } from "#services/cases/meetings/record-meeting.ts";
import * as email from "#services/email/env.ts";
import * as stats from "#services/stats/env.ts";
import { countedEventSchema } from "#services/stats/figures.ts";
import { functions } from "./functions.ts";
import { demo, demoApp, synthesized } from "./synthesized.ts";
import { at, list, named, type Resource, resourcesOf } from "./template.ts";

const templates = synthesized();
const resources = resourcesOf(templates);
const ofType = (type: string) => resources.filter(({ Type }) => Type === type);

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("synthesis", () => {
  test("is refused where a check finds what nobody has answered for", () => {
    const app = demoApp();
    const [stack] = app.node.children.filter((child) => child instanceof Stack);
    new CfnBucket(stack ?? app, "Open");
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(() => app.synth()).toThrow(/validation/i);
  });

  test("is refused for a unit whose queue nobody reads", () => {
    const municipality = structuredClone(demo);
    Reflect.deleteProperty(municipality.units[3] ?? {}, "reader");
    expect(() => demoApp(municipality)).toThrow("unit hr: nobody reads its queue");
  });

  test("lets services stand on the foundation and on nothing else", () => {
    const leanings = demoApp()
      .synth()
      .stacks.map((stack) => [
        stack.stackName,
        stack.dependencies.map(({ id }) => id).filter((id) => !id.endsWith(".assets")),
      ]);
    const foundation = ["servicecenter-demo-foundation"];
    expect(Object.fromEntries(leanings)).toEqual({
      "servicecenter-demo-foundation": [],
      "servicecenter-demo-email": foundation,
      "servicecenter-demo-cases": foundation,
      "servicecenter-demo-booking": foundation,
      "servicecenter-demo-stats": foundation,
      "servicecenter-demo-web": foundation,
    });
  });

  test("has one table whose rows are removed by themselves: who borrowed something, a while after it came back", () => {
    const disposing = ofType("AWS::DynamoDB::GlobalTable").flatMap(({ id, Properties }) => {
      const expiry = Properties["TimeToLiveSpecification"];
      return expiry === undefined ? [] : [[id.replace(/[0-9A-F]{8}$/, ""), expiry]];
    });
    expect(disposing).toEqual([["BookingTable", { AttributeName: "ttl", Enabled: true }]]);
  });

  test("uses only the intrinsic functions that one machine can play", () => {
    const used = new Set(JSON.stringify(templates).match(/"(Fn::\w+|Ref)":/g));
    expect([...used].sort()).toEqual([
      '"Fn::GetAtt":',
      '"Fn::ImportValue":',
      '"Fn::Join":',
      '"Fn::Sub":',
      '"Ref":',
    ]);
    const sections = Object.values(templates).flatMap((template) => Object.keys(Object(template)));
    expect([...new Set(sections)].sort()).toEqual(["Outputs", "Resources"]);
  });
});

describe("functions", () => {
  const schemas: Record<keyof typeof functions, () => object> = {
    "email/receive-mail": email.receiveMailEnv,
    "email/sweep": email.sweepEnv,
    "email/relay": email.relayEnv,
    "email/send-mail": email.sendMailEnv,
    "email/notify-unit": email.notifyUnitEnv,
    "email/reconcile": email.reconcileEnv,
    "email/sweep-outbox": email.sweepOutboxEnv,
    "cases/register-mail": cases.registerMailEnv,
    "cases/record-mail-status": cases.recordMailStatusEnv,
    "cases/record-meeting": cases.recordMeetingEnv,
    "cases/apply-reply": cases.applyReplyEnv,
    "cases/citizen-page": cases.citizenPageEnv,
    "cases/quarantine-alarm": cases.quarantineAlarmEnv,
    "cases/relay": cases.relayEnv,
    "cases/api": cases.apiEnv,
    "booking/api": booking.apiEnv,
    "booking/day-round": booking.dayRoundEnv,
    "booking/poll-calendars": booking.pollCalendarsEnv,
    "booking/pages": booking.pagesEnv,
    "booking/relay": booking.relayEnv,
    "stats/project": stats.projectEnv,
    "stats/api": stats.apiEnv,
  };

  test.each(Object.entries(schemas))("%s gets exactly the environment that it reads", (name, read) => {
    const { FUNCTION_NAME, LOG_LEVEL, ...own } = environmentOf(name);
    expect([FUNCTION_NAME, LOG_LEVEL]).toEqual([name, "INFO"]);
    for (const missing of Object.keys(own)) {
      for (const key of Object.keys(own)) vi.stubEnv(key, key === missing ? undefined : "given");
      expect(read).toThrow(missing);
    }
    for (const key of Object.keys(own)) vi.stubEnv(key, "given");
    expect(new Set(Object.keys(read()))).toEqual(new Set(Object.keys(own)));
  });

  test("run on Node 24, arm64, with JSON logs that are not kept for ever", () => {
    const ours = ofType("AWS::Lambda::Function").filter(
      ({ Properties }) => Properties["Runtime"] === "nodejs24.x",
    );
    expect(ours).toHaveLength(Object.keys(functions).length);
    for (const { Properties, stack } of ours) {
      expect(Properties).toMatchObject({ Architectures: ["arm64"], LoggingConfig: { LogFormat: "JSON" } });
      const logs = resources.find(
        (r) => r.stack === stack && r.id === named(at(Properties, "LoggingConfig", "LogGroup")),
      );
      expect(logs?.Properties["RetentionInDays"]).toBe(180);
    }
  });

  test("are reached through the API by an access token for us alone, but for the citizens' pages", () => {
    const routes = ofType("AWS::ApiGatewayV2::Route").map(({ Properties }) => [
      Properties["RouteKey"],
      Properties["AuthorizationType"],
      Properties["AuthorizationScopes"],
    ]);
    const ours = ["JWT", ["servicecenter/api"]];
    expect(routes).toEqual([
      ["ANY /booking/{proxy+}", "JWT", ["servicecenter/api"]],
      ["GET /b", "NONE", undefined],
      ["GET /b/{proxy+}", "NONE", undefined],
      ["POST /b", "NONE", undefined],
      ["POST /b/{proxy+}", "NONE", undefined],
      ["ANY /cases/{proxy+}", ...ours],
      ["GET /m/{proxy+}", "NONE", undefined],
      ["POST /m/{proxy+}", "NONE", undefined],
      ["ANY /stats/{proxy+}", ...ours],
    ]);
  });
});

describe("queues", () => {
  test("of a unit get its own assignments only", () => {
    const filters = ofType("AWS::SNS::Subscription").map(({ Properties }) => Properties["FilterPolicy"]);
    const tasks = ["AssignmentSent", "CaseTransferred", "MessagePassedOn"];
    for (const { id } of demo.units) expect(filters).toContainEqual({ type: tasks, unit: [id] });
    // Beside them: register-mail, record-mail-status, record-meeting, send-mail's two, the figures, and two topics of SES that are taken whole.
    expect(filters).toContainEqual({ type: ["MailReceived"] });
    expect(filters).toContainEqual({ type: ["CaseOpened"] });
    expect(filters).toContainEqual({
      type: [
        "AnswerGiven",
        "UrgencyRaised",
        "MessagePassedOn",
        "BookingMade",
        "BookingRequested",
        "BookingApproved",
        "BookingDeclined",
        "BookingMoved",
        "BookingCancelled",
        "BookingReminderDue",
        "LoanOverdue",
        "WaitingStarted",
        "WaitingTimeFree",
      ],
    });
    const told = meetingEventSchema.def.options.map(({ def }) => def.shape.type.def.values[0]);
    expect(filters).toContainEqual({ type: told });
    expect(filters).toHaveLength(demo.units.length + 8);
  });

  test("of the figures get what adds to a figure, and nothing else", () => {
    const filters = ofType("AWS::SNS::Subscription")
      .filter(({ stack }) => stack.endsWith("-stats"))
      .map(({ Properties }) => Properties["FilterPolicy"]);
    const counted = countedEventSchema.def.options.map(({ def }) => def.shape.type.def.values[0]);
    expect(filters).toEqual([{ type: counted }]);
  });

  test("keep the ids that other systems know them by", () => {
    const avfall = ofType("AWS::SQS::Queue").filter(({ id }) => id.startsWith("UnitAvfall"));
    expect(avfall.map(({ id }) => id)).toEqual([
      "UnitAvfallDeadLetters983A4B8D",
      "UnitAvfallQueue49E6E58E",
      "UnitAvfallReplyDeadLettersCC776AF8",
      "UnitAvfallReplyQueue559CAEF4",
    ]);
  });

  test("hold acknowledgements as long as the config says, and nothing else", () => {
    const municipality = structuredClone(demo);
    municipality.mail.acknowledgement.holdMinutes = 12;
    const held = (assembly: CloudAssembly) =>
      assembly.stacks.flatMap(({ template }) =>
        Object.entries<Resource>(template.Resources)
          .filter(([, { Properties }]) => Properties?.["DelaySeconds"] !== undefined)
          .map(([id, { Properties }]) => [id.replace(/[0-9A-F]{8}$/, ""), Properties["DelaySeconds"]]),
      );
    expect(held(demoApp(municipality).synth())).toEqual([["OutgoingToAcknowledgeQueue", 720]]);
    expect(held(demoApp().synth())).toEqual([]);
  });

  test("of units are called after them: an answer is known by its queue", () => {
    const names = ofType("AWS::SQS::Queue").flatMap(({ Properties }) => Properties["QueueName"] ?? []);
    expect(names).toEqual(
      demo.units.flatMap(({ id }) => [
        `servicecenter-demo-unit-${id}`,
        `servicecenter-demo-unit-${id}-reply`,
      ]),
    );
  });

  test("of units are each read by somebody: its own system or our notice, and our function for what it answers", () => {
    const readers = ofType("AWS::Lambda::EventSourceMapping").map(({ Properties }) =>
      JSON.stringify(Properties["EventSourceArn"]),
    );
    const read = (name: string) => readers.filter((arn) => arn.includes(name)).length;
    for (const { id, reader } of demo.units) {
      const name = id.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
      expect(read(`Unit${name}Queue`)).toBe(reader.kind === "console" ? 1 : 0);
      expect(read(`Unit${name}ReplyQueue`)).toBe(1);
    }
  });

  test("let no other account in, save a unit's own system at its own two queues", () => {
    const strangers = ofType("AWS::SQS::QueuePolicy").flatMap((policy) =>
      list(at(policy.Properties, "PolicyDocument", "Statement"))
        .filter((statement) => at(statement, "Effect") === "Allow" && at(statement, "Principal", "AWS"))
        .map((statement) => [
          policy.id.replace(/[0-9A-F]{8}$/, ""),
          at(statement, "Action"),
          at(statement, "Principal"),
        ]),
    );
    const principal = { AWS: "arn:aws:iam::111122223333:role/avfall-orders" };
    expect(strangers).toEqual([
      [
        "UnitAvfallQueuePolicy",
        [
          "sqs:ChangeMessageVisibility",
          "sqs:DeleteMessage",
          "sqs:GetQueueAttributes",
          "sqs:GetQueueUrl",
          "sqs:ReceiveMessage",
        ],
        principal,
      ],
      [
        "UnitAvfallReplyQueuePolicy",
        ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"],
        principal,
      ],
    ]);
  });
});

test("no page but the console may put anything into a bucket, and that only into the one for files", () => {
  const rules = resources
    .filter(({ Type }) => Type === "AWS::S3::Bucket")
    .map(({ id, Properties }) => [id, at(Properties, "CorsConfiguration", "CorsRules")] as const)
    .filter(([, rule]) => rule !== undefined);
  expect(rules).toEqual([
    [
      expect.stringMatching(/^BucketsFiles/),
      [
        {
          AllowedMethods: ["PUT"],
          AllowedOrigins: [new URL(demo.console.url).origin],
          AllowedHeaders: ["content-disposition", "content-type", "x-amz-checksum-sha256"],
          MaxAge: 3_600,
        },
      ],
    ],
  ]);
});

test("every alarm says what people notice, and to somebody", () => {
  for (const { Properties } of ofType("AWS::CloudWatch::Alarm")) {
    expect(String(Properties["AlarmDescription"])).toMatch(/^[A-ZÅÄÖ].{40,}\.$/);
    expect(list(Properties["AlarmActions"])).toHaveLength(1);
  }
});

test("the console is told where to sign in", () => {
  const [upload] = ofType("Custom::CDKBucketDeployment");
  const markers = Object.values(Object(at(upload?.Properties, "SourceMarkers", 0)));
  expect(JSON.stringify(markers)).toMatch(/DoorwayStaff.*ProviderURL.*DoorwayStaffConsole/);
});

function environmentOf(name: string): Record<string, unknown> {
  const isIt = ({ Properties }: Resource) =>
    at(Properties, "Environment", "Variables", "FUNCTION_NAME") === name;
  return Object(at(resources.find(isIt)?.Properties, "Environment", "Variables"));
}
