import type { Trust } from "../events.ts";

export type Verdict = "PASS" | "FAIL" | "GRAY" | "PROCESSING_FAILED" | "DISABLED";

/** SES's verdicts on one delivery (https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html). */
export type Verdicts = { spam: Verdict; virus: Verdict; spf: Verdict; dkim: Verdict; dmarc: Verdict };

/**
 * How sure we are of the sender. *Failed*: SES found spam, a virus, or a sender domain whose DMARC policy disowns the
 * mail. *Verified*: DMARC passed, or SPF passed for the same domain as in From. All else, and a mail whose verdicts
 * were lost, is *unknown*: it becomes a case like any other, but nothing automatic is sent to it.
 */
export function trustOf(
  verdicts: Verdicts | undefined,
  envelopeFrom: string,
  headerFrom: string | null,
): Trust {
  if (verdicts === undefined) return "unknown";
  if ([verdicts.spam, verdicts.virus, verdicts.dmarc].includes("FAIL")) return "failed";
  if (headerFrom === null) return "unknown";
  if (verdicts.dmarc === "PASS") return "verified";
  const aligned = domainOf(envelopeFrom) === domainOf(headerFrom) && domainOf(headerFrom) !== "";
  return verdicts.spf === "PASS" && aligned ? "verified" : "unknown";
}

function domainOf(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 0 ? "" : address.slice(at + 1).toLowerCase();
}
