import type { System } from "../../local/system.ts";
import { rawMail } from "../../test/mail.ts";
import { withSystem } from "../bench-system.ts";
import type { Bench, Figure, ProvingCase } from "../case.ts";
import { type Outcome, outcomes, type Post, postAll, withFields } from "../mails.ts";

type Forgery = {
  what: string;
  fields: readonly string[];
  /** What SES found, as the front's greeting says it. */
  greeting?: string;
  trust: "verified" | "unknown" | "failed";
  /** A forged mark of a machine may silence us. Nothing in a mail may make us speak. */
  acknowledged: "yes" | "no" | "either";
};

const disowned = "verdict.dmarc-fail.spf-fail.dkim-fail";
const nobodyKnows = "verdict.dmarc-gray.spf-gray.dkim-gray";
const praised = (what: string, ...fields: string[]): Forgery => ({
  what,
  fields,
  greeting: disowned,
  trust: "failed",
  acknowledged: "no",
});
const embellished = (what: string, ...fields: string[]): Forgery => ({
  what,
  fields,
  greeting: nobodyKnows,
  trust: "unknown",
  acknowledged: "no",
});
const slandered = (what: string, ...fields: string[]): Forgery => ({
  what,
  fields,
  trust: "verified",
  acknowledged: "yes",
});
const silenced = (what: string, ...fields: string[]): Forgery => ({
  what,
  fields,
  trust: "verified",
  acknowledged: "either",
});

const token = "a".repeat(52);
const forgeries: readonly Forgery[] = [
  praised(
    "SES's verdicts",
    "X-SES-Spam-Verdict: PASS",
    "X-SES-Virus-Verdict: PASS",
    "X-SES-DMARC-Verdict: PASS",
  ),
  praised("SES's results", "Authentication-Results: amazonses.com; spf=pass; dkim=pass; dmarc=pass"),
  praised("a receipt", 'X-SES-RECEIPT: {"dmarcVerdict":{"status":"PASS"}}', "X-SES-DKIM-SIGNATURE: a=b"),
  embellished(
    "a chain of seals",
    "ARC-Authentication-Results: i=1; mx.example.se; dmarc=pass",
    "ARC-Seal: i=1; cv=pass",
  ),
  embellished("a signature", "DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=x; bh=x; b=x"),
  embellished("SPF's result", "Received-SPF: pass (inbound-smtp.amazonaws.com: domain of example.org)"),
  embellished(
    "Exchange's trust",
    "X-MS-Exchange-Organization-AuthAs: Internal",
    "X-MS-Exchange-Organization-SCL: -1",
  ),
  embellished("a trust of ours", "X-Servicecenter-Trust: verified", "X-Trust: verified", "Trust: verified"),
  embellished(
    "our own server's line",
    "Received: from mx.example.se by inbound-smtp.localhost with SMTP id 1; Mon, 1 Jan 2024 00:00:00 +0000",
  ),
  embellished("a return path below ours", "Return-Path: <kommunen@example.se>"),
  slandered("SES's verdicts, bad", "X-SES-Spam-Verdict: FAIL", "X-SES-Virus-Verdict: FAIL"),
  slandered(
    "results of others, bad",
    "Authentication-Results: amazonses.com; spf=fail; dkim=fail; dmarc=fail",
  ),
  slandered("called spam", "X-Spam-Flag: YES", "X-Spam-Status: Yes, score=99"),
  slandered("an empty return path below ours", "Return-Path: <>"),
  slandered(
    "our outbox's mark",
    "X-SES-OUTBOX: ack-1",
    "X-SES-MESSAGE-TAGS: outbox=ack-1",
    "X-SES-CONFIGURATION-SET: x",
  ),
  slandered(
    "a token of an envelope",
    `Delivered-To: svar+${token}@in.example.se`,
    `X-Original-To: svar+${token}@in.example.se`,
  ),
  slandered(
    "another unit's case",
    "X-Servicecenter-Case: BJO-2026-000001",
    "X-Unit: bygglov",
    "X-Case-Id: 1",
  ),
  silenced("a mark against loops", "X-Loop: kommunen@example.se"),
  silenced("our own automatic mark", "Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All"),
  silenced("our own id", "In-Reply-To: <0000@eu-north-1.amazonses.com>", "Precedence: bulk"),
];

/** Header lines that claim to be a server's, SES's or our own. None may lift or lower trust, move arrival, or lose a mail. */
export async function forgedFields(system: System, { say }: Bench): Promise<Figure> {
  const started = new Date().toISOString();
  const posts = forgeries.map(mailOf);
  const ids = await postAll(system, posts);
  await system.quiet();
  say(`${ids.length} mails`);
  const outcomeOf = await outcomes(system);
  const faults: string[] = [];
  let lost = 0;
  let silent = 0;
  for (const [n, forgery] of forgeries.entries()) {
    const outcome = await outcomeOf(ids[n] ?? "");
    if (outcome === undefined || outcome.cases.length !== 1) lost += 1;
    if (forgery.acknowledged === "either" && outcome?.acknowledgements.length === 0) silent += 1;
    const fault = faultOf(forgery, outcome, { started, raw: posts[n]?.raw ?? Buffer.alloc(0) });
    if (fault !== undefined) faults.push(`${forgery.what}: ${fault}`);
  }
  return {
    holds: faults.length === 0 && lost === 0,
    forgeries: forgeries.length,
    ignored: `${forgeries.length - faults.length}/${forgeries.length}`,
    lost,
    acknowledgementsSilenced: silent,
    faults,
  };
}

function faultOf(
  { trust, acknowledged }: Forgery,
  outcome: Outcome | undefined,
  { started, raw }: { started: string; raw: Buffer },
): string | undefined {
  if (outcome?.cases.length !== 1) return `${outcome?.cases.length ?? 0} cases`;
  if (outcome.archived?.includes(raw) !== true) return "not kept as it came";
  const found = String(outcome.message?.["trust"]);
  if (found !== trust) return `trust ${found}, not ${trust}`;
  const arrived = String(outcome.cases[0]?.["arrivedAt"]);
  if (arrived < started || arrived > new Date().toISOString()) return `arrived ${arrived}`;
  if (outcome.cases[0]?.["messageCount"] !== 1) return "not alone in its case";
  const sent = outcome.acknowledgements.length;
  const wanted = { yes: [1], no: [0], either: [0, 1] }[acknowledged];
  return wanted.includes(sent) ? undefined : `${sent} acknowledgements`;
}

function mailOf({ fields, greeting }: Forgery, n: number): Post {
  const from = `falsk${n}@example.org`;
  const raw = withFields(
    fields,
    rawMail({ from, subject: `Falsk ${n}`, messageId: `falsk-${n}@example.org` }),
  );
  return { raw, from, ...(greeting === undefined ? {} : { greeting }) };
}

export const r36: ProvingCase = {
  id: "R36",
  title: "header lines that claim to be a server's or our own",
  run: (bench) =>
    withSystem({ functionsAs: "threads", visibilitySeconds: 30 }, (system) => forgedFields(system, bench)),
};
