import PostalMime from "postal-mime";
import { type Case, formatCaseNumber } from "#services/cases/register/case.ts";
import { registerMail } from "#services/cases/register/registration.ts";
import { caseIdIn, caseTokens, isTokenOf } from "#shared/case-token.ts";
import { municipality } from "#shared/config.ts";
import { base32, fromBase32, shortHash } from "#shared/ids.ts";
import { isRefused } from "#shared/refusal.ts";
import { listenKms } from "../../local/fronts/kms.ts";
import type { System } from "../../local/system.ts";
import { incomingMail, nothingKnown, openCase, opening } from "../../test/cases.ts";
import { rawMail } from "../../test/mail.ts";
import { withSystem } from "../bench-system.ts";
import { type Bench, between, type Figure, type ProvingCase } from "../case.ts";
import { letterIn } from "../letters.ts";
import { outcomes, type Post, postAll, withFields } from "../mails.ts";
import { inParallel } from "../registrations.ts";
import { asDeployed } from "../tables.ts";

const now = new Date("2026-11-24T08:00:00Z");
const linkKey = "alias/links";

/** A case of somebody's, and all that could lead a mail to it. */
type Target = {
  theCase: Case;
  threadId: string;
  address: string;
  tokens: { page: string; reply: string };
  /** The reply token of a link that was made void since. */
  voided: string;
};

/** What a stranger has: a number that anybody can guess, an id that they have seen, a token that they make up. */
type Guess = { post: Post; trust: "verified" | "unknown" };

type Aim = { number: string; threadId: string; address: string; page: string; reply: string; voided: string };

const kinds = [
  "number in the subject",
  "number as we write it",
  "number in the text",
  "several numbers",
  "id of the thread",
  "id of the thread, in the victim's name",
  "token made up",
  "token of the case with another end",
  "token of the page",
  "token made void",
] as const;

function guess(n: number, aim: Aim, random: () => number): Guess {
  const from = `framling${n}@example.net`;
  const subject = `Gissning ${n}`;
  const mail = (changes: Parameters<typeof rawMail>[0]) =>
    rawMail({ from, subject, messageId: `gissning-${n}@example.net`, ...changes });
  const verified = (raw: Buffer): Guess => ({ post: { raw, from }, trust: "verified" });
  const toToken = (token: string): Guess => ({
    post: { raw: mail({}), from, to: [`svar+${token}@in.example.se`] },
    trust: "verified",
  });
  switch (kinds[n % kinds.length]) {
    case "number in the subject":
      return verified(mail({ subject: aim.number }));
    case "number as we write it":
      return verified(mail({ subject: `Sv: Soptunnan [${aim.number}]` }));
    case "number in the text":
      return verified(mail({ text: `Ärendenummer: ${aim.number}. Undrar du något mer? ${aim.page}` }));
    case "several numbers":
      return verified(mail({ subject: `#${aim.number}, (${aim.number}) ${aim.number}!`, text: aim.number }));
    case "id of the thread":
      return verified(
        withFields([`In-Reply-To: <${aim.threadId}>`, `References: <${aim.threadId}>`], mail({})),
      );
    case "id of the thread, in the victim's name":
      return {
        post: {
          raw: withFields([`References: <${aim.threadId}>`], mail({ from: aim.address })),
          from,
          greeting: "verdict.dmarc-gray.spf-pass.dkim-gray",
        },
        trust: "unknown",
      };
    case "token made up":
      return toToken(base32(bytes(32, random)));
    case "token of the case with another end":
      return toToken(withAnotherEnd(aim.reply, random));
    case "token of the page":
      return toToken(aim.page);
    default:
      return toToken(aim.voided);
  }
}

function bytes(count: number, random: () => number): Uint8Array {
  return Uint8Array.from({ length: count }, () => between(random, 0, 255));
}

/** The case's own id, and one to sixteen bytes of the secret half changed. */
function withAnotherEnd(token: string, random: () => number): string {
  const all = Uint8Array.from(fromBase32(token) ?? []);
  for (let changes = between(random, 1, 16); changes > 0; changes -= 1) {
    const place = between(random, 16, all.length - 1);
    all[place] = ((all[place] ?? 0) + between(random, 1, 255)) % 256;
  }
  const changed = base32(all);
  // Changes may undo one another.
  return changed === token ? withAnotherEnd(token, random) : changed;
}

/** The rules by which a mail finds its case, on cases in memory: parsed, its token asked for, and decided. */
async function inProcess({ random, say }: Bench, guesses: number, targets: number) {
  asDeployed();
  const kms = await listenKms(undefined);
  process.env["AWS_ENDPOINT_URL_KMS"] = kms.url;
  try {
    const world = await Promise.all(Array.from({ length: targets }, (_, n) => targetNumber(n)));
    const byId = new Map(world.map((target) => [target.theCase.caseId, target]));
    const byThread = new Map(world.map((target) => [shortHash(target.threadId), target]));
    /** Whose case a mail would go to; undefined for one of its own. */
    const attachedTo = async ({ post, trust }: Guess): Promise<string | undefined> => {
      const letter = await letterIn(post.raw, post.to);
      const mail = incomingMail({
        mailId: letter.mailId,
        trust,
        sender: letter.from,
        subject: letter.subject,
        threadKey: letter.threadKey,
        isReply: letter.isReply,
      });
      let tokenCase: Case | undefined;
      for (const token of letter.replyTokens) {
        const target = byId.get(caseIdIn(token) ?? "");
        if (target !== undefined && (await isTokenOf(linkKey, "reply", target.theCase, token)))
          tokenCase = target.theCase;
      }
      const thread = byThread.get(letter.threadKey ?? "");
      const known = {
        ...nothingKnown,
        tokenCase,
        thread: thread === undefined ? undefined : { caseId: thread.theCase.caseId, rootSeen: true },
        threadCase: thread?.theCase,
      };
      const decision = registerMail(mail, known, opening, now);
      if (isRefused(decision)) throw new Error("refused");
      return decision.kind === "continued" ? decision.next.caseId : undefined;
    };
    let attached = 0;
    let done = 0;
    const missed: string[] = [];
    await inParallel(Array.from({ length: guesses }), 8, async (_, n) => {
      const target = world[between(random, 0, world.length - 1)] as Target;
      if ((await attachedTo(guess(n, aimAt(target), random))) !== undefined) {
        attached += 1;
        missed.push(kinds[n % kinds.length] ?? "");
      }
      done += 1;
      if (done % 20_000 === 0) say(`${done} of ${guesses} guesses`);
    });
    // Those who may: with our token from any address, and as themselves in the thread.
    let welcome = 0;
    for (const [n, target] of world.entries()) {
      const raw = rawMail({ from: `van${n}@example.net`, messageId: `van-${n}@example.net` });
      const withToken: Guess = {
        post: { raw, to: [`svar+${target.tokens.reply}@in.example.se`] },
        trust: "verified",
      };
      const self = withFields([`References: <${target.threadId}>`], rawMail({ from: target.address }));
      const found = [
        await attachedTo(withToken),
        await attachedTo({ post: { raw: self }, trust: "verified" }),
      ];
      if (found.every((caseId) => caseId === target.theCase.caseId)) welcome += 1;
    }
    return {
      guesses,
      targets,
      attached,
      attachedBy: [...new Set(missed)],
      rightfulFound: `${welcome}/${targets}`,
    };
  } finally {
    delete process.env["AWS_ENDPOINT_URL_KMS"];
    await kms.stop();
  }
}

async function targetNumber(n: number): Promise<Target> {
  const address = `granne${n}@example.org`;
  const theCase = openCase({
    caseId: shortHash(`case ${n}`),
    caseNumber: formatCaseNumber(municipality().caseNumber, "2026", n + 1),
    participants: [address],
    sender: { name: null, address },
    linkVersion: 2,
  });
  const { reply } = await caseTokens(linkKey, { ...theCase, linkVersion: 1 });
  const tokens = await caseTokens(linkKey, theCase);
  return { theCase, address, threadId: `granne-${n}@example.org`, tokens, voided: reply };
}

function aimAt({ theCase, threadId, address, tokens, voided }: Target): Aim {
  return { number: theCase.caseNumber, threadId, address, ...tokens, voided };
}

/** The same through the whole system, at cases that are there, with the tokens that stand in our own mails. */
async function throughSmtp(system: System, { random }: Bench, guesses: number, targets: number) {
  const victims = Array.from({ length: targets }, (_, n) => ({
    address: `granne${n}@example.org`,
    threadId: `granne-${n}@example.org`,
  }));
  const first = await postAll(
    system,
    victims.map(({ address, threadId }) => ({
      raw: rawMail({ from: address, messageId: threadId, subject: "Soptunnan" }),
      from: address,
    })),
  );
  await system.quiet();
  const before = await outcomes(system);
  const aims: Aim[] = [];
  for (const [n, id] of first.entries()) {
    const outcome = await before(id);
    const { replyTo, text = "" } = await PostalMime.parse(outcome?.acknowledgements[0]?.raw ?? "");
    const reply = /\+([a-z2-7]+)@/.exec(replyTo?.[0]?.address ?? "")?.[1];
    const page = /\/m\/([a-z2-7]+)/.exec(text)?.[1];
    const victim = victims[n];
    if (reply === undefined || page === undefined || victim === undefined)
      throw new Error("no tokens in our mail");
    aims.push({ ...victim, number: String(outcome?.cases[0]?.["caseNumber"]), reply, page, voided: page });
  }
  const ids = await postAll(
    system,
    Array.from({ length: guesses }, (_, n) => {
      return guess(n, aims[between(random, 0, aims.length - 1)] as Aim, random).post;
    }),
  );
  await system.quiet();
  const after = await outcomes(system);
  const cases = await Promise.all(first.map(async (id) => (await after(id))?.cases[0]));
  const own = await Promise.all(ids.map(async (id) => (await after(id))?.cases ?? []));
  const victimsCases = new Set(cases.map((one) => one?.["caseId"]));
  return {
    guesses,
    attached: own.flat().filter((one) => victimsCases.has(one["caseId"])).length,
    victimsCasesUntouched: cases.filter((one) => one?.["messageCount"] === 1).length,
    targets,
    casesOfTheirOwn: own.filter((one) => one.length === 1).length,
  };
}

type Size = { guesses: number; targets: number; throughSmtp: number; targetsThere: number };

/** Strangers write what might lead to somebody else's case. Nothing of it may get there. */
export async function guesses(system: System, bench: Bench, size: Size): Promise<Figure> {
  const decided = await inProcess(bench, size.guesses, size.targets);
  const sent = await throughSmtp(system, bench, size.throughSmtp, size.targetsThere);
  return {
    holds:
      decided.attached === 0 &&
      decided.rightfulFound === `${size.targets}/${size.targets}` &&
      sent.attached === 0 &&
      sent.victimsCasesUntouched === size.targetsThere &&
      sent.casesOfTheirOwn === size.throughSmtp,
    ...decided,
    kinds: kinds.length,
    throughSmtp: sent,
  };
}

export const r33: ProvingCase = {
  id: "R33",
  title: "100 000 guesses at other people's cases",
  run: (bench) =>
    withSystem({ functionsAs: "threads", maxInstances: 4, visibilitySeconds: 30 }, (system) =>
      guesses(system, bench, { guesses: 100_000, targets: 200, throughSmtp: 500, targetsThere: 20 }),
    ),
};
