import {
  DynamoDBClient,
  TransactionCanceledException,
  TransactionInProgressException,
} from "@aws-sdk/client-dynamodb";
import { BatchGetCommand, QueryCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, expect, test } from "vitest";
import { getAll, queryAll, table, transact, transactOnce } from "./table.ts";

// DynamoDB Local never raises a conflict, so it is the client that does here.
const client = mockClient(table);
beforeEach(() => client.reset());

const items = [{ Put: { TableName: "t", Item: { pk: "1" } } }];
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: "",
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

test("a conflict gives way: the transaction is tried again until it is through", async () => {
  client
    .on(TransactWriteCommand)
    .rejectsOnce(cancelled("None", "TransactionConflict"))
    .rejectsOnce(cancelled("ThrottlingError", "None"))
    .rejectsOnce(new TransactionInProgressException({ message: "", $metadata: {} }))
    .resolves({});
  expect(await transact(items)).toEqual({ done: true });
  const calls = client.commandCalls(TransactWriteCommand);
  expect(calls).toHaveLength(4);
  const tokens = new Set(calls.map((call) => call.args[0].input.ClientRequestToken));
  expect(tokens.size).toBe(1);
  expect([...tokens][0]).toMatch(/^[0-9a-f-]{36}$/);
});

test("a condition that does not hold is an answer at once, also beside a conflict", async () => {
  client.on(TransactWriteCommand).rejects(cancelled("TransactionConflict", "None", "ConditionalCheckFailed"));
  expect(await transact(items)).toEqual({ done: false, failed: [2] });
  expect(client.commandCalls(TransactWriteCommand)).toHaveLength(1);
});

test("a conflict that never gives way is thrown, after a bounded number of tries", {
  timeout: 30_000,
}, async () => {
  client.on(TransactWriteCommand).rejects(cancelled("TransactionConflict"));
  await expect(transact(items)).rejects.toThrow(TransactionCanceledException);
  expect(client.commandCalls(TransactWriteCommand)).toHaveLength(8);
});

test.each([
  ["a transaction that can never succeed", cancelled("ValidationError")],
  ["anything else", new Error("no network")],
])("%s is thrown at once", async (_what, error) => {
  client.on(TransactWriteCommand).rejects(error);
  await expect(transact(items)).rejects.toThrow(error);
  expect(client.commandCalls(TransactWriteCommand)).toHaveLength(1);
});

test("tried once, a conflict is told and not tried again; a failed condition beside it is the answer", async () => {
  client.on(TransactWriteCommand).rejectsOnce(cancelled("TransactionConflict"));
  expect(await transactOnce(items)).toBe("conflict");
  client.on(TransactWriteCommand).rejects(cancelled("TransactionConflict", "ConditionalCheckFailed"));
  expect(await transactOnce(items)).toEqual({ done: false, failed: [1] });
  client.on(TransactWriteCommand).rejects(cancelled("ValidationError"));
  await expect(transactOnce(items)).rejects.toThrow(TransactionCanceledException);
  expect(client.commandCalls(TransactWriteCommand)).toHaveLength(3);
});

const keys = (howMany: number) => Array.from({ length: howMany }, (_, n) => ({ pk: String(n) }));

test("rows are read a hundred keys at a time, and what came back unread is asked for again", async () => {
  client.on(BatchGetCommand).callsFake(({ RequestItems }) => {
    const asked: { pk: string }[] = RequestItems.t.Keys;
    // One key of each request that has several is handed back.
    const [unread, ...read] = asked.length > 1 ? asked : [undefined, ...asked];
    return {
      Responses: { t: read },
      UnprocessedKeys: unread === undefined ? {} : { t: { Keys: [unread] } },
    };
  });
  const rows = await getAll("t", keys(150));
  expect(new Set(rows.map(({ pk }) => pk))).toEqual(new Set(keys(150).map(({ pk }) => pk)));
  const sizes = client
    .commandCalls(BatchGetCommand)
    .map(({ args }) => args[0].input.RequestItems?.["t"]?.Keys?.length);
  expect(sizes).toEqual([100, 1, 50, 1]);
});

test("no keys ask nothing, and keys that are never read are a failure", { timeout: 30_000 }, async () => {
  expect(await getAll("t", [])).toEqual([]);
  expect(client.calls()).toHaveLength(0);
  client.on(BatchGetCommand).resolves({ UnprocessedKeys: { t: { Keys: keys(1) } } });
  await expect(getAll("t", keys(1))).rejects.toThrow("handed back keys unread");
  expect(client.commandCalls(BatchGetCommand)).toHaveLength(8);
});

test("a query is followed to its last page", async () => {
  client
    .on(QueryCommand)
    .resolvesOnce({ Items: [{ pk: "1" }], LastEvaluatedKey: { pk: "1" } })
    .resolvesOnce({ LastEvaluatedKey: { pk: "2" } })
    .resolves({ Items: [{ pk: "3" }] });
  expect(await queryAll({ TableName: "t" })).toEqual([{ pk: "1" }, { pk: "3" }]);
  const from = client.commandCalls(QueryCommand).map(({ args }) => args[0].input.ExclusiveStartKey);
  expect(from).toEqual([undefined, { pk: "1" }, { pk: "2" }]);
});

test("what is asked and answered is not copied for the SDK's own log", () => {
  const logs = (client: Pick<DynamoDBClient, "middlewareStack">) =>
    client.middlewareStack.identify().filter((name) => name.startsWith("loggerMiddleware"));
  // By that name the SDK has it.
  expect(logs(new DynamoDBClient({}))).toHaveLength(1);
  expect(logs(table)).toHaveLength(0);
});
