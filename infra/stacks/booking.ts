import { CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import { HttpMethod, HttpRoute, HttpRouteKey } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { AttributeType, ProjectionType } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import type { ApiEnv, DayRoundEnv, PagesEnv, PollCalendarsEnv, RelayEnv } from "#services/booking/env.ts";
import { acknowledge } from "../constructs/acknowledge.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import { ServiceTable } from "../constructs/service-table.ts";
import { everyMinutes, relayStream } from "../constructs/triggers.ts";
import { API_SCOPE } from "./foundation/doorway.ts";
import type { Foundation } from "./foundation.ts";

const DAYS = "days";
const PEOPLE = "people";

type Props = StackProps & { foundation: Foundation };

/** Places and their hours, people's time, bookings, and visitors from the door and out again. */
export class Booking extends Stack {
  constructor(scope: Construct, id: string, { foundation, ...props }: Props) {
    super(scope, id, props);
    const table = bookingTable(this, foundation);
    relay(this, foundation, table);
    dayRound(this, foundation, table);
    pollCalendars(this, foundation, table);
    api(this, foundation, table);
    pages(this, foundation, table);
    new CfnOutput(this, "BookingTable", { value: table.tableName });
  }
}

function bookingTable(stack: Stack, { house }: Foundation): ServiceTable {
  // Whole rows: a day's list and a person's are shown as they stand, and a booking holds no names.
  const byTime = { sortKey: { name: "at", type: AttributeType.STRING }, projectionType: ProjectionType.ALL };
  return new ServiceTable(stack, "Booking", {
    house,
    stream: true,
    // Who visited, borrowed something, or waited for a time, a while after that is over.
    ttl: true,
    indexes: [
      { indexName: DAYS, partitionKey: { name: "officeDay", type: AttributeType.STRING }, ...byTime },
      { indexName: PEOPLE, partitionKey: { name: "booked", type: AttributeType.STRING }, ...byTime },
    ],
  });
}

function relay(stack: Stack, { house, buckets, events }: Foundation, table: ServiceTable): void {
  const userImpact =
    "Those who booked get no confirmation and no word of a change; hosts are not told of visitors.";
  const sender = new ServiceFunction<RelayEnv>(stack, "Relay", {
    house,
    name: "booking/relay",
    timeout: Duration.seconds(30),
    memory: 256,
    environment: { EVENTS_TOPIC_ARN: events.topicArn },
    userImpact,
  });
  sender.bindTopic(events, house.key);
  relayStream(sender, { house, table, undelivered: buckets.undelivered, userImpact });
}

function dayRound(stack: Stack, { house, buckets }: Foundation, table: ServiceTable): void {
  const userImpact = "Nobody is reminded of their meeting tomorrow, and missed meetings are not counted.";
  const round = new ServiceFunction<DayRoundEnv>(stack, "DayRound", {
    house,
    name: "booking/day-round",
    timeout: Duration.minutes(2),
    memory: 512,
    environment: { BOOKING_TABLE: table.tableName, LETTERS_BUCKET: buckets.letters.bucketName },
    userImpact,
  });
  // What lapses or is over waits for nobody any more.
  round.bindTable(table, ["BatchGetItem", "Query", "PutItem", "DeleteItem", "ConditionCheckItem"], [DAYS]);
  round.bindBucket(buckets.letters, { write: ["booking/"] });
  everyMinutes(round, { house, minutes: 30, userImpact });
}

function pollCalendars(stack: Stack, { house }: Foundation, table: ServiceTable): void {
  const userImpact = "Times are offered in which people have meetings in their own calendars.";
  const poller = new ServiceFunction<PollCalendarsEnv>(stack, "PollCalendars", {
    house,
    name: "booking/poll-calendars",
    timeout: Duration.minutes(4),
    memory: 512,
    environment: { BOOKING_TABLE: table.tableName },
    userImpact,
  });
  poller.bindTable(table, ["GetItem", "Query", "PutItem"]);
  everyMinutes(poller, { house, minutes: 10, userImpact });
}

function api(stack: Stack, { house, buckets, staff, doorway }: Foundation, table: ServiceTable): void {
  const fn = new ServiceFunction<ApiEnv>(stack, "Api", {
    house,
    name: "booking/api",
    // Half a year's days are published in one request; an HTTP API waits for 30 seconds.
    timeout: Duration.seconds(29),
    memory: 512,
    environment: {
      BOOKING_TABLE: table.tableName,
      STAFF_TABLE: staff.tableName,
      LETTERS_BUCKET: buckets.letters.bucketName,
    },
    userImpact: "Nobody can book, and the reception sees an error instead of who is expected.",
  });
  // Whoever leaves the house is taken off its list.
  fn.bindTable(
    table,
    ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    [DAYS, PEOPLE],
  );
  fn.bindTable(staff, ["GetItem"]);
  fn.bindBucket(buckets.letters, { write: ["booking/"] });
  answersAtOnce(fn);
  new HttpRoute(stack, "ApiRoute", {
    httpApi: doorway.api,
    routeKey: HttpRouteKey.with("/booking/{proxy+}", HttpMethod.ANY),
    integration: new HttpLambdaIntegration("Integration", fn.fn),
    authorizer: {
      bind: () => ({ authorizationType: "JWT", authorizerId: doorway.authorizer.authorizerId }),
    },
    authorizationScopes: [API_SCOPE],
  });
}

function pages(stack: Stack, { house, buckets, doorway, linkKey }: Foundation, table: ServiceTable): void {
  const fn = new ServiceFunction<PagesEnv>(stack, "Pages", {
    house,
    name: "booking/pages",
    timeout: Duration.seconds(10),
    memory: 512,
    environment: {
      BOOKING_TABLE: table.tableName,
      LETTERS_BUCKET: buckets.letters.bucketName,
      LINK_KEY: linkKey.keyArn,
    },
    userImpact:
      "Citizens see an error instead of free times, and can neither book, move nor cancel by themselves.",
  });
  // A request that is given back waits for no answer.
  fn.bindTable(table, ["GetItem", "BatchGetItem", "Query", "PutItem", "DeleteItem"]);
  fn.bindBucket(buckets.letters, { write: ["booking/"] });
  fn.bindMacKey(linkKey);
  answersAtOnce(fn);
  const integration = new HttpLambdaIntegration("PagesIntegration", fn.fn);
  for (const method of [HttpMethod.GET, HttpMethod.POST]) {
    for (const path of ["/b", "/b/{proxy+}"]) {
      const route = new HttpRoute(stack, `Pages${method}${path === "/b" ? "Start" : ""}`, {
        httpApi: doorway.api,
        routeKey: HttpRouteKey.with(path, method),
        integration,
      });
      acknowledge(
        route,
        "AwsSolutions-APIG4",
        "Whoever wants may book; a booking's own page is opened by its link, whose token the function checks.",
      );
    }
  }
}

function answersAtOnce(fn: ServiceFunction<object>): void {
  acknowledge(
    fn.fn,
    "Serverless-LambdaDLQ",
    "It is called by the API and answers at once; the caller sees the error.",
  );
}
