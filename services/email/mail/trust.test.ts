import { expect, test } from "vitest";
import { trustOf, type Verdict, type Verdicts } from "./trust.ts";

const all = (verdict: Verdict): Verdicts => ({
  spam: verdict,
  virus: verdict,
  spf: verdict,
  dkim: verdict,
  dmarc: verdict,
});
const from = "asa@example.org";

test.each([
  ["DMARC passed", { ...all("GRAY"), dmarc: "PASS" as const }, "x@elsewhere.example", from, "verified"],
  [
    "SPF passed for the same domain",
    { ...all("GRAY"), spf: "PASS" as const },
    "bounce@EXAMPLE.org",
    from,
    "verified",
  ],
  [
    "SPF passed for another domain",
    { ...all("GRAY"), spf: "PASS" as const },
    "x@elsewhere.example",
    from,
    "unknown",
  ],
  ["only DKIM passed", { ...all("GRAY"), dkim: "PASS" as const }, from, from, "unknown"],
  ["nothing was decided", all("GRAY"), from, from, "unknown"],
  ["checks did not run", all("PROCESSING_FAILED"), from, from, "unknown"],
  ["DMARC failed", { ...all("PASS"), dmarc: "FAIL" as const }, from, from, "failed"],
  ["spam", { ...all("PASS"), spam: "FAIL" as const }, from, from, "failed"],
  ["a virus", { ...all("PASS"), virus: "FAIL" as const }, from, from, "failed"],
  ["the mail has no From", all("PASS"), from, null, "unknown"],
  ["SPF passed for an empty sender", { ...all("GRAY"), spf: "PASS" as const }, "", "nobody", "unknown"],
])("%s", (_what, verdicts, envelopeFrom, headerFrom, trust) => {
  expect(trustOf(verdicts, envelopeFrom, headerFrom)).toBe(trust);
});

test("verdicts that were lost leave the sender unknown", () => {
  expect(trustOf(undefined, from, from)).toBe("unknown");
});
