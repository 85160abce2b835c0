import PostalMime from "postal-mime";
import type { SentMail } from "../../local/fronts/ses.ts";
import type { System } from "../../local/system.ts";
import { rawMail } from "../../test/mail.ts";
import { ask, change } from "../api-client.ts";
import { withSystem } from "../bench-system.ts";
import type { Bench, Figure, ProvingCase } from "../case.ts";
import { rowsOf } from "../invariants.ts";
import { type Outcome, outcomes, type Post, postAll, withFields } from "../mails.ts";
import { inParallel } from "../registrations.ts";

const attacker = "angripare@ond.example.net";

type Game = {
  what: string;
  /** The From line of the mail with the number n, and what else its header holds. */
  from: (n: number) => string;
  fields?: (n: number) => readonly string[];
  /** To whom we may write, as RFC 5322 reads the line. Empty: to nobody, since no program reads it for sure. */
  may: (n: number) => readonly string[];
};

const own = (n: number) => `spel${n}@example.org`;
const onlyOwn = (n: number) => [own(n)];
const plainly = (n: number) => `Spel <${own(n)}>`;
const beside = (what: string, ...fields: string[]): Game => ({
  what,
  from: plainly,
  fields: () => fields,
  may: onlyOwn,
});
const inFrom = (what: string, from: (n: number) => string, may: Game["may"] = onlyOwn): Game => ({
  what,
  from,
  may,
});

const games: readonly Game[] = [
  beside("Reply-To to another", `Reply-To: ${attacker}`),
  beside("Reply-To with our own and another's", `Reply-To: kommunen@example.se, ${attacker}`),
  {
    ...beside("fifty in Cc"),
    fields: () => [`Cc: ${Array.from({ length: 50 }, (_, n) => `kopia${n}@ond.example.net`).join(",\r\n ")}`],
  },
  beside(
    "Bcc, Sender and Resent-From",
    `Bcc: ${attacker}`,
    `Sender: ${attacker}`,
    `Resent-From: ${attacker}`,
  ),
  beside(
    "ways back of old",
    `Return-Receipt-To: ${attacker}`,
    `Disposition-Notification-To: ${attacker}`,
    `Errors-To: ${attacker}`,
    `Mail-Followup-To: ${attacker}`,
    `Mail-Reply-To: ${attacker}`,
  ),
  beside("a second From", `X: y\r\nReply-To: Spel <${attacker}>`),
  inFrom("an address as the name", (n) => `"${attacker}" <${own(n)}>`),
  inFrom("an encoded address as the name", (n) => `=?utf-8?Q?angripare=40ond.example.net=3E?= <${own(n)}>`),
  inFrom("a line end in the name", (n) => `=?utf-8?Q?a=0D=0ABcc:_angripare=40ond.example.net?= <${own(n)}>`),
  inFrom("a comment after the address", (n) => `${own(n)} (${attacker})`),
  inFrom("escaped quotes in the name", (n) => `"Spel \\"${attacker}\\"" <${own(n)}>`),
  inFrom(
    "a plus and an equals sign",
    (n) => `spel${n}+angripare=ond.example.net@example.org`,
    (n) => [`spel${n}+angripare=ond.example.net@example.org`],
  ),
  inFrom(
    "a look-alike in punycode",
    (n) => `Spel <spel${n}@xn--exmple-cua.org>`,
    (n) => [`spel${n}@xn--exmple-cua.org`],
  ),
  inFrom(
    "a look-alike as it is written",
    (n) => `Spel <spel${n}@ex\u00e4mple.org>`,
    (n) => [`spel${n}@ex\u00e4mple.org`, `spel${n}@xn--exmple-cua.org`],
  ),
  inFrom("a group", (n) => `Grupp: ${own(n)}, ${attacker};`),
  inFrom("two senders", (n) => `${own(n)}, ${attacker}`),
  inFrom(
    "a quoted @ in the local part",
    (n) => `"${attacker.replace("@", `${n}@`)}"@example.org`,
    (n) => [`"${attacker.replace("@", `${n}@`)}"@example.org`],
  ),
  inFrom("a route of old", (n) => `<@ond.example.net:${own(n)}>`),
  inFrom(
    "a NUL in the address",
    (n) => `spel${n}@example.org\u0000${attacker}`,
    () => [],
  ),
  inFrom("an unclosed bracket", (n) => `<${own(n)}`),
];

type Size = { mails: number; answersEach: number };

/** An agent's answer goes to the address that stands on the case and that they saw, whatever else the mail names. */
export async function recipientGames(
  system: System,
  { say }: Bench,
  { mails, answersEach }: Size,
): Promise<Figure> {
  const before = system.sent().length;
  const played = Array.from({ length: mails }, (_, n) => games[n % games.length] as Game);
  const ids = await postAll(system, played.map(mailOf));
  await system.quiet();
  const outcomeOf = await outcomes(system);
  const all = await Promise.all(ids.map(outcomeOf));
  say(`${mails} mails came`);
  const shown = new Map<string, string | null>();
  let answered = 0;
  await inParallel(all, 4, async (outcome) => {
    const caseId = String(outcome?.cases[0]?.["caseId"] ?? "");
    const { address, version } = await addressShown(system, caseId);
    shown.set(caseId, address);
    if (address === null) return;
    const taken = await answerOften(system, { caseId, version }, answersEach);
    answered += taken;
  });
  await system.quiet();
  const sent = system.sent().slice(before);
  const faults = await wrongRecipients(system, { played, all, shown, sent });
  return {
    holds: faults.length === 0 && answered > 0 && sent.length > answered,
    games: games.length,
    mails,
    casesWithoutAnAddress: [...shown.values()].filter((address) => address === null).length,
    mailsOut: sent.length,
    answers: answered,
    wrongRecipients: faults.length,
    faults: [...new Set(faults)].slice(0, 10),
  };
}

const amina = { sub: "amina" };

/** The address that an agent sees on the case, if an answer can go there. */
async function addressShown(system: System, caseId: string) {
  const { body } = await ask(system, `/cases/${caseId}`, amina);
  const address: string | null = body.noMail === null ? body.case.sender.address : null;
  return { address, version: Number(body.case.version) };
}

/** Answers so many times, one after the other. Returns how many answers were taken. */
async function answerOften(
  system: System,
  { caseId, version }: { caseId: string; version: number },
  times: number,
): Promise<number> {
  let seen = version;
  for (let n = 1; n <= times; n += 1) {
    const content = { version: seen, text: `Svar ${n}.`, close: false };
    const { status, body } = await change(system, `/cases/${caseId}/answer`, amina, content);
    if (status !== 200) throw new Error(`an answer was not taken: ${JSON.stringify(body.error)}`);
    seen = body.case.version;
  }
  return times;
}

type Played = {
  played: readonly Game[];
  all: readonly (Outcome | undefined)[];
  shown: ReadonlyMap<string, string | null>;
  sent: readonly SentMail[];
};

/** Every mail that SES took, against what the agent saw and what may be read from the line. */
async function wrongRecipients(system: System, { played, all, shown, sent }: Played): Promise<string[]> {
  const numberOf = new Map(all.map((outcome, n) => [String(outcome?.cases[0]?.["caseId"]), n]));
  const rows = await rowsOf(system, "CasesTable");
  const caseOf = new Map(rows.map((row) => [String(row["messageId"]), String(row["pk"]).split("#").at(-1)]));
  const faults: string[] = [];
  for (const mail of sent) {
    const [, kind, id = ""] = /^(ack|answer)-(.+)$/.exec(mail.tags["outbox"] ?? "") ?? [];
    const caseId = kind === "ack" ? id : (caseOf.get(id) ?? "");
    const n = numberOf.get(caseId) ?? -1;
    const game = played[n];
    const address = shown.get(caseId);
    const recipients = await recipientsOf(mail);
    const may = game?.may(n) ?? [];
    if (mail.to.length !== 1 || mail.to[0] !== address || recipients.some((one) => !may.includes(one)))
      faults.push(`${game?.what}: shown ${address}, went to ${recipients.join(" and ")}`);
  }
  return faults;
}

/** Whom SES was told to write to, and whom the mail itself names. */
async function recipientsOf({ to, raw }: SentMail): Promise<string[]> {
  const mail = await PostalMime.parse(raw);
  const named = [...(mail.to ?? []), ...(mail.cc ?? []), ...(mail.bcc ?? [])];
  return [...to, ...named.flatMap((one) => (one.group ?? [one]).map(({ address = "" }) => address))];
}

function mailOf({ from, fields }: Game, n: number): Post {
  const raw = rawMail({ from: from(n), subject: `Spel ${n}`, messageId: `spel-${n}@example.org` });
  return { raw: withFields(fields?.(n) ?? [], raw), from: own(n) };
}

export const r35: ProvingCase = {
  id: "R35",
  title: "mails that would have an answer go elsewhere",
  run: (bench) =>
    withSystem({ functionsAs: "threads", visibilitySeconds: 30 }, (system) =>
      recipientGames(system, bench, { mails: 240, answersEach: 4 }),
    ),
};
