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
