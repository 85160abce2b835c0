import type { IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { type Refused, refuse } from "#shared/refusal.ts";
import { publicLookup } from "./public-lookup.ts";

/** `host-not-allowed`: also what is not https. `calendar-unreachable`: no answer in time, or not the calendar. */
export type FetchRefusal = "host-not-allowed" | "calendar-unreachable" | "calendar-too-large";

export type Connection = {
  /** Hosts, with the port where it is not 443, from which calendars are fetched. */
  allowedHosts: readonly string[];
  /** From the first lookup to the last byte, redirects and all. */
  timeoutMs?: number;
  /** How a connection is made; a test has a server of its own. */
  request?: typeof httpsRequest;
  lookup?: LookupFunction;
};

type Fetched = { text: string; etag: string | null };

const most = { bytes: 5_000_000, redirects: 3 };

/**
 * A calendar's text from its address, or `unchanged` when it is still what had this ETag. Only https, only the hosts that
 * are allowed by name, only public addresses, and a redirect only within the host.
 */
export async function fetchCalendar(
  address: string,
  etag: string | null,
  { allowedHosts, timeoutMs = 5_000, request = httpsRequest, lookup = publicLookup() }: Connection,
): Promise<Fetched | "unchanged" | Refused<FetchRefusal>> {
  const first = URL.parse(address);
  if (first === null || !mayBeFetched(first, allowedHosts)) return refuse("host-not-allowed");
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    let url = first;
    for (let redirects = 0; redirects <= most.redirects; redirects += 1) {
      const response = await ask(url, etag, { request, lookup, signal });
      const target = redirectOf(response, url);
      if (target === undefined) return await read(response, etag);
      response.destroy();
      if (target === null || target.protocol !== "https:" || target.host !== first.host) break;
      url = target;
    }
    return refuse("calendar-unreachable");
  } catch {
    // Broken off, refused, no such name, too slow: whatever it was, the calendar was not to be had.
    return refuse("calendar-unreachable");
  }
}

function mayBeFetched(url: URL, allowedHosts: readonly string[]): boolean {
  // An address in place of a name is never looked up, so it would not be checked.
  const isName = isIP(url.hostname.replace(/^\[|\]$/g, "")) === 0;
  return url.protocol === "https:" && isName && allowedHosts.includes(url.host);
}

type Asking = { request: typeof httpsRequest; lookup: LookupFunction; signal: AbortSignal };

function ask(url: URL, etag: string | null, { request, lookup, signal }: Asking): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = {
      Accept: "text/calendar",
      // Nothing is unpacked: what comes is no larger than it says.
      "Accept-Encoding": "identity",
      ...(etag === null ? {} : { "If-None-Match": etag }),
    };
    const { hostname, port, pathname, search } = url;
    request(
      {
        hostname,
        port: port === "" ? 443 : Number(port),
        path: `${pathname}${search}`,
        headers,
        lookup,
        signal,
        agent: false,
      },
      resolve,
    )
      .on("error", reject)
      .end();
  });
}

/** Where a response sends on: undefined when it does not, null when that is no address. */
function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | null | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode)) return undefined;
  return URL.parse(headers.location ?? "", from);
}

async function read(
  response: IncomingMessage,
  etag: string | null,
): Promise<Fetched | "unchanged" | Refused<FetchRefusal>> {
  const { statusCode, headers } = response;
  if (statusCode === 304 && etag !== null) {
    response.destroy();
    return "unchanged";
  }
  if (statusCode !== 200 || (headers["content-encoding"] ?? "identity") !== "identity") {
    response.destroy();
    return refuse("calendar-unreachable");
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Leaving the loop early also ends the connection.
  for await (const chunk of response) {
    bytes += chunk.length;
    if (bytes > most.bytes) return refuse("calendar-too-large");
    chunks.push(chunk);
  }
  return { text: Buffer.concat(chunks).toString("utf8"), etag: headers.etag ?? null };
}
