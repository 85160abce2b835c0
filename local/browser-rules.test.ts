import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { corsFields, isPreflight, uploadFault } from "./browser-rules.ts";

const origin = "http://localhost:3000";
const rules = [
  { AllowedMethods: ["PUT"], AllowedOrigins: [origin], AllowedHeaders: ["content-type"], MaxAge: 60 },
];
const asks = (method: string, fields = "content-type", from = origin) => ({
  origin: from,
  "access-control-request-method": method,
  "access-control-request-headers": fields,
});

describe("a page of another origin", () => {
  test("is told what the bucket's rule lets it do", () => {
    expect(isPreflight("OPTIONS", asks("PUT"))).toBe(true);
    expect(corsFields(rules, "OPTIONS", asks("PUT"))).toMatchObject({
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "PUT",
      "access-control-max-age": "60",
    });
    expect(corsFields(rules, "PUT", { origin })).toMatchObject({ "access-control-allow-origin": origin });
  });

  test.each([
    ["another method", asks("DELETE")],
    ["another field", asks("PUT", "content-type, x-amz-acl")],
    ["another origin", asks("PUT", "content-type", "https://evil.example")],
    ["no origin", {}],
  ])("is told nothing with %s", (_what, headers) => {
    expect(corsFields(rules, "OPTIONS", headers)).toBeUndefined();
  });

  test("is told nothing by a bucket without rules", () => {
    expect(corsFields([], "OPTIONS", asks("PUT"))).toBeUndefined();
  });
});

describe("at a presigned address", () => {
  const body = Buffer.from("Beslut");
  const sum = createHash("sha256").update(body).digest("base64");
  const address = "/b/out/x?X-Amz-SignedHeaders=host%3Bx-amz-checksum-sha256";
  const fields = (checksum: string) => ({ host: "127.0.0.1", "x-amz-checksum-sha256": checksum });

  test.each([
    ["the signed bytes are taken", address, fields(sum), undefined],
    ["other bytes are not", address, fields(Buffer.alloc(32).toString("base64")), "BadDigest"],
    ["none without the signed field", address, { host: "127.0.0.1" }, "SignatureDoesNotMatch"],
    ["what is signed in the header is not looked at", "/b/out/x", { host: "127.0.0.1" }, undefined],
  ])("%s", (_what, url, headers, fault) => {
    expect(uploadFault(url, headers, body)).toBe(fault);
  });
});
