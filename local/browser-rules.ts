import { createHash } from "node:crypto";
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";

/** What the template lets a page of another origin do with a bucket's objects. */
export type CorsRule = {
  AllowedMethods: readonly string[];
  AllowedOrigins: readonly string[];
  AllowedHeaders?: readonly string[] | undefined;
  MaxAge?: number | undefined;
};

/** A browser's question before it sends something to another origin (https://fetch.spec.whatwg.org/#cors-preflight-fetch). */
export function isPreflight(method: string, headers: IncomingHttpHeaders): boolean {
  return method === "OPTIONS" && headers.origin !== undefined;
}

/**
 * The header fields by which a browser lets the page do it, or have the answer; undefined where no rule fits. The same for
 * the question before and for the request itself (https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html).
 */
export function corsFields(
  rules: readonly CorsRule[],
  method: string,
  headers: IncomingHttpHeaders,
): OutgoingHttpHeaders | undefined {
  const { origin } = headers;
  if (origin === undefined) return undefined;
  const wanted = String(headers["access-control-request-method"] ?? method);
  const asked = String(headers["access-control-request-headers"] ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  const rule = rules.find(
    ({ AllowedMethods, AllowedOrigins, AllowedHeaders = [] }) =>
      AllowedMethods.includes(wanted) &&
      AllowedOrigins.includes(origin) &&
      asked.every((name) => AllowedHeaders.includes(name)),
  );
  if (rule === undefined) return undefined;
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-methods": rule.AllowedMethods.join(", "),
    "access-control-allow-headers": asked.join(", "),
    "access-control-max-age": String(rule.MaxAge ?? 0),
    vary: "Origin",
  };
}

/**
 * Why S3 would not take a request at a presigned address: a field that is part of the signature is not there, or the bytes
 * are not those of the checksum. s3rver looks at neither.
 */
export function uploadFault(
  url: string,
  headers: IncomingHttpHeaders,
  body: Uint8Array | undefined,
): "SignatureDoesNotMatch" | "BadDigest" | undefined {
  const signed = new URL(url, "http://localhost").searchParams.get("X-Amz-SignedHeaders") ?? "";
  const missing = signed.split(";").some((name) => name !== "" && headers[name] === undefined);
  if (missing) return "SignatureDoesNotMatch";
  const checksum = headers["x-amz-checksum-sha256"];
  if (checksum === undefined || body === undefined) return undefined;
  return createHash("sha256").update(body).digest("base64") === checksum ? undefined : "BadDigest";
}
