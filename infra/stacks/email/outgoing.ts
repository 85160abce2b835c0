import { Duration, Stack } from "aws-cdk-lib";
import {
  CfnConfigurationSetEventDestination,
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
} from "aws-cdk-lib/aws-ses";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { Municipality } from "#config/schema.ts";
import type { NotifyUnitEnv, ReconcileEnv, SendMailEnv, SweepOutboxEnv } from "#services/email/env.ts";
import { alarm, FIVE_MINUTES } from "../../constructs/alarm.ts";
import { ServiceFunction } from "../../constructs/service-function.ts";
import type { ServiceTable } from "../../constructs/service-table.ts";
import { everyMinutes } from "../../constructs/triggers.ts";
import { WorkQueue } from "../../constructs/work-queue.ts";
import { letPublish } from "../foundation/publishers.ts";
import type { Foundation } from "../foundation.ts";

const NO_MAIL_OUT =
  "Citizens get no acknowledgement and no answer by e-mail, and believe that nobody has read theirs.";
/** The index of mails that are not settled: claimed, or waiting for their turn. */
export const CLAIMS = "claims";

/** What a citizen is told of a booking, of what they have borrowed, or of a time that they wait for. */
const BOOKINGS = [
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
];

type Props = { foundation: Foundation; municipality: Municipality; table: ServiceTable };

/** Mail out: claimed, handed to SES once, and settled by what SES tells of it. */
export class Outgoing extends Construct {
  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    const configurationSet = new ConfigurationSet(this, "Set", {
      // To a citizen's provider that does not speak TLS the answer would else never come; secret classes ask for it.
      tlsPolicy: ConfigurationSetTlsPolicy.OPTIONAL,
      reputationMetrics: true,
      sendingEnabled: true,
    });
    const toSend = sender(this, props, configurationSet);
    notifier(this, props, configurationSet);
    reconciler(this, props, sesEvents(this, props, configurationSet));
    sweeper(this, props, toSend);
  }
}

/** Returns the queue of answers; what had to wait for SES is brought there too. */
function sender(
  scope: Construct,
  { foundation, municipality, table }: Props,
  set: ConfigurationSet,
): WorkQueue {
  const { house, buckets, events, linkKey } = foundation;
  const timeout = Duration.seconds(30);
  const { holdMinutes } = municipality.mail.acknowledgement;
  const handling = { house, handlingTime: timeout, userImpact: NO_MAIL_OUT };
  const toSend = new WorkQueue(scope, "ToSend", handling);
  const toAcknowledge = new WorkQueue(scope, "ToAcknowledge", {
    ...handling,
    delay: Duration.minutes(holdMinutes),
  });
  const fn = new ServiceFunction<SendMailEnv>(scope, "SendMail", {
    house,
    name: "email/send-mail",
    timeout,
    memory: 512,
    environment: {
      EMAIL_TABLE: table.tableName,
      LETTERS_BUCKET: buckets.letters.bucketName,
      FILES_BUCKET: buckets.files.bucketName,
      CONFIGURATION_SET: set.configurationSetName,
      LINK_KEY: linkKey.keyArn,
    },
    userImpact: NO_MAIL_OUT,
  });
  fn.bindTable(table, ["GetItem", "PutItem", "UpdateItem"], [CLAIMS]);
  fn.bindBucket(buckets.letters, { read: ["email/", "answer/", "to-", "booking/"] });
  fn.bindBucket(buckets.files, { read: ["out/"] });
  fn.bindMacKey(linkKey);
  letSendMail(fn, municipality, set);
  toSend.subscribe(events, { types: ["AnswerGiven", "UrgencyRaised", "MessagePassedOn", ...BOOKINGS] });
  toAcknowledge.subscribe(events, { types: ["CaseOpened"] });
  // SES's ordinary rate is 14 a second; what comes faster waits here.
  toSend.consume(fn, { batchSize: 5, maxConcurrency: 4 });
  toAcknowledge.consume(fn, { batchSize: 5, maxConcurrency: 4 });
  alarm(fn, "TooMany", house, {
    metric: fn.logged("TOO_MANY_ACKNOWLEDGEMENTS").with({ ...FIVE_MINUTES, statistic: "sum" }),
    atLeast: 1,
    userImpact:
      "More acknowledgements are asked for than may go out in an hour: citizens get none, or somebody makes us write to strangers.",
  });
  return toSend;
}

function letSendMail(fn: ServiceFunction<object>, { mail }: Municipality, set: ConfigurationSet): void {
  const stack = Stack.of(fn);
  const ses = (resource: string) => `arn:${stack.partition}:ses:${stack.region}:${stack.account}:${resource}`;
  fn.allow(
    ["ses:SendRawEmail"],
    [ses(`identity/${mail.domain}`), ses(`configuration-set/${set.configurationSetName}`)],
  );
}

/** Reads the queues of the units that have no system of their own. */
function notifier(scope: Construct, { foundation, municipality, table }: Props, set: ConfigurationSet): void {
  const { house, unitQueues } = foundation;
  const fn = new ServiceFunction<NotifyUnitEnv>(scope, "NotifyUnit", {
    house,
    name: "email/notify-unit",
    timeout: Duration.seconds(30),
    memory: 512,
    environment: { EMAIL_TABLE: table.tableName, CONFIGURATION_SET: set.configurationSetName },
    userImpact:
      "Units are not told that something waits for them in the console: citizens wait and nobody knows.",
  });
  fn.bindTable(table, ["GetItem", "PutItem", "UpdateItem"]);
  letSendMail(fn, municipality, set);
  for (const { unit, asked } of unitQueues) {
    if (unit.reader.kind === "console") asked.consume(fn, { batchSize: 5, maxConcurrency: 2 });
  }
}

/** What SES tells of every mail, on a topic of its own. */
function sesEvents(scope: Construct, { foundation }: Props, set: ConfigurationSet): Topic {
  const { house } = foundation;
  const topic = new Topic(scope, "SesEvents", { enforceSSL: true, masterKey: house.key });
  letPublish(topic, "ses.amazonaws.com");
  const destination = new CfnConfigurationSetEventDestination(scope, "Tell", {
    configurationSetName: set.configurationSetName,
    eventDestination: {
      enabled: true,
      matchingEventTypes: ["send", "reject", "delivery", "bounce", "complaint"],
      snsDestination: { topicArn: topic.topicArn },
    },
  });
  // SES tries the topic when the destination is made: its policy must be there.
  destination.node.addDependency(topic);
  return topic;
}

function reconciler(scope: Construct, { foundation, table }: Props, topic: Topic): void {
  const { house } = foundation;
  const timeout = Duration.seconds(15);
  const userImpact = "Agents do not see whether a mail reached its citizen, nor that one came back.";
  const told = new WorkQueue(scope, "Told", { house, handlingTime: timeout, userImpact });
  const fn = new ServiceFunction<ReconcileEnv>(scope, "Reconcile", {
    house,
    name: "email/reconcile",
    timeout,
    memory: 256,
    environment: { EMAIL_TABLE: table.tableName },
    userImpact,
  });
  fn.bindTable(table, ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"]);
  told.subscribe(topic);
  // SES tells of a mail twice within a second: together they are one change.
  told.consume(fn, { batchSize: 25, maxConcurrency: 2, gather: Duration.seconds(2) });
}

function sweeper(scope: Construct, { foundation, table }: Props, toSend: WorkQueue): void {
  const { house } = foundation;
  const userImpact =
    "Mail that SES was too busy for is not tried again, and one whose fate is unknown is not marked so: citizens wait and nobody knows.";
  const fn = new ServiceFunction<SweepOutboxEnv>(scope, "SweepOutbox", {
    house,
    name: "email/sweep-outbox",
    timeout: Duration.seconds(60),
    memory: 256,
    environment: { EMAIL_TABLE: table.tableName, TO_SEND_QUEUE_URL: toSend.queue.queueUrl },
    userImpact,
  });
  fn.bindTable(table, ["BatchGetItem", "GetItem", "PutItem", "UpdateItem"], [CLAIMS]);
  toSend.letSend(fn);
  everyMinutes(fn, { house, minutes: 1, userImpact });
  alarm(fn, "Queued", house, {
    metric: fn.logged("OUTBOX_SWEPT", "waitedMinutes").with({ ...FIVE_MINUTES, statistic: "max" }),
    atLeast: 15,
    userImpact: NO_MAIL_OUT,
  });
}
