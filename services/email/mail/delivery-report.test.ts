import { describe, expect, test } from "vitest";
import { isPermanent, reportIn } from "./delivery-report.ts";

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
