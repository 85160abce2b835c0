import { describe, expect, test } from "vitest";
import { foundByForwarder } from "./forwarder.ts";

const forwarder = { authservId: "mx.example.se", networks: ["192.0.2.0/24", "2001:db8::/32"] };
const received = (address: string, by = "inbound-smtp.eu-north-1.amazonaws.com") => ({
  key: "received",
  value: `from mx.example.se (mx.example.se [${address}]) by ${by} with SMTP id x; Tue, 24 Nov 2026 08:00:00 +0000`,
});
const results = (value: string) => ({ key: "authentication-results", value });
const passed = results(
  "mx.example.se; spf=pass smtp.mailfrom=asa@example.org; dkim=pass header.d=example.org; dmarc=pass header.from=example.org",
);

describe("what the forwarder found counts", () => {
  test.each([["192.0.2.7"], ["2001:db8::7"]])("when the mail came from it: %s", (address) => {
    expect(foundByForwarder([received(address), passed], forwarder)).toEqual({
      spf: "PASS",
      dkim: "PASS",
      dmarc: "PASS",
      envelopeFrom: "asa@example.org",
    });
  });

  test("as what it says: a fail is a fail, and what it does not say is open", () => {
    const failed = results(
      "mx.example.se 1; spf=softfail smtp.mailfrom=<a@example.org>; dmarc=fail (p=reject)",
    );
    expect(foundByForwarder([received("192.0.2.7"), failed], forwarder)).toEqual({
      spf: "GRAY",
      dkim: "GRAY",
      dmarc: "FAIL",
      envelopeFrom: "a@example.org",
    });
  });
});

describe("nothing is found", () => {
  test.each([
    ["from another network", [received("198.51.100.7"), passed]],
    ["without SES's trace on top", [received("192.0.2.7", "mx.attacker.example"), passed]],
    [
      "where the forwarder's network stands further down",
      [received("198.51.100.7"), received("192.0.2.7"), passed],
    ],
    ["under another server's name", [received("192.0.2.7"), results("mx.example.org; dmarc=pass")]],
    ["when somebody has written one more in its name", [received("192.0.2.7"), passed, passed]],
    ["when it has written none", [received("192.0.2.7")]],
    ["for an address that is none", [received("192.0.2.7.7"), passed]],
    ["in a mail without fields", []],
  ])("%s", (_what, fields) => {
    expect(foundByForwarder(fields, forwarder)).toBeUndefined();
  });

  test("without a forwarder in the config", () => {
    expect(foundByForwarder([received("192.0.2.7"), passed], undefined)).toBeUndefined();
  });
});
