import { CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import { HttpMethod, HttpRoute, HttpRouteKey } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { AttributeType, ProjectionType } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import type {
  ApiEnv,
  ApplyReplyEnv,
  CitizenPageEnv,
  QuarantineAlarmEnv,
  RecordMailStatusEnv,
  RecordMeetingEnv,
  RegisterMailEnv,
  RelayEnv,
} from "#services/cases/env.ts";
import { acknowledge } from "../constructs/acknowledge.ts";
import { alarm } from "../constructs/alarm.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import { ServiceTable } from "../constructs/service-table.ts";
import { everyMinutes, relayStream } from "../constructs/triggers.ts";
import { WorkQueue } from "../constructs/work-queue.ts";
import { API_SCOPE } from "./foundation/doorway.ts";
import type { Foundation } from "./foundation.ts";

const WORKLIST = "worklist";
const NUMBERS = "numbers";
/** What the e-mail service tells of the mails that it sends. */
const OUTGOING_MAIL = [
  "MailQueued",
  "MailSent",
  "MailDelivered",
  "MailBounced",
  "MailComplained",
  "MailRefused",
  "MailUncertain",
  "AcknowledgementSkipped",
];
/** What the booking service tells of a meeting, which may be about a case. */
const MEETINGS = [
  "BookingRequested",
  "BookingMade",
  "BookingApproved",
  "BookingMoved",
  "BookingUnsettled",
  "BookingDeclined",
  "BookingCancelled",
  "BookedVisitorArrived",
  "BookedVisitorNotArrived",
  "BookingMissed",
];

type Props = StackProps & { foundation: Foundation };

/** Questions from the first second to the answer: what agents and units do about them, and what citizens see. */
export class Cases extends Stack {
  constructor(scope: Construct, id: string, { foundation, ...props }: Props) {
    super(scope, id, props);
    const table = casesTable(this, foundation);
    registerMail(this, foundation, table);
    recordMailStatus(this, foundation, table);
    recordMeeting(this, foundation, table);
    relay(this, foundation, table);
    const access = new ServiceTable(this, "Access", { house: foundation.house });
    api(this, foundation, table, access);
    citizenPage(this, foundation, table);
    applyReply(this, foundation, table);
    quarantineAlarm(this, foundation, table);
    new CfnOutput(this, "CasesTable", { value: table.tableName });
    new CfnOutput(this, "AccessTable", { value: access.tableName });
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
          "attention",
          "access",
          "assignee",
          "channel",
          "unreadable",
          "messageCount",
          "triage",
          // Of a unit's tasks.
          "assignmentId",
          "transferId",
          "sentAt",
          "dueDate",
          "takenBy",
          "laps",
        ],
      },
      {
        // Cases alone, and for good: a number leads to its case, also when nothing is to be done there.
        indexName: NUMBERS,
        partitionKey: { name: "numbered", type: AttributeType.STRING },
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: ["caseId"],
      },
    ],
  });
}

function registerMail(
  stack: Stack,
  { house, buckets, events, linkKey }: Foundation,
  table: ServiceTable,
): void {
  const timeout = Duration.seconds(15);
  const userImpact = "Citizens' mail has been taken in but gets no case number: agents do not see it.";
  const casesIn = new WorkQueue(stack, "CasesIn", { house, handlingTime: timeout, userImpact });
  const registrar = new ServiceFunction<RegisterMailEnv>(stack, "RegisterMail", {
    house,
    name: "cases/register-mail",
    timeout,
    memory: 512,
    environment: {
      CASES_TABLE: table.tableName,
      LETTERS_BUCKET: buckets.letters.bucketName,
      LINK_KEY: linkKey.keyArn,
    },
    userImpact,
  });
  registrar.bindMacKey(linkKey);
  registrar.bindTable(table, ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"]);
  registrar.bindBucket(buckets.letters, { read: ["email/"], write: ["to-"] });
  casesIn.subscribe(events, { types: ["MailReceived"] });
  // As few at a time as Lambda allows: they share the counter of case numbers, and the queue takes the burst.
  casesIn.consume(registrar, { batchSize: 10, maxConcurrency: 2 });
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
  recorder.bindTable(table, ["GetItem", "PutItem"]);
  mailStatus.subscribe(events, { types: OUTGOING_MAIL });
  // SES tells of a mail within seconds of our sending it: of news that come together the last is kept.
  mailStatus.consume(recorder, { batchSize: 200, maxConcurrency: 2, gather: Duration.seconds(5) });
}

function recordMeeting(stack: Stack, { house, events }: Foundation, table: ServiceTable): void {
  const timeout = Duration.seconds(15);
  const userImpact = "Agents do not see in a case that a meeting about it is booked, moved or called off.";
  const meetings = new WorkQueue(stack, "Meetings", { house, handlingTime: timeout, userImpact });
  const recorder = new ServiceFunction<RecordMeetingEnv>(stack, "RecordMeeting", {
    house,
    name: "cases/record-meeting",
    timeout,
    memory: 256,
    environment: { CASES_TABLE: table.tableName },
    userImpact,
  });
  recorder.bindTable(table, ["PutItem", "ConditionCheckItem"]);
  meetings.subscribe(events, { types: MEETINGS });
  meetings.consume(recorder, { batchSize: 50, maxConcurrency: 2, gather: Duration.seconds(2) });
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

function api(
  stack: Stack,
  { house, buckets, staff, doorway }: Foundation,
  table: ServiceTable,
  access: ServiceTable,
): void {
  const fn = new ServiceFunction<ApiEnv>(stack, "Api", {
    house,
    name: "cases/api",
    timeout: Duration.seconds(10),
    memory: 512,
    environment: {
      CASES_TABLE: table.tableName,
      ACCESS_TABLE: access.tableName,
      STAFF_TABLE: staff.tableName,
      LETTERS_BUCKET: buckets.letters.bucketName,
      FILES_BUCKET: buckets.files.bucketName,
    },
    userImpact: "Agents see an error in the console instead of a case, perhaps with a citizen on the phone.",
  });
  fn.bindTable(table, ["GetItem", "Query", "PutItem", "DeleteItem"], [WORKLIST, NUMBERS]);
  // A line of the log is written and never changed, nor read back here.
  fn.bindTable(access, ["PutItem"]);
  fn.bindTable(staff, ["GetItem"]);
  fn.bindBucket(buckets.letters, {
    read: ["email/", "answer/", "told/", "web/", "to-", "from-"],
    write: ["answer/", "told/", "to-", "from-"],
  });
  // `list` makes a file that is not there a 404.
  fn.bindBucket(buckets.files, { read: ["email/", "out/"], tags: true, write: ["out/"], list: true });
  answersAtOnce(fn);
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

function answersAtOnce(fn: ServiceFunction<object>): void {
  acknowledge(
    fn.fn,
    "Serverless-LambdaDLQ",
    "It is called by the API and answers at once; the caller sees the error.",
  );
}

function citizenPage(
  stack: Stack,
  { house, buckets, doorway, linkKey }: Foundation,
  table: ServiceTable,
): void {
  const fn = new ServiceFunction<CitizenPageEnv>(stack, "CitizenPage", {
    house,
    name: "cases/citizen-page",
    timeout: Duration.seconds(10),
    memory: 512,
    environment: {
      CASES_TABLE: table.tableName,
      LETTERS_BUCKET: buckets.letters.bucketName,
      FILES_BUCKET: buckets.files.bucketName,
      LINK_KEY: linkKey.keyArn,
    },
    userImpact:
      "Citizens who follow their link see an error instead of their case, and cannot write to us there.",
  });
  fn.bindTable(table, ["Query", "PutItem"]);
  fn.bindBucket(buckets.letters, { read: ["email/", "answer/", "told/", "web/"], write: ["web/", "to-"] });
  fn.bindBucket(buckets.files, { read: ["out/"] });
  fn.bindMacKey(linkKey);
  answersAtOnce(fn);
  const integration = new HttpLambdaIntegration("PageIntegration", fn.fn);
  for (const method of [HttpMethod.GET, HttpMethod.POST]) {
    const route = new HttpRoute(stack, `Page${method}`, {
      httpApi: doorway.api,
      routeKey: HttpRouteKey.with("/m/{proxy+}", method),
      integration,
    });
    acknowledge(route, "AwsSolutions-APIG4", "The link is the key: the function checks its token.");
  }
}

function applyReply(stack: Stack, { house, buckets, unitQueues }: Foundation, table: ServiceTable): void {
  const userImpact =
    "What units have answered does not reach their cases: citizens wait for answers that exist.";
  const fn = new ServiceFunction<ApplyReplyEnv>(stack, "ApplyReply", {
    house,
    name: "cases/apply-reply",
    timeout: Duration.seconds(30),
    memory: 512,
    environment: { CASES_TABLE: table.tableName, LETTERS_BUCKET: buckets.letters.bucketName },
    userImpact,
  });
  fn.bindTable(table, ["GetItem", "PutItem"]);
  fn.bindBucket(buckets.letters, { read: ["to-", "from-"], write: ["to-", "answer/"] });
  for (const { answers } of unitQueues) answers.consume(fn, { batchSize: 10, maxConcurrency: 2 });
}

function quarantineAlarm(stack: Stack, { house }: Foundation, table: ServiceTable): void {
  const userImpact =
    "Nobody is told when citizens' mail lies in quarantine unseen: some of it may be real, and waits.";
  const watcher = new ServiceFunction<QuarantineAlarmEnv>(stack, "QuarantineAlarm", {
    house,
    name: "cases/quarantine-alarm",
    timeout: Duration.seconds(30),
    memory: 256,
    environment: { CASES_TABLE: table.tableName },
    userImpact,
  });
  watcher.bindTable(table, ["Query", "PutItem"], [WORKLIST]);
  // Often enough to be there soon after 10:00 in Sweden, in summer and in winter.
  everyMinutes(watcher, { house, minutes: 15, userImpact });
  alarm(stack, "QuarantineUnseen", house, {
    metric: watcher.logged("QUARANTINE_OVERDUE").with({ period: Duration.minutes(30), statistic: "sum" }),
    atLeast: 1,
    userImpact:
      "Citizens' mail has lain in quarantine since before today, and nobody has looked through it by 10:00.",
  });
}
