import PostalMime, { type Email } from "postal-mime";
import type { SentMail } from "../../local/fronts/ses.ts";
import type { System } from "../../local/system.ts";
import { rawMail } from "../../test/mail.ts";
import { withSystem } from "../bench-system.ts";
import type { Bench, Figure, ProvingCase } from "../case.ts";
import { type Post, postAll, withFields } from "../mails.ts";

/** A loop that goes on for so many rounds is taken for endless. */
const rounds = 16;

type Echo = {
  what: string;
  /** What in its answer still points to the mail that it answers. */
  keeps: "a way back" | "nothing";
  answer: (to: string, mail: Email, raw: Buffer, n: number) => Post | undefined;
};

const replyTo = (mail: Email) => mail.replyTo?.[0]?.address ?? "";
const ourAddress = (mail: Email) => mail.from?.address ?? "";
const plain = (from: string, to: string, n: number, subject: string): Post => ({
  from,
  to: [to],
  raw: rawMail({ from, to, subject, messageId: `eko-${n}-${from}`, text: "Tack för ditt mejl." }),
});
const threaded = (post: Post, ...fields: string[]): Post => ({ ...post, raw: withFields(fields, post.raw) });
const answering = (mail: Email) => [
  `In-Reply-To: ${mail.messageId}`,
  `References: ${mail.references ?? ""} ${mail.messageId}`,
];

/** Servers that answer every mail. Each has a person's address that wrote to us once. */
const echoes: readonly Echo[] = [
  {
    what: "keeps to all rules",
    keeps: "a way back",
    answer: (me, mail, _raw, n) =>
      threaded(
        plain(me, replyTo(mail), n, `Re: ${mail.subject}`),
        ...answering(mail),
        "Auto-Submitted: auto-replied",
      ),
  },
  {
    what: "marks nothing, answers to Reply-To within the thread",
    keeps: "a way back",
    answer: (me, mail, _raw, n) =>
      threaded(plain(me, replyTo(mail), n, `Re: ${mail.subject}`), ...answering(mail)),
  },
  {
    what: "marks nothing, answers to Reply-To without a thread",
    keeps: "a way back",
    answer: (me, mail, _raw, n) => plain(me, replyTo(mail), n, "Tack"),
  },
  {
    what: "marks nothing, answers to From within the thread",
    keeps: "a way back",
    answer: (me, mail, _raw, n) =>
      threaded(plain(me, ourAddress(mail), n, `Re: ${mail.subject}`), ...answering(mail)),
  },
  {
    what: "reports every mail as undelivered",
    keeps: "a way back",
    answer: (me, mail, _raw, n) => ({ ...plain(me, ourAddress(mail), n, "Undelivered Mail"), from: "" }),
  },
  {
    what: "sends our own mail back",
    keeps: "a way back",
    answer: (me, mail, raw) => ({ from: me, to: [ourAddress(mail)], raw }),
  },
  {
    what: "sends our own mail back as its own",
    keeps: "a way back",
    answer: (me, mail, raw) => ({
      from: me,
      to: [ourAddress(mail)],
      raw: Buffer.from(raw.toString("latin1").replace(/^From: .*$/m, `From: ${me}`), "latin1"),
    }),
  },
  {
    what: "answers in our name",
    keeps: "a way back",
    answer: (me, mail, _raw, n) => ({ ...plain(ourAddress(mail), replyTo(mail), n, "Eko"), from: me }),
  },
  {
    what: "keeps the id of our mail alone",
    keeps: "a way back",
    answer: (me, mail, _raw, n) =>
      threaded(plain(me, ourAddress(mail), n, `Re: ${mail.subject}`), `In-Reply-To: ${mail.messageId}`),
  },
  {
    what: "keeps the subject alone",
    keeps: "nothing",
    answer: (me, mail, _raw, n) => plain(me, ourAddress(mail), n, `Re: ${mail.subject}`),
  },
  {
    what: "keeps nothing",
    keeps: "nothing",
    answer: (me, mail, _raw, n) => plain(me, ourAddress(mail), n, "Tack"),
  },
];

const addressOf = (n: number) => `eko${n}@example.org`;

/** What one echo and we wrote to each other after its first mail. */
type Exchange = { what: string; keeps: Echo["keeps"]; ours: number; theirs: number; ended: boolean };

/** Servers that answer whatever we send, with and without anything that tells a machine. */
export async function echoing(system: System, { say }: Bench): Promise<readonly Exchange[]> {
  const first = echoes.map(({ what }, n) => plain(addressOf(n), "kommunen@example.se", 0, what));
  const theirs = echoes.map(() => 0);
  await postAll(system, first);
  let seen = 0;
  let last: readonly SentMail[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    await system.quiet();
    last = system.sent().slice(seen);
    seen += last.length;
    if (last.length === 0) break;
    const answers: Post[] = [];
    for (const { to, raw } of last) {
      const n = echoes.findIndex((_, place) => to.includes(addressOf(place)));
      const post = echoes[n]?.answer(addressOf(n), await PostalMime.parse(raw), raw, (theirs[n] ?? 0) + 1);
      if (post === undefined) continue;
      theirs[n] = (theirs[n] ?? 0) + 1;
      answers.push(post);
    }
    await postAll(system, answers);
    say(`round ${round}: ${last.length} mails of ours, ${answers.length} of theirs`);
  }
  return echoes.map(({ what, keeps }, n) => ({
    what,
    keeps,
    ours: system.sent().filter(({ to }) => to.includes(addressOf(n))).length,
    theirs: theirs[n] ?? 0,
    ended: !last.some(({ to }) => to.includes(addressOf(n))),
  }));
}

/** Mails that say that they come from us: none is answered. */
async function ourselves(system: System): Promise<number> {
  const before = system.sent().length;
  const own = [
    "kommunen@example.se",
    "bygglov@example.se",
    "svar@in.example.se",
    "servicecenter-internt@example.se",
  ];
  await postAll(
    system,
    own.flatMap((from, n) => own.map((to, m) => plain(from, to, n * own.length + m, "Till mig själv"))),
  );
  await system.quiet();
  return system.sent().length - before;
}

/**
 * Two of our systems, each of which takes the other for another municipality: what one sends is handed to the other with
 * the two domains changed for one another. `bare` takes away everything that tells a machine or a thread.
 */
async function betweenTwo(bare: boolean): Promise<{ first: number; second: number; ended: boolean }> {
  const options = { functionsAs: "threads", visibilitySeconds: 30 } as const;
  return await withSystem(options, (first) =>
    withSystem(options, async (second) => {
      const both = [
        { from: first, to: second, seen: 0 },
        { from: second, to: first, seen: 0 },
      ];
      await postAll(first, [plain("kommunen@example.org", "kommunen@example.se", 1, "Till er från oss")]);
      let moved = 1;
      for (let round = 1; round <= rounds && moved > 0; round += 1) {
        moved = 0;
        for (const way of both) {
          await way.from.quiet();
          const sent = way.from.sent().slice(way.seen);
          way.seen += sent.length;
          moved += sent.length;
          await postAll(
            way.to,
            sent.map((mail) => acrossTheBorder(mail, bare)),
          );
        }
      }
      return { first: first.sent().length, second: second.sent().length, ended: moved === 0 };
    }),
  );
}

function acrossTheBorder({ to, raw }: SentMail, bare: boolean): Post {
  const swapped = (text: string) =>
    text.replace(/example\.(se|org)/g, (_, domain) => `example.${domain === "se" ? "org" : "se"}`);
  const text = swapped(raw.toString("latin1"));
  const kept = bare
    ? text.replace(
        /^(auto-submitted|x-auto-response-suppress|in-reply-to|references|reply-to):.*(\r\n[ \t].*)*\r\n/gim,
        "",
      )
    : text;
  return { raw: Buffer.from(kept, "latin1"), from: "kommunen@example.org", to: to.map(swapped) };
}

/** Nothing that answers every mail gets us to go on. */
async function loops(bench: Bench): Promise<Figure> {
  const { exchanges, toOurselves } = await withSystem(
    { functionsAs: "threads", visibilitySeconds: 30 },
    async (system) => ({ exchanges: await echoing(system, bench), toOurselves: await ourselves(system) }),
  );
  const marked = await betweenTwo(false);
  const bare = await betweenTwo(true);
  return {
    holds:
      exchangesHold(exchanges) &&
      toOurselves === 0 &&
      marked.ended &&
      marked.first === 1 &&
      marked.second === 0 &&
      bare.ended &&
      bare.first + bare.second <= 2,
    ...exchangeFigures(exchanges),
    toOurselves,
    betweenTwoOfUs: marked.first + marked.second,
    betweenTwoOfUsWithoutAnyMark: bare.first + bare.second,
  };
}

/**
 * One acknowledgement and one answer to it: where anything leads back to the case the answer is in it, and where nothing does
 * the new question gets no acknowledgement so soon after the last.
 */
export function exchangesHold(exchanges: readonly Exchange[]): boolean {
  return exchanges.every(({ ours, theirs, ended }) => ended && ours === 1 && theirs <= 1);
}

function exchangeFigures(exchanges: readonly Exchange[]) {
  const most = (keeps: Echo["keeps"]) =>
    Math.max(...exchanges.filter((one) => one.keeps === keeps).map(({ ours, theirs }) => ours + theirs));
  return {
    echoes: exchanges.length,
    endless: exchanges.filter(({ ended }) => !ended).length,
    mostExchangedWithAWayBack: most("a way back"),
    mostExchangedWithout: most("nothing"),
    acknowledgementsEach: Object.fromEntries(exchanges.map(({ what, ours }) => [what, ours])),
  };
}

export const r28: ProvingCase = {
  id: "R28",
  title: "servers that answer every mail, ourselves, and two of us",
  run: loops,
};
