import { CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import { AttributeType, ProjectionType } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import type { Municipality } from "#config/schema.ts";
import type { ReceiveMailEnv, RelayEnv, SweepEnv } from "#services/email/env.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import { ServiceTable } from "../constructs/service-table.ts";
import { everyMinutes, relayStream } from "../constructs/triggers.ts";
import { WorkQueue } from "../constructs/work-queue.ts";
import { CLAIMS, Outgoing } from "./email/outgoing.ts";
import type { Foundation } from "./foundation.ts";

const NOT_A_CASE =
  "Citizens' mail has arrived but does not become a case: nobody sees it, and no promise runs.";

/** Mail in: raw mail kept, read and told about. Mail out: claimed, sent once, settled. */
export class Email extends Stack {
  constructor(
    scope: Construct,
    id: string,
    {
      foundation,
      municipality,
      ...props
    }: StackProps & { foundation: Foundation; municipality: Municipality },
  ) {
    super(scope, id, props);
    const table = mailTable(this, foundation);
    const mailIn = receiveMail(this, foundation, table);
    sweep(this, foundation, mailIn);
    relay(this, foundation, table);
    new Outgoing(this, "Outgoing", { foundation, municipality, table });
    new CfnOutput(this, "EmailTable", { value: table.tableName });
    new CfnOutput(this, "MailInQueueUrl", { value: mailIn.queue.queueUrl });
  }
}

function mailTable(stack: Stack, { house }: Foundation): ServiceTable {
  return new ServiceTable(stack, "Mail", {
    house,
    stream: true,
    indexes: [
      {
        // Sparse: a row is here only while nobody knows what became of its mail.
        indexName: CLAIMS,
        partitionKey: { name: "claims", type: AttributeType.STRING },
        sortKey: { name: "claimedAt", type: AttributeType.STRING },
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: ["outboxId"],
      },
    ],
  });
}

function receiveMail(
  stack: Stack,
  { house, buckets, mailNotices }: Foundation,
  table: ServiceTable,
): WorkQueue {
  // The parser's limits: a mail that is not read within these is parked as unreadable.
  const timeout = Duration.seconds(60);
  const mailIn = new WorkQueue(stack, "MailIn", { house, handlingTime: timeout, userImpact: NOT_A_CASE });
  const receiver = new ServiceFunction<ReceiveMailEnv>(stack, "ReceiveMail", {
    house,
    name: "email/receive-mail",
    timeout,
    memory: 1769,
    environment: {
      EMAIL_TABLE: table.tableName,
      INBOX_BUCKET: buckets.inbox.bucketName,
      ARCHIVE_BUCKET: buckets.archive.bucketName,
      LETTERS_BUCKET: buckets.letters.bucketName,
      FILES_BUCKET: buckets.files.bucketName,
    },
    userImpact: NOT_A_CASE,
  });
  receiver.bindTable(table, ["GetItem", "PutItem", "UpdateItem"]);
  receiver.bindBucket(buckets.inbox, { read: ["mail/"], remove: ["mail/"], list: true });
  receiver.bindBucket(buckets.archive, { write: ["mail/"] });
  receiver.bindBucket(buckets.letters, { write: ["email/"] });
  receiver.bindBucket(buckets.files, { write: ["email/"] });
  mailIn.subscribe(mailNotices);
  // One mail at a time: a mail that stops the parser stops no other.
  mailIn.consume(receiver, { batchSize: 1, maxConcurrency: 10 });
  return mailIn;
}

function sweep(stack: Stack, { house, buckets }: Foundation, mailIn: WorkQueue): void {
  const sweeper = new ServiceFunction<SweepEnv>(stack, "Sweep", {
    house,
    name: "email/sweep",
    timeout: Duration.seconds(60),
    memory: 256,
    environment: { INBOX_BUCKET: buckets.inbox.bucketName, MAIL_IN_QUEUE_URL: mailIn.queue.queueUrl },
    userImpact: "Mail whose notice was lost is not found again: those citizens get no answer.",
  });
  sweeper.bindBucket(buckets.inbox, { list: true });
  mailIn.letSend(sweeper);
  everyMinutes(sweeper, {
    house,
    minutes: 5,
    userImpact: "Nothing looks for mail whose notice was lost: such a citizen would get no answer.",
  });
}

function relay(stack: Stack, { house, buckets, events }: Foundation, table: ServiceTable): void {
  const sender = new ServiceFunction<RelayEnv>(stack, "Relay", {
    house,
    name: "email/relay",
    timeout: Duration.seconds(30),
    memory: 256,
    environment: { EVENTS_TOPIC_ARN: events.topicArn },
    userImpact: NOT_A_CASE,
  });
  sender.bindTopic(events, house.key);
  relayStream(sender, { house, table, undelivered: buckets.undelivered, userImpact: NOT_A_CASE });
}
