import { createHash } from "node:crypto";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { type Around, styleOf } from "./layout.tsx";

/** Nothing runs, nothing is fetched, nothing is kept, and no page that is linked to learns the address. */
export function pageHeaders(around: Around): Record<string, string> {
  const styleHash = createHash("sha256").update(styleOf(around)).digest("base64");
  return {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
    "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  };
}

/** A page as HTTP answers it. */
export function htmlPage(statusCode: number, content: VNode, around: Around) {
  return {
    statusCode,
    headers: pageHeaders(around),
    body: `<!doctype html>${renderToString(content)}`,
  };
}
