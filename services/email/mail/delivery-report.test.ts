import { describe, expect, test } from "vitest";
import { isPermanent, reportIn, reportTypes } from "./delivery-report.ts";

const status = [
  "Reporting-MTA: dns; mx.example.org",
  "",
  "Final-Recipient: rfc822; Asa@Example.org",
  "Action: failed",
  "Status: 5.1.1",
  "Diagnostic-Code: smtp; 550 5.1.1 no such",
  " mailbox",
  "",
  "Original-Recipient: rfc822;<kent@example.org>",
  "Action: delayed",
  "Status: 4.4.1 (no answer)",
].join("\r\n");
const original = "Subject: Svar\r\nMessage-ID: <0102abc@eu-north-1.amazonses.com>\r\n\r\nHej";

describe("a delivery report", () => {
  test("tells of each recipient, and of which mail", () => {
    const parts = [
      { mimeType: "message/delivery-status", text: status },
      { mimeType: "message/rfc822", text: original },
    ];
    expect(reportIn(parts)).toEqual({
      recipients: [
        { address: "asa@example.org", action: "failed", status: "5.1.1" },
        { address: "kent@example.org", action: "delayed", status: "4.4.1" },
      ],
      messageId: "<0102abc@eu-north-1.amazonses.com>",
    });
  });

  test("without a status part is none; without the mail it names none", () => {
    expect(reportIn([{ mimeType: "message/rfc822", text: original }])).toBeUndefined();
    expect(reportIn([{ mimeType: "message/delivery-status", text: status }])?.messageId).toBeUndefined();
    expect(reportIn([{ mimeType: "message/delivery-status", text: "rubbish" }])?.recipients).toEqual([]);
  });
});

describe("a status is read recipient by recipient", () => {
  const asa = { address: "asa@example.org", action: "failed", status: "5.1.1" };
  const kent = { address: "kent@example.org", action: "delayed", status: "4.4.1" };
  const [mta = "", , ...recipients] = status.split("\r\n");
  const recipientsOf = (lines: readonly string[]) =>
    reportIn([{ mimeType: "message/delivery-status", text: lines.join("\r\n") }])?.recipients;

  test.each([
    ["without an empty line after what is said of the mail", [mta, ...recipients]],
    ["without anything said of the mail", recipients],
    ["with two empty lines, and no empty line at the end", [mta, "", "", ...recipients]],
    ["without any empty line", [mta, ...recipients.filter((line) => line !== "")]],
    ["with an empty line that is not quite empty", [mta, " ", ...recipients]],
  ])("%s", (_how, lines) => {
    expect(recipientsOf(lines)).toEqual([asa, kent]);
  });

  test("whose two addresses, old and new, are one recipient", () => {
    const told = ["Action: failed", "Status: 5.1.1"];
    const both = (name: string) => [
      `Original-Recipient: rfc822; ${name}.old@example.org`,
      `Final-Recipient: rfc822; ${name}@example.org`,
      ...told,
    ];
    expect(recipientsOf([...both("asa"), ...both("bo")])).toEqual([
      asa,
      { ...asa, address: "bo@example.org" },
    ]);
  });

  test("whose fields stand in another order, is one recipient", () => {
    const address = "Final-Recipient: rfc822; asa@example.org";
    const between = ["Action: failed", "Original-Recipient: rfc822; x@example.org", "Status: 5.1.1"];
    expect(recipientsOf(["Status: 5.1.1", "Action: failed", address])).toEqual([asa]);
    expect(recipientsOf([mta, address, ...between])).toEqual([asa]);
  });

  test("and of none, where it speaks of the mail alone", () => {
    expect(recipientsOf([mta, "Arrival-Date: Tue, 24 Nov 2026 08:00:00 +0100", "", "X-Queue: 1"])).toEqual(
      [],
    );
  });
});

test("a report for addresses beyond ASCII (RFC 6533) tells the same", () => {
  const parts = [
    { mimeType: "message/global-delivery-status", text: status.replace("rfc822;", "utf-8;") },
    { mimeType: "message/global-headers", text: original },
  ];
  expect(reportIn(parts)).toEqual({
    recipients: [
      { address: "asa@example.org", action: "failed", status: "5.1.1" },
      { address: "kent@example.org", action: "delayed", status: "4.4.1" },
    ],
    messageId: "<0102abc@eu-north-1.amazonses.com>",
  });
  expect(parts.every(({ mimeType }) => reportTypes.includes(mimeType))).toBe(true);
});

test.each([
  ["failed", "5.1.1", true],
  ["failed", "5.7.1", true],
  ["failed", "5.2.2", false],
  ["failed", "4.4.7", false],
  ["delayed", "5.1.1", false],
  ["failed", null, false],
] as const)("%s %s is permanent: %s", (action, code, permanent) => {
  expect(isPermanent({ address: null, action, status: code })).toBe(permanent);
});
