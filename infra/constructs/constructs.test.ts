import { join } from "node:path";
import { App, Duration, Stack } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { Key } from "aws-cdk-lib/aws-kms";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { Topic } from "aws-cdk-lib/aws-sns";
import { describe, expect, test } from "vitest";
import { stubDist } from "../synthesized.ts";
import { alarm } from "./alarm.ts";
import { ServiceFunction } from "./service-function.ts";
import { ServiceTable } from "./service-table.ts";
import { everyMinutes, relayStream } from "./triggers.ts";
import { WorkQueue } from "./work-queue.ts";

const bundles = join(stubDist(), "functions");
const userImpact = "Citizens wait and nobody knows.";

function house(stack: Stack) {
  return { bundles, key: new Key(stack, "Key"), alarms: new Topic(stack, "Alarms") };
}

/** A stack with one function and what it may be bound to. */
function given() {
  const stack = new Stack(new App(), "Test");
  const ours = house(stack);
  const fn = new ServiceFunction<{ TABLE: string }>(stack, "Fn", {
    house: ours,
    name: "email/relay",
    environment: { TABLE: "t" },
    timeout: Duration.seconds(20),
    memory: 256,
    userImpact,
  });
  const table = new ServiceTable(stack, "Rows", { house: ours, stream: true });
  return { stack, house: ours, fn, table };
}

const allowing = (Action: unknown) => ({
  PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action })]) },
});

describe("a service function", () => {
  test("reads a table without being able to change it, and no index", () => {
    const { stack, fn, table } = given();
    fn.bindTable(table, "read");
    const template = Template.fromStack(stack);
    template.hasResourceProperties(
      "AWS::IAM::Policy",
      allowing(["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"]),
    );
    expect(JSON.stringify(template.toJSON())).not.toMatch(/dynamodb:(Put|Update|Delete)|\/index\//);
  });

  test("writes a table without being able to delete rows or scan", () => {
    const { stack, fn, table } = given();
    fn.bindTable(table, "write");
    const template = JSON.stringify(Template.fromStack(stack).toJSON());
    expect(template).toContain("dynamodb:ConditionCheckItem");
    expect(template).not.toMatch(/dynamodb:(DeleteItem|Scan)/);
  });

  test("sees the objects below its prefixes only", () => {
    const { stack, fn } = given();
    const bucket = new Bucket(stack, "Objects");
    fn.bindBucket(bucket, { read: ["mail/"] });
    const template = Template.fromStack(stack);
    const arn = stack.resolve(bucket.arnForObjects("mail/*"));
    template.hasResourceProperties("AWS::IAM::Policy", {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: "s3:GetObject", Resource: arn })]),
      },
    });
    expect(JSON.stringify(template.toJSON())).not.toMatch(/s3:(Put|Delete|List)/);
  });

  test("tells what people notice when it fails", () => {
    const { stack } = given();
    Template.fromStack(stack).hasResourceProperties("AWS::CloudWatch::Alarm", {
      MetricName: "Errors",
      AlarmDescription: userImpact,
      TreatMissingData: "notBreaching",
    });
    expect(stack.node.tryFindChild("Fn")).toBeInstanceOf(ServiceFunction);
  });

  test.each([
    ["how often", undefined, "1"],
    ["the numbers of a field", "waitedMinutes", "$.waitedMinutes"],
  ])("makes a metric of what it logs under a code: %s", (_what, field, MetricValue) => {
    const { stack, fn } = given();
    const metric = fn.logged("TOO_MANY", field);
    expect([metric.namespace, metric.metricName]).toEqual(["Test", "TOO_MANY"]);
    Template.fromStack(stack).hasResourceProperties("AWS::Logs::MetricFilter", {
      FilterPattern: '{ $.message = "TOO_MANY" }',
      MetricTransformations: [{ MetricNamespace: "Test", MetricName: "TOO_MANY", MetricValue }],
    });
  });
});

describe("a service table", () => {
  test("says at once that it has no stream", () => {
    const stack = new Stack(new App(), "Test");
    const table = new ServiceTable(stack, "Rows", { house: house(stack) });
    expect(() => table.streamArn).toThrow("Test/Rows has no stream");
  });
});

describe("a work queue", () => {
  test("hides a message six times as long as handling it may take", () => {
    const { stack, house: ours, fn } = given();
    const work = new WorkQueue(stack, "Work", {
      house: ours,
      handlingTime: Duration.seconds(20),
      userImpact,
    });
    work.consume(fn, { batchSize: 10, maxConcurrency: 5 });
    const template = Template.fromStack(stack);
    expect(
      Object.values(template.findResources("AWS::SQS::Queue")).map(({ Properties }) => ({
        hidden: Properties["VisibilityTimeout"],
        kept: Properties["MessageRetentionPeriod"],
      })),
    ).toEqual([
      { hidden: undefined, kept: 14 * 86_400 },
      { hidden: 120, kept: 4 * 86_400 },
    ]);
    template.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 5 },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
  });

  test("rings for a message put aside, and for one that has waited a quarter of an hour", () => {
    const { stack, house: ours } = given();
    new WorkQueue(stack, "Work", { house: ours, handlingTime: Duration.seconds(20), userImpact });
    const alarms = Object.values(Template.fromStack(stack).findResources("AWS::CloudWatch::Alarm"));
    expect(
      alarms.map(({ Properties }) => `${Properties["MetricName"]} ${Properties["Threshold"]}`).slice(1),
    ).toEqual(["ApproximateNumberOfMessagesVisible 1", "ApproximateAgeOfOldestMessage 900"]);
  });

  test("that holds its messages rings that much later", () => {
    const { stack, house: ours } = given();
    const delay = Duration.minutes(10);
    new WorkQueue(stack, "Work", { house: ours, handlingTime: Duration.seconds(20), userImpact, delay });
    const template = Template.fromStack(stack);
    const held = Object.values(template.findResources("AWS::SQS::Queue")).map(
      ({ Properties }) => Properties["DelaySeconds"],
    );
    expect(held).toEqual([undefined, 600]);
    template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      MetricName: "ApproximateAgeOfOldestMessage",
      Threshold: 1500,
    });
  });
});

describe("what starts a function", () => {
  test("a stream sends event rows only, and keeps whole what could not be passed on", () => {
    const { stack, house: ours, fn, table } = given();
    const undelivered = new Bucket(stack, "Undelivered");
    relayStream(fn, { house: ours, table, undelivered, userImpact });
    const [mapping] = Object.values(
      Template.fromStack(stack).findResources("AWS::Lambda::EventSourceMapping"),
    );
    expect(mapping?.["Properties"]).toMatchObject({
      BatchSize: 100,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 8,
      StartingPosition: "TRIM_HORIZON",
      DestinationConfig: { OnFailure: { Destination: stack.resolve(undelivered.bucketArn) } },
      FilterCriteria: {
        Filters: [
          { Pattern: '{"eventName":["INSERT"],"dynamodb":{"NewImage":{"rowType":{"S":["event"]}}}}' },
        ],
      },
    });
  });

  test("a schedule tries again, and its silence rings", () => {
    const { stack, house: ours, fn } = given();
    everyMinutes(fn, { house: ours, minutes: 5, userImpact });
    const template = Template.fromStack(stack);
    const [rule] = Object.values(template.findResources("AWS::Events::Rule"));
    expect(rule?.["Properties"]).toMatchObject({
      ScheduleExpression: "rate(5 minutes)",
      Targets: [{ RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 300 } }],
    });
    template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      MetricName: "Invocations",
      ComparisonOperator: "LessThanThreshold",
      TreatMissingData: "breaching",
    });
  });
});

test("an alarm tells the topic for alarms", () => {
  const stack = new Stack(new App(), "Test");
  const ours = house(stack);
  alarm(stack, "Quiet", ours, {
    metric: ours.alarms.metricNumberOfMessagesPublished(),
    below: 1,
    userImpact,
  });
  const [made] = Object.values(Template.fromStack(stack).findResources("AWS::CloudWatch::Alarm"));
  expect(made?.["Properties"].AlarmActions).toEqual([stack.resolve(ours.alarms.topicArn)]);
});
