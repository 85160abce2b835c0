import type { TestProject } from "vitest/node";
import { startDynamoDb } from "../local/emulators/dynamodb.ts";

declare module "vitest" {
  interface ProvidedContext {
    dynamodbUrl: string;
  }
}

/** For the table tests, on the templates that `npm test` has built first: one DynamoDB Local for all of them; each makes tables of its own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dynamodb = await startDynamoDb({ runsLong: true });
  project.provide("dynamodbUrl", dynamodb.url);
  return () => dynamodb.stop();
}
