import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mailIdentity } from "./identity.ts";

const mail = [
  "From: Åsa <asa@example.org>",
  "To: kommunen@example.se,",
  " bygglov@example.se",
  "Subject: Plank",
  "Message-ID: <1@example.org>",
  "",
  "Hej!",
  "",
].join("\r\n");
const identity = (text: string) => mailIdentity(Buffer.from(text));

describe("one mail", () => {
  test.each([
    ["another server's trace", `Received: from mx by us; Tue, 24 Nov 2026 08:00:00 +0100\r\n${mail}`],
    ["a folded trace line", `Received: from mx\r\n\tby us\r\n\t; Tue, 24 Nov 2026 08:00:00 +0100\r\n${mail}`],
    ["another envelope", `Return-Path: <bounce@example.org>\r\nDelivered-To: bygglov@example.se\r\n${mail}`],
    [
      "what SES adds",
      `X-SES-Spam-Verdict: PASS\r\nAuthentication-Results: amazonses.com; spf=pass\r\n${mail}`,
    ],
  ])("with %s is the same", (_what, other) => {
    expect(identity(other)).toBe(identity(mail));
  });
});

describe("two mails", () => {
  test.each([
    ["another body under one Message-ID", mail.replace("Hej!", "Hej igen!")],
    ["another subject", mail.replace("Plank", "Plank 2")],
    ["another recipient in To", mail.replace("bygglov@", "miljo@")],
    ["a header line moved to the body", mail.replace("\r\n\r\n", "\r\n\r\nSubject: x\r\n")],
    ["a trace line inside the body", mail.replace("Hej!", "Received: x\r\nHej!")],
    ["rubbish", "\u0000\u0001\u0002"],
    ["nothing", ""],
  ])("%s are different", (_what, other) => {
    expect(identity(other)).not.toBe(identity(mail));
  });
});

describe("a mail with neither Date nor Message-ID", () => {
  const bare = mail.replace("Message-ID: <1@example.org>\r\n", "");
  /** As our server hands it on: its own line stands above those of others. */
  const receivedOn = (date: string, text = bare) =>
    `Return-Path: <asa@example.org>\r\nReceived: from mx (mx [192.0.2.7])\r\n by us with SMTP id ${date.length};\r\n ${date} +0000 (UTC)\r\nReceived: from a by mx; Mon, 2 Nov 2026 08:00:00 +0100\r\n${text}`;
  const first = identity(receivedOn("Tue, 24 Nov 2026 08:00:00"));

  test("is one with what comes the same day, whatever else the server wrote of it", () => {
    expect(identity(receivedOn("Tue, 24 Nov 2026 23:59:59"))).toBe(first);
    expect(identity(receivedOn("24 nov 2026 09:00:00"))).toBe(first);
    expect(identity(receivedOn("Tue, 24 Nov 2026 08:00:00", bare.replace("Hej!", "Hallå!")))).not.toBe(first);
  });

  test.each([
    ["the next day", "Wed, 25 Nov 2026 00:00:01"],
    ["a month later", "Thu, 24 Dec 2026 08:00:00"],
    ["a year later", "Wed, 24 Nov 2027 08:00:00"],
  ])("is not the one that comes %s", (_when, date) => {
    expect(identity(receivedOn(date))).not.toBe(first);
    const empty = bare.replace("Subject:", "Date:\r\nMessage-Id: \r\nSubject:");
    expect(identity(receivedOn(date, empty))).not.toBe(
      identity(receivedOn("Tue, 24 Nov 2026 08:00:00", empty)),
    );
  });

  test.each([
    ["a Date", "Date: Tue, 24 Nov 2026 08:00:00 +0100"],
    ["a Message-ID", "message-id: <1@example.org>"],
  ])("else than one with %s, which is the same weeks later", (_what, field) => {
    const told = `${field}\r\n${bare}`;
    expect(identity(receivedOn("Thu, 24 Dec 2026 08:00:00", told))).toBe(identity(told));
  });
});

test("any change of the body's bytes is another mail, any trace on top is not", () => {
  const anyBody = fc.uint8Array({ minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(anyBody, fc.nat(), fc.integer({ min: 1, max: 255 }), (body, where, change) => {
      const head = Buffer.from("From: a@example.org\r\n\r\n");
      const raw = Buffer.concat([head, body]);
      const changed = Buffer.from(raw);
      const at = head.length + (where % body.length);
      changed[at] = ((changed[at] ?? 0) + change) % 256;
      const traced = Buffer.concat([Buffer.from("Received: x\r\n"), raw]);
      return mailIdentity(changed) !== mailIdentity(raw) && mailIdentity(traced) === mailIdentity(raw);
    }),
  );
  expect(mailIdentity(Buffer.from("x"))).toMatch(/^[0-9a-f]{32}$/);
});
