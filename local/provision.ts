import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import {
  CreateTopicCommand,
  ListSubscriptionsCommand,
  type SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, SetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Properties } from "./resources.ts";
import { type Assembly, nameOfArn, physicalNameOf, type Resource } from "./template.ts";

type Clients = { dynamodb: DynamoDBClient; s3: S3Client; sns: SNSClient; sqs: SQSClient };

/** Makes in the emulators what the templates ask for. What is there from an earlier start is kept and brought up to date. */
export async function provision(assembly: Assembly, clients: Clients): Promise<void> {
  for (const table of assembly.all("AWS::DynamoDB::GlobalTable")) await makeTable(clients.dynamodb, table);
  for (const bucket of assembly.all("AWS::S3::Bucket")) await makeBucket(clients.s3, physicalNameOf(bucket));
  const queues = assembly.all("AWS::SQS::Queue");
  // All of them first: one may be the DLQ of another.
  for (const queue of queues)
    await clients.sqs.send(new CreateQueueCommand({ QueueName: physicalNameOf(queue) }));
  for (const queue of queues) await setQueue(clients.sqs, queue);
  for (const topic of assembly.all("AWS::SNS::Topic")) {
    await clients.sns.send(new CreateTopicCommand({ Name: physicalNameOf(topic) }));
  }
  await subscribe(clients.sns, assembly.all("AWS::SNS::Subscription"));
}

async function makeTable(
  dynamodb: DynamoDBClient,
  { id, properties, ...resource }: Resource<"AWS::DynamoDB::GlobalTable">,
) {
  const TableName = physicalNameOf({ id, ...resource });
  const existing = await describe(dynamodb, TableName);
  if (existing !== undefined) {
    const changed = indexNames(existing) !== indexNames(properties);
    if (changed)
      throw new Error(
        `${id}: its indexes have changed since the tables were made: remove .local/ and start again`,
      );
    return;
  }
  await dynamodb.send(new CreateTableCommand(createTableInput(TableName, properties)));
}

/** A global table of one region is an ordinary table. */
export function createTableInput(
  TableName: string,
  properties: Properties<"AWS::DynamoDB::GlobalTable">,
): CreateTableCommandInput {
  const { AttributeDefinitions, KeySchema, BillingMode, GlobalSecondaryIndexes, StreamSpecification } =
    properties;
  return {
    TableName,
    AttributeDefinitions,
    KeySchema,
    BillingMode,
    GlobalSecondaryIndexes: GlobalSecondaryIndexes?.map((index) => ({
      ...index,
      Projection: { ...index.Projection },
    })),
    ...(StreamSpecification === undefined
      ? {}
      : { StreamSpecification: { StreamEnabled: true, ...StreamSpecification } }),
  };
}

async function describe(dynamodb: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await dynamodb.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function indexNames(table: {
  GlobalSecondaryIndexes?: readonly { IndexName?: string | undefined }[] | undefined;
}): string {
  const names = (table.GlobalSecondaryIndexes ?? []).map((index) => index.IndexName ?? "");
  return names.sort().join(" ");
}

async function makeBucket(s3: S3Client, name: string): Promise<void> {
  try {
    await s3.send(new CreateBucketCommand({ Bucket: name }));
  } catch (error) {
    const there = error instanceof Error && /BucketAlready(Exists|OwnedByYou)/.test(error.name);
    if (!there) throw error;
  }
}

async function setQueue(sqs: SQSClient, queue: Resource<"AWS::SQS::Queue">): Promise<void> {
  const { VisibilityTimeout, MessageRetentionPeriod, DelaySeconds, RedrivePolicy } = queue.properties;
  const attributes: [string, string][] = [
    ["VisibilityTimeout", String(VisibilityTimeout ?? 30)],
    ["MessageRetentionPeriod", String(MessageRetentionPeriod ?? 345_600)],
    ["DelaySeconds", String(DelaySeconds ?? 0)],
    ...(RedrivePolicy === undefined
      ? []
      : [["RedrivePolicy", JSON.stringify(RedrivePolicy)] as [string, string]]),
  ];
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: physicalNameOf(queue) }));
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: Object.fromEntries(attributes) }));
}

async function subscribe(
  sns: SNSClient,
  subscriptions: readonly Resource<"AWS::SNS::Subscription">[],
): Promise<void> {
  const existing = await existingSubscriptions(sns);
  for (const { properties } of subscriptions) {
    if (existing.has(`${properties.TopicArn} ${properties.Endpoint}`)) continue;
    await sns.send(
      new SubscribeCommand({
        TopicArn: properties.TopicArn,
        Protocol: "sqs",
        Endpoint: properties.Endpoint,
        Attributes: subscriptionAttributes(properties),
      }),
    );
  }
}

async function existingSubscriptions(sns: SNSClient): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  let NextToken: string | undefined;
  do {
    const page = await sns.send(new ListSubscriptionsCommand({ NextToken }));
    for (const { TopicArn, Endpoint } of page.Subscriptions ?? []) found.add(`${TopicArn} ${Endpoint}`);
    NextToken = page.NextToken;
  } while (NextToken !== undefined && NextToken !== "");
  return found;
}

function subscriptionAttributes(properties: Properties<"AWS::SNS::Subscription">): Record<string, string> {
  return {
    RawMessageDelivery: String(properties.RawMessageDelivery ?? false),
    ...(properties.FilterPolicy === undefined
      ? {}
      : { FilterPolicy: JSON.stringify(properties.FilterPolicy) }),
  };
}

/** The ARN of a table's stream in the emulator, which the template cannot know. */
export async function streamArnOf(dynamodb: DynamoDBClient, templateArn: string): Promise<string> {
  const name = nameOfArn(templateArn);
  const arn = (await describe(dynamodb, name))?.LatestStreamArn;
  if (arn === undefined) throw new Error(`table ${name} has no stream`);
  return arn;
}
