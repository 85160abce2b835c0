import PostalMime from "postal-mime";
import { trustOf, type Verdict, type Verdicts } from "#services/email/mail/trust.ts";
import { claim } from "#services/email/outbox-table.ts";
import { acknowledge, acknowledgementsPerDay } from "#services/email/outgoing/acknowledgement.ts";
import { municipality } from "#shared/config.ts";
import { isRefused } from "#shared/refusal.ts";
import type { System } from "../../local/system.ts";
import { rawMail } from "../../test/mail.ts";
import { withSystem } from "../bench-system.ts";
import { type Bench, between, type Figure, type ProvingCase } from "../case.ts";
import { letterIn } from "../letters.ts";
import { outcomes, type Post, postAll } from "../mails.ts";
import { inParallel } from "../registrations.ts";
import { withTable } from "../tables.ts";

/** Words that the attacker would have us carry. */
const canary = "kopbilligapiller";

type Attack = { raw: Buffer; victim: string; envelopeFrom: string; verdicts: Verdicts; vouchedFor: boolean };

type Size = { mails: number; victims: number; throughSmtp: number };

/** Mails in the name of victims, most of them disowned: what would be sent to whom, and what our mails to them say. */
export async function backscatter(system: System, bench: Bench, size: Size): Promise<Figure> {
  const decided = await inProcess(bench, size);
  const sent = await throughSmtp(system, bench, size.throughSmtp);
  return {
    holds:
      decided.toUnvouched === 0 &&
      decided.vouched > 0 &&
      decided.mostToOne <= acknowledgementsPerDay &&
      decided.tooMany > 0 &&
      sent.toUnvouched === 0 &&
      sent.acknowledgements > 0 &&
      sent.mostToOne <= acknowledgementsPerDay &&
      sent.withAttackersWords === 0 &&
      sent.lost === 0,
    ...decided,
    allowedPerDay: acknowledgementsPerDay,
    throughSmtp: sent,
  };
}

/** The attack goes on through a day. */
const midnight = new Date("2026-11-23T23:00:00Z");
const lastsMs = 22 * 3_600_000;

/** Each mail parsed, judged by its verdicts, decided on and claimed as the functions do it; nothing is sent. */
async function inProcess({ random, say }: Bench, { mails, victims }: Size) {
  return await withTable("EmailTable", async (table) => {
    const attacks = Array.from({ length: mails }, (_, n) => attackOf(n, victims, random));
    const { domain, subdomain } = municipality().mail;
    const to = new Map<string, number>();
    let toUnvouched = 0;
    let tooMany = 0;
    let done = 0;
    await inParallel(attacks, 8, async (attack, n) => {
      const letter = await letterIn(attack.raw);
      const address = letter.from?.address ?? null;
      const decision = acknowledge({
        readable: letter.unreadable === null,
        address,
        ownDomains: [domain, subdomain],
        addressee: "official",
        access: "intake",
        nature: letter.nature,
        kind: "question",
        writer: letter.writer,
        trust: trustOf(attack.verdicts, attack.envelopeFrom, address),
      });
      done += 1;
      if (done % 1_000 === 0) say(`${done} of ${mails} decided`);
      if (isRefused(decision)) return;
      const caseId = n.toString(16).padStart(32, "0");
      const mail = {
        outboxId: `ack-${caseId}`,
        kind: "acknowledgement",
        caseId,
        to: decision.to,
        due: { type: "CaseOpened" },
      } as const;
      const outcome = await claim(table, mail, new Date(midnight.getTime() + (n / mails) * lastsMs));
      if (outcome === "too-many-today") tooMany += 1;
      if (typeof outcome === "string") return;
      if (!attack.vouchedFor || decision.to !== attack.victim) toUnvouched += 1;
      to.set(decision.to, (to.get(decision.to) ?? 0) + 1);
    });
    const counts = [...to.values()];
    return {
      mails,
      victims,
      vouched: attacks.filter(({ vouchedFor }) => vouchedFor).length,
      acknowledgements: counts.reduce((sum, count) => sum + count, 0),
      toUnvouched,
      tooMany,
      mostToOne: Math.max(0, ...counts),
    };
  });
}

const pass: Verdicts = { spam: "PASS", virus: "PASS", spf: "PASS", dkim: "PASS", dmarc: "PASS" };
const bad: readonly Verdict[] = ["FAIL", "GRAY", "PROCESSING_FAILED", "DISABLED"];

/** One in eight is vouched for; the others are disowned, unknown to anybody, spam, or sent from another domain. */
function attackOf(n: number, victims: number, random: () => number): Attack {
  const victim = `offer${between(random, 0, victims - 1)}@example.org`;
  const raw = mailOf(victim, n, random);
  const aligned = { raw, victim, envelopeFrom: victim };
  const unaligned = { raw, victim, envelopeFrom: `skickare@angripare${between(random, 0, 9)}.example.net` };
  const some = () => bad[between(random, 0, bad.length - 1)] ?? "GRAY";
  switch (n % 8) {
    case 0:
      return { ...aligned, verdicts: pass, vouchedFor: true };
    case 1:
      return { ...aligned, verdicts: { ...pass, dmarc: "FAIL" }, vouchedFor: false };
    case 2:
      return { ...unaligned, verdicts: { ...pass, dmarc: some() }, vouchedFor: false };
    case 3:
      return { ...aligned, verdicts: { ...pass, dmarc: "GRAY", spf: some() }, vouchedFor: false };
    case 4:
      return { ...aligned, verdicts: { ...pass, spam: "FAIL" }, vouchedFor: false };
    case 5:
      return { ...aligned, verdicts: { ...pass, virus: "FAIL" }, vouchedFor: false };
    case 6:
      return { ...unaligned, envelopeFrom: "", verdicts: { ...pass, dmarc: "GRAY" }, vouchedFor: false };
    default:
      return {
        ...aligned,
        verdicts: { ...pass, dkim: "PASS", spf: some(), dmarc: some() },
        vouchedFor: false,
      };
  }
}

/** The attacker's words wherever a mail can hold them. */
function mailOf(victim: string, n: number, random: () => number): Buffer {
  const name = [canary, `"${canary} & Co"`, `=?utf-8?Q?${canary}=0D=0A?=`][n % 3];
  return rawMail({
    from: `${name} <${victim}>`,
    to: `${canary} <kommunen@example.se>`,
    subject: `${canary} ${between(random, 1, 1_000_000)}`,
    messageId: `${n}.${between(random, 1, 1_000_000)}@angripare.example.net`,
    text: `${canary} https://angripare.example.net/${canary}`,
  });
}

/** The same through the whole system: what SES took, to whom, and what it says. */
async function throughSmtp(system: System, { random }: Bench, count: number) {
  const attacks = Array.from({ length: count }, (_, n) => attackOf(n, Math.max(2, count / 50), random));
  const ids = await postAll(system, attacks.map(postOf));
  await system.quiet();
  const outcomeOf = await outcomes(system);
  const all = await Promise.all(ids.map(outcomeOf));
  const toUnvouched = all.filter(
    (outcome, n) => !attacks[n]?.vouchedFor && (outcome?.acknowledgements.length ?? 0) > 0,
  ).length;
  const sent = all.flatMap((outcome) => outcome?.acknowledgements ?? []);
  const perVictim = Map.groupBy(sent, ({ to }) => to.join());
  let withAttackersWords = 0;
  for (const { raw } of sent) {
    const { subject, text, headers } = await PostalMime.parse(raw);
    const said = `${raw.toString("latin1")} ${subject} ${text} ${JSON.stringify(headers)}`.toLowerCase();
    // The id of the mail that is answered must stand there; it is in no text that anybody sees.
    if (said.includes(canary)) withAttackersWords += 1;
  }
  return {
    mails: count,
    lost: all.filter((outcome) => outcome?.cases.length !== 1).length,
    acknowledgements: sent.length,
    toUnvouched,
    mostToOne: Math.max(0, ...[...perVictim.values()].map((mails) => mails.length)),
    withAttackersWords,
  };
}

function postOf({ raw, envelopeFrom, verdicts }: Attack): Post {
  const words = Object.entries(verdicts).map(
    ([name, status]) => `${name}-${status.toLowerCase().replaceAll("_", "-")}`,
  );
  return { raw, from: envelopeFrom, greeting: ["verdict", ...words].join(".") };
}

export const r31: ProvingCase = {
  id: "R31",
  title: "5 000 mails in the name of victims: whom we would write to",
  run: (bench) =>
    withSystem({ functionsAs: "threads", visibilitySeconds: 30 }, (system) =>
      backscatter(system, bench, { mails: 5_000, victims: 50, throughSmtp: 400 }),
    ),
};
