import type { System } from "../../local/system.ts";
import { rawMail } from "../../test/mail.ts";
import { withSystem } from "../bench-system.ts";
import { type Bench, between, type Figure, type ProvingCase, shuffled } from "../case.ts";
import { rowsOf } from "../invariants.ts";
import { outcomes, type Post, postAll, withFields } from "../mails.ts";

/**
 * Every mail comes twice, each time as an object of its own: again from a server that did not hear our answer, or once
 * for each of two of our addresses. It must be one case with one acknowledgement, and both deliveries noted.
 */
export async function twoDeliveries(system: System, { random, say }: Bench, count: number): Promise<Figure> {
  const mails = Array.from({ length: count }, (_, n) => deliveriesOf(n, random));
  const order = shuffled(
    random,
    mails.flatMap((both, n) => both.map((post) => ({ n, post }))),
  );
  const ids = await postAll(
    system,
    order.map(({ post }) => post),
  );
  say(`${ids.length} deliveries`);
  await system.quiet();
  const outcomeOf = await outcomes(system);
  const noted = await deliveriesNoted(system);
  const cases = new Set<unknown>();
  const acknowledgements = new Set<string>();
  let oneCase = 0;
  let oneAcknowledgement = 0;
  let twoNoted = 0;
  for (let n = 0; n < count; n += 1) {
    const own = ids.filter((_, place) => order[place]?.n === n);
    const both = await Promise.all(own.map(outcomeOf));
    const found = new Set(both.flatMap((one) => one?.cases.map((theCase) => theCase["caseId"]) ?? []));
    const acked = new Set(both.flatMap((one) => one?.acknowledgements.map(({ id }) => id) ?? []));
    const mailIds = new Set(both.map((one) => one?.mailId));
    const kept = both.every((one) => one?.archived !== undefined);
    if (found.size === 1 && kept) oneCase += 1;
    if (acked.size === 1) oneAcknowledgement += 1;
    const listed = noted.get(both[0]?.mailId ?? "") ?? new Set();
    if (mailIds.size === 1 && listed.size === 2 && own.every((id) => listed.has(id))) twoNoted += 1;
    for (const id of found) cases.add(id);
    for (const id of acked) acknowledgements.add(id);
  }
  return {
    holds:
      cases.size === count &&
      acknowledgements.size === count &&
      oneCase === count &&
      oneAcknowledgement === count &&
      twoNoted === count,
    mails: count,
    deliveries: ids.length,
    cases: cases.size,
    acknowledgements: acknowledgements.size,
    bothDeliveriesNoted: `${twoNoted}/${count}`,
  };
}

/** The same mail as two servers hand it over: what stands above it and around it differs, what was written does not. */
function deliveriesOf(n: number, random: () => number): Post[] {
  const from = `dubbel${n}@example.org`;
  const raw = rawMail({
    from,
    to: "kommunen@example.se",
    subject: `Dubbel ${n}`,
    messageId: `dubbel-${n}@example.org`,
    text: `Hej, ${between(random, 1, 1_000_000)}`,
  });
  const hop = (host: string) =>
    `Received: from ${host}.example.org by mx.example.org; Tue, 24 Nov 2026 08:0${between(random, 0, 9)}:00 +0100`;
  if (n % 2 === 0) {
    return [
      { from, raw: withFields([hop("ut1")], raw) },
      {
        from,
        raw: withFields([hop("ut2"), "X-Google-Smtp-Source: abc", "Delivered-To: a@example.org"], raw),
      },
    ];
  }
  const copied = withFields(["Cc: bygglov@example.se"], raw);
  return [
    { from, raw: copied, to: ["kommunen@example.se"] },
    {
      from,
      raw: withFields([hop("ut1"), "ARC-Seal: i=1; a=rsa-sha256"], copied),
      to: ["bygglov@in.example.se"],
    },
  ];
}

/** The deliveries that each mail's row lists. */
async function deliveriesNoted(system: System): Promise<Map<string, Set<unknown>>> {
  const rows = (await rowsOf(system, "EmailTable")).filter((row) => row["rowType"] === "mail");
  return new Map(
    rows.map((row) => {
      const others = row["otherDeliveries"] instanceof Set ? [...row["otherDeliveries"]] : [];
      return [String(row["mailId"]), new Set<unknown>([row["deliveryId"], ...others])];
    }),
  );
}

export const r04: ProvingCase = {
  id: "R04",
  title: "every mail delivered twice: sent again, and to two of our addresses",
  run: (bench) =>
    withSystem({ functionsAs: "threads", maxInstances: 4, visibilitySeconds: 30 }, (system) =>
      twoDeliveries(system, bench, 500),
    ),
};
