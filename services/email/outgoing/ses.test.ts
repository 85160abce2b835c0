import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";

const taken = `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult>
  <MessageId>0102-taken</MessageId></SendRawEmailResult></SendRawEmailResponse>`;

let connections = 0;
/** What SES does with its next calls; without any it takes the mail. */
const next: ("close" | "take")[] = [];
const server = createServer((incoming, outgoing) => {
  incoming.resume();
  incoming.once("end", () => {
    if (next.shift() === "close") incoming.socket.destroy();
    else outgoing.writeHead(200, { "content-type": "text/xml" }).end(taken);
  });
});
server.on("connection", () => {
  connections += 1;
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.env["AWS_ENDPOINT_URL_SES"] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env["AWS_REGION"] = "eu-north-1";
  process.env["AWS_ACCESS_KEY_ID"] = process.env["AWS_SECRET_ACCESS_KEY"] = "x";
});
afterAll(async () => {
  delete process.env["AWS_ENDPOINT_URL_SES"];
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const mail = {
  raw: new TextEncoder().encode("Subject: Hej\r\n\r\nHej"),
  to: "asa@example.org",
  source: "kommunen@example.se",
  outboxId: "ack-1",
  configurationSet: "set",
};

test("each mail has a connection of its own: SES may have closed the last one's meanwhile", async () => {
  // It reads where SES is when it is first loaded.
  const { handToSes } = await import("./ses.ts");
  for (const _ of ["first", "second", "third"])
    expect(await handToSes(mail)).toEqual({ outcome: "sent", sesMessageId: "0102-taken" });
  expect(connections).toBe(3);
});

test("a connection that breaks before an answer leaves the mail unknown, and it is not tried again", async () => {
  const { handToSes } = await import("./ses.ts");
  connections = 0;
  next.push("close");
  expect(await handToSes(mail)).toEqual({ outcome: "unknown" });
  expect(connections).toBe(1);
});
