import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foundByForwarder } from "./forwarder.ts";
import { trustOf } from "./trust.ts";

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

/** What is found in the forwarder's field when it says this. */
const found = (said: string) =>
  foundByForwarder([received("192.0.2.7"), results(`mx.example.se; ${said}`)], forwarder);

describe("of what the sender chose nothing is a result", () => {
  const silent = { spf: "GRAY", dkim: "GRAY", dmarc: "GRAY", envelopeFrom: "" } as const;

  test("a pass of the greeting's name is none of the envelope's sender", () => {
    const said =
      "spf=pass smtp.helo=mail.evil.example; spf=softfail smtp.mailfrom=ordf@forening.se; dkim=none; dmarc=none";
    expect(found(said)).toEqual({ ...silent, envelopeFrom: "ordf@forening.se" });
    const verdicts = { spam: "PASS", virus: "PASS", ...silent, ...found(said) } as const;
    expect(trustOf(verdicts, "ordf@forening.se", "ordf@forening.se")).toBe("unknown");
  });

  test("a local part that looks like a result passes for none", () => {
    const said =
      'spf=fail (mx: domain of "x dmarc=pass"@evil.example does not designate it) smtp.mailfrom="x dmarc=pass"@evil.example; dmarc=fail';
    expect(found(said)).toEqual({ ...silent, spf: "FAIL", dmarc: "FAIL" });
  });

  test.each([
    ["a comment", "dmarc=none (dmarc=pass)"],
    ["a comment within a comment", "dmarc=none (a (b) ; dmarc=pass)"],
    ["a comment with an escaped end", "dmarc=none (a \\) ; dmarc=pass)"],
    ["a comment that a quoted local part ends", 'spf=none (domain of "x) ; dmarc=pass ("@evil.example)'],
    ["a quoted string", 'spf=none reason="; dmarc=pass; spf=pass smtp.mailfrom=a@example.org"'],
    ["a quoted string with an escaped end", 'spf=none reason="a\\" ; dmarc=pass ; dkim=pass"'],
    ["a property", "spf=none x=y dmarc=pass dkim=pass"],
    ["a word that ends like one", "xdmarc=pass; policy.dmarc=pass"],
    ["a comment that never ends", "dmarc=pass (a"],
    ["a comment that never began", "dmarc=pass a)"],
    ["a quoted string that never ends", 'dkim=pass; dmarc=pass reason="a'],
    ["a lone backslash", "dmarc=pass \\"],
    ["a result in quotes", '"dmarc"=pass; dmarc="pass"'],
    ["another result than itself", "dmarc=passed; dkim=pass-all"],
    ["nothing", "none"],
  ])("%s", (_what, said) => {
    expect(found(said)).toEqual(silent);
  });

  test("nor of what stands beside the server's name", () => {
    const beside = results("mx.example.se dmarc=pass");
    expect(foundByForwarder([received("192.0.2.7"), beside], forwarder)).toEqual(silent);
  });

  test.each([
    ['"ordf@forening.se"@evil.example', ""],
    ['"x smtp.mailfrom=ordf@forening.se"@evil.example', ""],
    ["ordf@forening.se(x)@evil.example", ""],
    ["<ordf@forening.se>@evil.example", ""],
    ["<>", ""],
    ['""', ""],
    ["a@example.org smtp.mailfrom=b@example.org", ""],
    ["a@example.org; spf=pass smtp.mailfrom=b@example.org", ""],
    ['"Asa@example.org"', "asa@example.org"],
  ])("of the envelope's sender %s it is %s", (address, envelopeFrom) => {
    expect(found(`spf=pass smtp.mailfrom=${address}`)?.envelopeFrom).toBe(envelopeFrom);
  });

  test("an address longer than any may be is none, rather than its beginning", () => {
    const long = `${"a".repeat(303)}@forening.se.evil.example`;
    expect(found(`spf=pass smtp.mailfrom=${long}`)?.envelopeFrom).toBe("");
  });

  test("whatever stands in comments and quoted strings after the results, none of it is a pass", () => {
    const letters = fc.string({
      unit: fc.constantFrom(
        ...'();"\\ =',
        "dmarc=pass",
        "spf=pass smtp.mailfrom=a@example.org",
        ";dkim=pass;",
      ),
      maxLength: 12,
    });
    const escaped = (text: string) => text.replace(/[()"\\]/g, "\\$&");
    fc.assert(
      fc.property(letters, letters, (inComment, inQuotes) => {
        const said = `spf=none (${escaped(inComment)}) reason="${escaped(inQuotes)}"; dkim=none; dmarc=none`;
        expect(found(said)).toEqual(silent);
      }),
    );
  });

  test("whatever stands there, nothing is thrown, and a fail is no pass", () => {
    const letters = fc.string({ unit: fc.constantFrom(...'();"\\ =', "dmarc=pass", "a"), maxLength: 30 });
    fc.assert(
      fc.property(letters, (said) => {
        expect(found(`dmarc=fail; ${said}`)?.dmarc).toBe("FAIL");
      }),
    );
  });
});

describe("of several results of one method", () => {
  const of = (domain: string, result: string) => `spf=${result} smtp.mailfrom=a@${domain}`;
  test.each([
    ["one fail beats a pass", "dmarc=pass; dmarc=fail", { dmarc: "FAIL" }],
    ["no pass stands beside another result", "dmarc=none; dmarc=pass", { dmarc: "GRAY" }],
    [
      "SPF's fail beats its pass",
      `${of("example.org", "pass")}; ${of("example.org", "fail")}`,
      { spf: "FAIL" },
    ],
    ["one signature that holds is enough", "dkim=fail header.d=a.example; dkim=pass", { dkim: "PASS" }],
    ["signatures that all fail fail", "dkim=fail; dkim=none", { dkim: "FAIL" }],
  ])("%s", (_what, said, verdicts) => {
    expect(found(said)).toMatchObject(verdicts);
  });
});

test("white space, comments and capitals change nothing", () => {
  const said =
    'SPF = Pass (mx: 5" rack, (nested) "quoted") smtp.MailFrom = (who) Asa@Example.org ;\tDKIM=pass(2048-bit key)\n header.d=example.org;DMARC=PASS (p="none")';
  expect(found(said)).toEqual({ spf: "GRAY", dkim: "GRAY", dmarc: "GRAY", envelopeFrom: "" });
  expect(found(said.replace('5" rack', "rack"))).toEqual({
    spf: "PASS",
    dkim: "PASS",
    dmarc: "PASS",
    envelopeFrom: "asa@example.org",
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
