import { BlockList } from "node:net";
import type { Verdict } from "./trust.ts";

/** The municipality's own mail server, which hands us its mail: forwarding breaks SPF, so what it found counts. */
export type Forwarder = { authservId: string; networks: readonly string[] };

type Field = { key: string; value: string };

/** What the forwarder found, and the envelope's sender as it had it. */
export type Found = { spf: Verdict; dkim: Verdict; dmarc: Verdict; envelopeFrom: string };

/**
 * What the configured forwarder says of a mail's sender in its Authentication-Results (RFC 8601), when the mail came from
 * one of its networks: SES itself wrote that address, in the topmost Received. Anybody can write such a field further down,
 * so two of them under the forwarder's name say nothing. The forwarder must take away those that others wrote in its name, as
 * RFC 8601 §5 asks.
 */
export function foundByForwarder(
  fields: readonly Field[],
  forwarder: Forwarder | undefined,
): Found | undefined {
  if (forwarder === undefined || !cameFrom(fields, forwarder.networks)) return undefined;
  const results = fields.filter(
    ({ key, value }) => key === "authentication-results" && authservIdOf(value) === forwarder.authservId,
  );
  const [only] = results;
  if (only === undefined || results.length > 1) return undefined;
  return {
    spf: resultOf(only.value, "spf"),
    dkim: resultOf(only.value, "dkim"),
    dmarc: resultOf(only.value, "dmarc"),
    envelopeFrom: /smtp\.mailfrom=["<]?([^\s;">]{1,320})/i.exec(only.value)?.[1]?.toLowerCase() ?? "",
  };
}

/** The address that SES took the mail from (RFC 5321 §4.4), as its own server wrote it on top. */
function cameFrom(fields: readonly Field[], networks: readonly string[]): boolean {
  const received = fields.find(({ key }) => key === "received")?.value ?? "";
  const address = /^from [^()]{0,300}\([^[\]()]{0,300}\[([0-9a-f.:]{2,45})\]\)\s+by inbound-smtp\./i.exec(
    received,
  )?.[1];
  if (address === undefined) return false;
  const known = new BlockList();
  for (const network of networks) {
    const [base = "", bits = ""] = network.split("/");
    known.addSubnet(base, Number(bits), base.includes(":") ? "ipv6" : "ipv4");
  }
  return known.check(address, address.includes(":") ? "ipv6" : "ipv4");
}

function authservIdOf(value: string): string {
  return /^\s{0,5}([^\s;]{1,255})/.exec(value)?.[1]?.toLowerCase() ?? "";
}

/** RFC 8601 §2.7: `pass` is a pass; only a definite `fail` is one. */
function resultOf(value: string, method: "spf" | "dkim" | "dmarc"): Verdict {
  const results = [...value.matchAll(/(?:^|[;\s])(spf|dkim|dmarc)=([a-z]{1,20})/gi)]
    .filter(([, name]) => name?.toLowerCase() === method)
    .map(([, , result]) => result?.toLowerCase());
  if (results.includes("pass")) return "PASS";
  return results.includes("fail") ? "FAIL" : "GRAY";
}
