import { CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import { HttpMethod, HttpRoute, HttpRouteKey } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { AttributeType, ProjectionType } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import type { Municipality } from "#config/schema.ts";
import type { ApiEnv, RecordMailStatusEnv, RegisterMailEnv, RelayEnv } from "#services/cases/env.ts";
import { acknowledge } from "../constructs/acknowledge.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import { ServiceTable } from "../constructs/service-table.ts";
import { relayStream } from "../constructs/triggers.ts";
import { WorkQueue } from "../constructs/work-queue.ts";
import { unitQueues } from "./cases/unit-queues.ts";
import { API_SCOPE } from "./foundation/doorway.ts";
import type { Foundation } from "./foundation.ts";

const WORKLIST = "worklist";
/** What the e-mail service tells of the mails that it sends. */
const OUTGOING_MAIL = [
  "MailSent",
  "MailDelivered",
  "MailBounced",
  "MailComplained",
  "MailRefused",
  "MailUncertain",
  "AcknowledgementSkipped",
];

type Props = StackProps & { foundation: Foundation; municipality: Municipality };

/** Questions from the first second to the answer, and a queue each way for every receiving unit. */
export class Cases extends Stack {
  constructor(scope: Construct, id: string, { foundation, municipality, ...props }: Props) {
    super(scope, id, props);
    const table = casesTable(this, foundation);
    registerMail(this, foundation, table);
    recordMailStatus(this, foundation, table);
    relay(this, foundation, table);
    api(this, foundation, table);
    unitQueues(this, foundation, municipality.units);
    new CfnOutput(this, "CasesTable", { value: table.tableName });
  }
}

function casesTable(stack: Stack, { house }: Foundation): ServiceTable {
  return new ServiceTable(stack, "Cases", {
    house,
    stream: true,
    indexes: [
      {
        // Sparse: a row is here only while something is to be done, soonest promise first.
        indexName: WORKLIST,
        partitionKey: { name: "worklist", type: AttributeType.STRING },
        sortKey: { name: "due", type: AttributeType.STRING },
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: [
          "caseId",
          "caseNumber",
          "subject",
          "sender",
          "arrivedAt",
          "nextDate",
          "status",
          "channel",
          "unreadable",
          "messageCount",
          "version",
        ],
      },
    ],
  });
}

function registerMail(stack: Stack, { house, buckets, events }: Foundation, table: ServiceTable): void {
  const timeout = Duration.seconds(15);
  const userImpact = "Citizens' mail has been taken in but gets no case number: agents do not see it.";
  const casesIn = new WorkQueue(stack, "CasesIn", { house, handlingTime: timeout, userImpact });
  const registrar = new ServiceFunction<RegisterMailEnv>(stack, "RegisterMail", {
    house,
    name: "cases/register-mail",
    timeout,
    memory: 512,
    environment: { CASES_TABLE: table.tableName, LETTERS_BUCKET: buckets.letters.bucketName },
    userImpact,
  });
  registrar.bindTable(table, ["GetItem", "BatchGetItem", "PutItem", "UpdateItem", "ConditionCheckItem"]);
  registrar.bindBucket(buckets.letters, { read: ["email/"] });
  casesIn.subscribe(events, { types: ["MailReceived"] });
  // Few at a time: they share the counter of case numbers, and the queue takes the burst.
  casesIn.consume(registrar, { batchSize: 10, maxConcurrency: 5 });
}

function recordMailStatus(stack: Stack, { house, events }: Foundation, table: ServiceTable): void {
  const timeout = Duration.seconds(15);
  const userImpact = "Agents do not see whether a citizen got our mail, and cannot ring the one who did not.";
  const mailStatus = new WorkQueue(stack, "MailStatus", { house, handlingTime: timeout, userImpact });
  const recorder = new ServiceFunction<RecordMailStatusEnv>(stack, "RecordMailStatus", {
    house,
    name: "cases/record-mail-status",
    timeout,
    memory: 256,
    environment: { CASES_TABLE: table.tableName },
    userImpact,
  });
  recorder.bindTable(table, ["PutItem"]);
  mailStatus.subscribe(events, { types: OUTGOING_MAIL });
  mailStatus.consume(recorder, { batchSize: 10, maxConcurrency: 2 });
}

function relay(stack: Stack, { house, buckets, events }: Foundation, table: ServiceTable): void {
  const userImpact =
    "What agents do is kept but goes no further: units get no assignments and figures stand still.";
  const sender = new ServiceFunction<RelayEnv>(stack, "Relay", {
    house,
    name: "cases/relay",
    timeout: Duration.seconds(30),
    memory: 256,
    environment: { EVENTS_TOPIC_ARN: events.topicArn },
    userImpact,
  });
  sender.bindTopic(events, house.key);
  relayStream(sender, { house, table, undelivered: buckets.undelivered, userImpact });
}

function api(stack: Stack, { house, buckets, staff, doorway }: Foundation, table: ServiceTable): void {
  const fn = new ServiceFunction<ApiEnv>(stack, "Api", {
    house,
    name: "cases/api",
    timeout: Duration.seconds(10),
    memory: 512,
    environment: {
      CASES_TABLE: table.tableName,
      STAFF_TABLE: staff.tableName,
      LETTERS_BUCKET: buckets.letters.bucketName,
    },
    userImpact: "Agents see an error in the console instead of a case, perhaps with a citizen on the phone.",
  });
  fn.bindTable(table, ["GetItem", "Query"], [WORKLIST]);
  fn.bindTable(staff, ["GetItem"]);
  fn.bindBucket(buckets.letters, { read: ["email/"] });
  acknowledge(
    fn.fn,
    "Serverless-LambdaDLQ",
    "It is called by the API and answers at once; the caller sees the error.",
  );
  new HttpRoute(stack, "ApiRoute", {
    httpApi: doorway.api,
    routeKey: HttpRouteKey.with("/cases/{proxy+}", HttpMethod.ANY),
    integration: new HttpLambdaIntegration("Integration", fn.fn),
    authorizer: {
      bind: () => ({ authorizationType: "JWT", authorizerId: doorway.authorizer.authorizerId }),
    },
    authorizationScopes: [API_SCOPE],
  });
}
