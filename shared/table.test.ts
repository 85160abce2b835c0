import { TransactionCanceledException, TransactionInProgressException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, expect, test } from "vitest";
import { table, transact } from "./table.ts";

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
