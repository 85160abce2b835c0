import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { inject } from "vitest";
import { ROOT } from "../infra/build.ts";
import { createTableInput } from "../local/provision.ts";
import { nameOfArn, physicalNameOf, readAssembly } from "../local/template.ts";

/**
 * A new, empty table as the template has it but without its stream, which nobody reads here and which is most of
 * DynamoDB Local's work; and the environment in which the table modules find the emulator. The name of an output says which: `CasesTable`.
 */
export async function freshTable(output: string): Promise<string> {
  Object.assign(process.env, {
    AWS_REGION: "eu-north-1",
    AWS_ENDPOINT_URL_DYNAMODB: inject("dynamodbUrl"),
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
  const around = { region: "eu-north-1", doorUrl: "http://127.0.0.1", issuer: "http://localhost" };
  const assembly = readAssembly(join(ROOT, "cdk.out"), around);
  const name = nameOfArn(assembly.output(output));
  const table = assembly.all("AWS::DynamoDB::GlobalTable").find((one) => physicalNameOf(one) === name);
  if (table === undefined) throw new Error(`no table for ${output}`);
  const TableName = `${output}-${randomUUID()}`;
  const { StreamSpecification: _, ...input } = createTableInput(TableName, table.properties);
  await new DynamoDBClient({}).send(new CreateTableCommand(input));
  return TableName;
}
