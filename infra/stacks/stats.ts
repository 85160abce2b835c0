import { CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import { HttpMethod, HttpRoute, HttpRouteKey } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { Construct } from "constructs";
import type { ApiEnv, ProjectEnv } from "#services/stats/env.ts";
import { acknowledge } from "../constructs/acknowledge.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import { ServiceTable } from "../constructs/service-table.ts";
import { WorkQueue } from "../constructs/work-queue.ts";
import { API_SCOPE } from "./foundation/doorway.ts";
import type { Foundation } from "./foundation.ts";

/** The events that add to a figure; the others would be carried here for nothing. */
const COUNTED = [
  "CaseOpened",
  "MessageReceived",
  "AnswerGiven",
  "CitizenTold",
  "AssignmentSent",
  "AssignmentAnswered",
  "AssignmentReturned",
  "CaseTransferred",
  "CaseClosed",
  "CaseReopened",
  "BookingMade",
  "BookingRequested",
  "BookingMoved",
  "BookingCancelled",
  "BookingDeclined",
  "BookingUnsettled",
  "BookingMissed",
];

type Props = StackProps & { foundation: Foundation };

/** Figures by day, counted from what the other services publish. */
export class Stats extends Stack {
  constructor(scope: Construct, id: string, { foundation, ...props }: Props) {
    super(scope, id, props);
    const table = new ServiceTable(this, "Stats", { house: foundation.house });
    project(this, foundation, table);
    api(this, foundation, table);
    new CfnOutput(this, "StatsTable", { value: table.tableName });
  }
}

function project(stack: Stack, { house, events }: Foundation, table: ServiceTable): void {
  const timeout = Duration.seconds(20);
  const userImpact = "Managers see figures that stand still; nothing is lost, they catch up.";
  const toCount = new WorkQueue(stack, "ToCount", { house, handlingTime: timeout, userImpact });
  const projector = new ServiceFunction<ProjectEnv>(stack, "Project", {
    house,
    name: "stats/project",
    timeout,
    memory: 256,
    environment: { STATS_TABLE: table.tableName },
    userImpact,
  });
  projector.bindTable(table, ["PutItem", "UpdateItem"]);
  toCount.subscribe(events, { types: COUNTED });
  // Two at most: all of them meet at the day's row and the total's.
  toCount.consume(projector, { batchSize: 25, maxConcurrency: 2, gather: Duration.seconds(5) });
}

function api(stack: Stack, { house, staff, doorway }: Foundation, table: ServiceTable): void {
  const fn = new ServiceFunction<ApiEnv>(stack, "Api", {
    house,
    name: "stats/api",
    timeout: Duration.seconds(10),
    memory: 256,
    environment: { STATS_TABLE: table.tableName, STAFF_TABLE: staff.tableName },
    userImpact: "Managers see an error in the console instead of figures.",
  });
  fn.bindTable(table, ["BatchGetItem", "Query"]);
  fn.bindTable(staff, ["GetItem"]);
  acknowledge(
    fn.fn,
    "Serverless-LambdaDLQ",
    "It is called by the API and answers at once; the caller sees the error.",
  );
  new HttpRoute(stack, "ApiRoute", {
    httpApi: doorway.api,
    routeKey: HttpRouteKey.with("/stats/{proxy+}", HttpMethod.ANY),
    integration: new HttpLambdaIntegration("Integration", fn.fn),
    authorizer: {
      bind: () => ({ authorizationType: "JWT", authorizerId: doorway.authorizer.authorizerId }),
    },
    authorizationScopes: [API_SCOPE],
  });
}
