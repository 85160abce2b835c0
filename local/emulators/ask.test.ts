import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { asker } from "./ask.ts";

let server: Server;
let url: string;
let emulator: ReturnType<typeof asker>;
let answer: { status: number; body: string };
let heard: { target: string | undefined; body: string };
beforeEach(async () => {
  server = createServer(async (incoming, outgoing) => {
    heard = { target: String(incoming.headers["x-amz-target"]), body: await text(incoming) };
    outgoing.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  emulator = asker(url);
});
afterEach(async () => {
  emulator.stop();
  await new Promise((resolve) => server.close(resolve));
});

const asked = { target: "Thing_20120810.Get", input: { name: "Åsa" } };

test("what is asked goes out as JSON, and the answer comes back as it was meant", async () => {
  answer = { status: 200, body: '{"Records":[]}' };
  expect(await emulator.ask(asked)).toEqual({ Records: [] });
  expect(heard).toEqual({ target: "Thing_20120810.Get", body: '{"name":"Åsa"}' });
});

test.each([
  ['{"__type":"com.amazonaws.dynamodb.v20120810#TrimmedDataAccessException"}', "TrimmedDataAccessException"],
  ['{"__type" : "QueueDoesNotExist", "message":"no"}', "QueueDoesNotExist"],
  ["<html>", "Error"],
])("a no is thrown with its type: %s", async (body, name) => {
  answer = { status: 400, body };
  await expect(emulator.ask(asked)).rejects.toMatchObject({
    name,
    message: `Thing_20120810.Get: 400 ${body}`,
  });
});

test("an answer that is no JSON, and an emulator that is away, are thrown", async () => {
  answer = { status: 200, body: "<html>" };
  await expect(emulator.ask(asked)).rejects.toThrow(SyntaxError);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await expect(asker(url).ask(asked)).rejects.toThrow("ECONNREFUSED");
});
