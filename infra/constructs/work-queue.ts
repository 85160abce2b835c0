import { Duration } from "aws-cdk-lib";
import { ArnPrincipal, type IRole } from "aws-cdk-lib/aws-iam";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { type ITopic, SubscriptionFilter } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import { alarm, FIVE_MINUTES, type House } from "./alarm.ts";
import type { ServiceFunction } from "./service-function.ts";

type WorkQueueProps = {
  house: House;
  /** The timeout of the function that reads it, or how long another reader may take. Hidden six times as long. */
  handlingTime: Duration;
  /** What people notice when messages lie here or have been given up. */
  userImpact: string;
  /** Only where others must know it: a name of its own cannot be changed without losing what is in the queue. */
  queueName?: string;
  /** Tries before a message is put aside; 5 unless told. */
  tries?: number;
  /** How long a message waits before it is handed out; a quarter of an hour at most. */
  delay?: Duration;
};

type Consumption = {
  batchSize: number;
  maxConcurrency: number;
  /** How long Lambda may gather a batch, where nobody waits for a single message. */
  gather?: Duration;
};

/**
 * A queue and its dead-letter queue: encrypted, TLS only, kept 4 and 14 days. A message put aside keeps the time it was
 * first sent, so the dead-letter queue must keep it longer than the queue did. Alarms on both.
 */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const { house, handlingTime, userImpact, queueName, tries = 5, delay = Duration.seconds(0) } = props;
    if ((queueName ?? "").length > 80)
      throw new Error(`${queueName}: SQS allows 80 characters; choose shorter names`);
    const shared = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, "DeadLetters", { ...shared, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, "Queue", {
      ...shared,
      ...(queueName === undefined ? {} : { queueName }),
      retentionPeriod: Duration.days(4),
      ...(delay.toSeconds() === 0 ? {} : { deliveryDelay: delay }),
      visibilityTimeout: Duration.seconds(6 * handlingTime.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: tries },
    });
    acknowledge(this.deadLetters, "Serverless-SQSRedrivePolicy", "It is itself a dead-letter queue.");
    alarm(this, "PutAside", house, {
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({
        ...FIVE_MINUTES,
        statistic: "max",
      }),
      atLeast: 1,
      userImpact,
    });
    alarm(this, "Waiting", house, {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ ...FIVE_MINUTES, statistic: "max" }),
      atLeast: delay.plus(Duration.minutes(15)).toSeconds(),
      userImpact,
    });
  }

  /** Lets the function read the queue. One faulty message never fails the others of its batch. */
  consume(reader: ServiceFunction<object>, { batchSize, maxConcurrency, gather }: Consumption): void {
    acknowledge(reader.fn, "Serverless-LambdaDLQ", "It is called by a queue, which has its own.");
    const source = new SqsEventSource(this.queue, {
      batchSize,
      ...(gather === undefined ? {} : { maxBatchingWindow: gather }),
      maxConcurrency,
      reportBatchItemFailures: true,
    });
    reader.fn.addEventSource(source);
    acknowledge(
      reader.fn,
      "Serverless-LambdaEventSourceMappingDestination",
      "A queue's failures go to its dead-letter queue; only streams take a destination.",
    );
  }

  /** Takes what is published on the topic: the given event types, for the given unit only where one is named. */
  subscribe(topic: ITopic, { types, unit }: { types?: string[]; unit?: string } = {}): void {
    const only = (values: string[]) => SubscriptionFilter.stringFilter({ allowlist: values });
    topic.addSubscription(
      new SqsSubscription(this.queue, {
        rawMessageDelivery: true,
        // The body is the same as in the queue, so one redrive serves both ways of failing.
        deadLetterQueue: this.deadLetters,
        ...(types ? { filterPolicy: { type: only(types), ...(unit ? { unit: only([unit]) } : {}) } } : {}),
      }),
    );
  }

  /** Lets a principal, perhaps of another account, take messages off this queue. */
  letReceive(principalArn: string): void {
    this.queue.grantConsumeMessages(new ArnPrincipal(principalArn));
  }

  /** Lets a principal, perhaps of another account, put messages on this queue. */
  letSend(sender: { principalArn: string } | { role: IRole }): void {
    this.queue.grantSendMessages("role" in sender ? sender.role : new ArnPrincipal(sender.principalArn));
  }
}
