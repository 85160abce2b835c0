import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { constantsOf } from "#config/constants.ts";
import { loadMunicipality } from "#config/load.ts";
import { table } from "#shared/table.ts";
import { ROOT } from "../infra/build.ts";
import { startDynamoDb } from "../local/emulators/dynamodb.ts";
import { createTableInput } from "../local/provision.ts";
import { nameOfArn, physicalNameOf, readAssembly } from "../local/template.ts";

/** Where the table modules of this process find the emulator just now: each case has one of its own. */
let emulator = new URL("http://127.0.0.1");

table.middlewareStack.add(
  (next) => (args) => {
    const { protocol, hostname, port } = emulator;
    Object.assign(args.request as object, { protocol, hostname, port: Number(port) });
    return next(args);
  },
  { step: "build", name: "emulatorOfTheCase", priority: "high", override: true },
);

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

/** Lets what is deployed run in this process: with a municipality, as the bundler gives it, and somebody to sign as. */
export function asDeployed(): void {
  Object.assign(process.env, {
    AWS_REGION: "eu-north-1",
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
  Object.assign(globalThis, constantsOf(loadMunicipality("demo")));
}

/** Runs the table modules in this process, on an empty table as the template has it. */
export async function withTable<T>(output: string, use: (tableName: string) => Promise<T>): Promise<T> {
  asDeployed();
  const dynamodb = await startDynamoDb({ runsLong: true });
  try {
    emulator = new URL(dynamodb.url);
    const around = { region: "eu-north-1", doorUrl: "http://127.0.0.1", issuer: "http://localhost" };
    const assembly = readAssembly(join(ROOT, "cdk.out"), around);
    const name = nameOfArn(assembly.output(output));
    const resource = assembly.all("AWS::DynamoDB::GlobalTable").find((one) => physicalNameOf(one) === name);
    if (resource === undefined) throw new Error(`no table for ${output}`);
    const client = new DynamoDBClient({ region: around.region, endpoint: dynamodb.url, credentials });
    await client.send(new CreateTableCommand(createTableInput(name, resource.properties)));
    client.destroy();
    return await use(name);
  } finally {
    await dynamodb.stop();
  }
}

/** Every row of a table of this process. */
export async function scanned(tableName: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await table.send(
      new ScanCommand({ TableName: tableName, ExclusiveStartKey: from, ConsistentRead: true }),
    );
    rows.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return rows;
}
