import type { TestProject } from "vitest/node";
import { startDynamoDb } from "../local/emulators/dynamodb.ts";
import { setup as ensureBuilt } from "./built.ts";

declare module "vitest" {
  interface ProvidedContext {
    dynamodbUrl: string;
  }
}

/** One DynamoDB Local for all table tests; each file makes tables of its own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await ensureBuilt();
  const dynamodb = await startDynamoDb();
  project.provide("dynamodbUrl", dynamodb.url);
  return () => dynamodb.stop();
}
