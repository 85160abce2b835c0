import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { acknowledge } from "./acknowledge.ts";
import { alarm, FIVE_MINUTES, type House } from "./alarm.ts";
import type { ServiceFunction } from "./service-function.ts";
import type { ServiceTable } from "./service-table.ts";

/** Where Lambda puts the records that a stream's reader gave up. The path is Lambda's own. */
const GIVEN_UP = "aws/lambda/";

type Relay = { house: House; table: ServiceTable; undelivered: Bucket; userImpact: string };

/**
 * Feeds a relay with the event rows of a table, and only with those. What fails is split and tried eight times; what
 * then remains is kept whole in the bucket, since the stream itself forgets after 24 hours.
 */
export function relayStream(
  relay: ServiceFunction<object>,
  { house, table, undelivered, userImpact }: Relay,
) {
  relay.allow(
    ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
    [table.streamArn],
  );
  relay.allow(["kms:Decrypt"], [table.key.keyArn]);
  relay.bindBucket(undelivered, { write: [GIVEN_UP], list: true });
  relay.fn.addEventSourceMapping("Stream", {
    eventSourceArn: table.streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    // What happens within a second is published together: one call of SNS for ten events.
    maxBatchingWindow: Duration.seconds(1),
    bisectBatchOnError: true,
    retryAttempts: 8,
    reportBatchItemFailures: true,
    filters: [
      FilterCriteria.filter({
        eventName: FilterRule.isEqual("INSERT"),
        dynamodb: { NewImage: { rowType: { S: FilterRule.isEqual("event") } } },
      }),
    ],
    onFailure: { bind: () => ({ destination: undelivered.bucketArn }) },
    supportS3OnFailureDestination: true,
  });
  alarm(relay, "Lagging", house, {
    metric: relay.fn.metric("IteratorAge", { ...FIVE_MINUTES, statistic: "max" }),
    atLeast: Duration.minutes(5).toMilliseconds(),
    userImpact,
  });
  acknowledge(
    relay.fn,
    "Serverless-LambdaDLQ",
    "It is called by its stream; what fails goes whole to the bucket.",
  );
}

type Ticks = { house: House; minutes: number; userImpact: string };

/** Calls the function at a steady pace. A call that cannot be made is tried twice more, then kept for a person. */
export function everyMinutes(sweeper: ServiceFunction<object>, { house, minutes, userImpact }: Ticks) {
  const missed = new Queue(sweeper, "Missed", {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  new Rule(sweeper, "Every", {
    schedule: Schedule.rate(Duration.minutes(minutes)),
    targets: [
      new LambdaFunction(sweeper.fn, {
        deadLetterQueue: missed,
        retryAttempts: 2,
        maxEventAge: Duration.minutes(minutes),
      }),
    ],
  });
  alarm(sweeper, "Silent", house, {
    metric: sweeper.fn.metricInvocations({ period: Duration.minutes(6 * minutes), statistic: "sum" }),
    below: 1,
    userImpact,
  });
  acknowledge(sweeper.fn, "Serverless-LambdaDLQ", "A call that failed is made good by the next one.");
  acknowledge(missed, "AwsSolutions-SQS3", "It is itself the dead-letter queue of the schedule.");
  acknowledge(missed, "Serverless-SQSRedrivePolicy", "It is itself the dead-letter queue of the schedule.");
}
