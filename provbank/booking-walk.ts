import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { System } from "../local/system.ts";
import { ask, change } from "./api-client.ts";
import { between } from "./case.ts";
import type { OpenOffice } from "./offices.ts";

const agent = { sub: "amina" };
const chief = { sub: "chef" };

type Answer = { status: number; body: { bookingId?: string; version?: number; status?: string } };

/** As an agent does: what got no answer is asked again with the same key, until there is one. */
async function insist(asked: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await asked();
    if (answer.status < 500 || attempt === 20) return answer;
    await new Promise((resolve) => setTimeout(resolve, 25 * attempt));
  }
}

type Known = Map<string, string>;

/** One deed with bookings, drawn: book, hold and confirm, move, cancel, or an absence that begins and ends. `made`: by its key. */
export async function bookingDeed(
  system: System,
  place: OpenOffice,
  random: () => number,
  made: Known,
): Promise<void> {
  const bookings = [...made.values()];
  const post = (path: string, content: object, as = agent) =>
    insist(() => change(system, `/booking${path}`, as, content));
  const startsAt = place.times[between(random, 0, place.times.length - 1)] ?? "";
  const wish = { service: place.service, office: place.office, startsAt };
  const key = `gang-${Math.floor(random() * 1e9)}`;
  const chosen = bookings[between(random, 0, Math.max(0, bookings.length - 1))];
  switch (between(random, 0, 4)) {
    case 0: {
      const party = { name: "Åsa Prov", email: `${key}@example.org`, phone: null, about: null };
      const { body } = await post("/bookings", { ...wish, key, party });
      if (body.bookingId !== undefined) made.set(key, body.bookingId);
      return;
    }
    case 1: {
      const { body } = await post("/bookings", { ...wish, key, hold: true });
      if (body.bookingId === undefined) return;
      made.set(key, body.bookingId);
      if (random() < 0.8) await post(`/bookings/${body.bookingId}/confirm`, {});
      return;
    }
    case 2:
    case 3: {
      if (chosen === undefined) return;
      const { body } = await insist(() => ask(system, `/booking/bookings/${chosen}`, agent));
      if (random() < 0.5) await post(`/bookings/${chosen}/cancel`, { version: body.version });
      else await post(`/bookings/${chosen}/move`, { version: body.version, office: place.office, startsAt });
      return;
    }
    default: {
      const to = new Date(Date.parse(startsAt) + 3_600_000).toISOString();
      const path = "/people/bygglov/absences";
      const { body } = (await post(path, { key, from: startsAt, to }, chief)) as {
        body: { absence?: { absenceId: string; from: string } };
      };
      if (body.absence === undefined) throw new Error("an absence was not entered");
      await post(`${path}/${body.absence.absenceId}/end`, { from: body.absence.from }, chief);
    }
  }
}

function weekAfter(date: string): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + 7 * 86_400_000).toISOString().slice(0, 10);
}

/** So many who want the same at once: one time, or a seat in one meeting for a group. By what they were answered. */
export async function rushFor(
  system: System,
  takers: number,
  wish: object,
  made: Known,
): Promise<{ won: number; taken: number; other: number }> {
  const answers = await Promise.all(
    Array.from({ length: takers }, async (_, n) => {
      const key = `rusning-${JSON.stringify(wish).length}-${n}`;
      const { status, body } = await insist(() =>
        change(system, "/booking/bookings", agent, { ...wish, key }),
      );
      if (body.bookingId !== undefined) made.set(key, body.bookingId);
      return status;
    }),
  );
  const of = (status: number) => answers.filter((one) => one === status).length;
  return { won: of(201), taken: of(409), other: takers - of(201) - of(409) };
}

/** The first time that is free is booked, perhaps for a case, and given back. */
export async function bookAndGiveBack(
  system: System,
  place: OpenOffice,
  { key, caseId }: { key: string; caseId?: string },
  made: Known,
): Promise<void> {
  const query = `service=${place.service}&office=${place.office}&from=${place.date}&to=${weekAfter(place.date)}`;
  const free = await insist(() => ask(system, `/booking/free-times?${query}`, agent));
  const [first] = (free.body as { times?: { startsAt: string }[] }).times ?? [];
  if (first === undefined) throw new Error(`no time is free in a week from ${place.date}`);
  const party = { name: "Åsa Prov", email: "asa@example.org", phone: null, about: null };
  const wish = { service: place.service, office: place.office, startsAt: first.startsAt, key, party, caseId };
  const { status, body } = await insist(() => change(system, "/booking/bookings", agent, wish));
  if (body.bookingId === undefined) throw new Error(`${key}: not booked, ${status}`);
  made.set(key, body.bookingId);
  const { version } = body;
  await insist(() => change(system, `/booking/bookings/${body.bookingId}/cancel`, agent, { version }));
}

type Row = Record<string, unknown>;
type Entry = { k: string; s: number; e: number; b?: number; a?: number; u?: number };

/**
 * What must be true of all bookings and ledgers, read from the table: nobody is had twice, each entry is of a booking that knows of
 * it, each confirmed booking has all its entries, each key made one booking. `onPages`: so many the public made, of which no key is known.
 */
export async function faultsOfBookings(
  system: System,
  made: Known,
  { now, onPages = 0 }: { now: number; onPages?: number },
): Promise<string[]> {
  const rows: Row[] = [];
  let from: Row | undefined;
  do {
    const page = await system.clients.dynamodb.send(
      new ScanCommand({
        TableName: system.assembly.output("BookingTable"),
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    rows.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  const faults: string[] = [];
  const bookings = new Map(
    rows.filter(({ sk }) => sk === "BOOKING").map((row) => [String(row["bookingId"]), row]),
  );
  const had = new Map<string, number>();
  for (const row of rows.filter(({ pk }) => String(pk).includes("#LEDGER#"))) {
    const ledger = String(row["pk"]).split("#LEDGER#")[1] ?? "";
    const date = String(row["sk"]).slice("DAY#".length);
    const alive = Object.entries(row["entries"] as Record<string, Entry>)
      .filter(([, { k, u }]) => (k === "m" || k === "h") && (u ?? now) >= now)
      .toSorted(([, a], [, b]) => a.s - b.s);
    for (const [n, [id, one]] of alive.entries()) {
      const next = ledger.startsWith("session:") ? undefined : alive[n + 1];
      if (next !== undefined && next[1].s < one.e + Math.max(one.a ?? 0, next[1].b ?? 0))
        faults.push(`${ledger} ${date}: two at once`);
      had.set(id, (had.get(id) ?? 0) + 1);
      const known = (bookings.get(id)?.["ledgers"] ?? []) as { resource: string; date: string }[];
      if (!known.some((of) => of.resource === ledger && of.date === date))
        faults.push(`${ledger} ${date}: an entry of no booking`);
    }
  }
  for (const [id, { status, ledgers }] of bookings)
    if (status === "confirmed" && had.get(id) !== (ledgers as unknown[]).length)
      faults.push(`${id}: confirmed and not in all its ledgers`);
  for (const id of made.values()) if (!bookings.has(id)) faults.push(`${id}: answered and not there`);
  const known = new Set(made.values());
  const byPublic = [...bookings].filter(([, { audience }]) => audience === "public").length;
  if (byPublic !== onPages) faults.push(`${byPublic} bookings of the public, not ${onPages}`);
  const unknown = [...bookings].filter(([id, { audience }]) => audience !== "public" && !known.has(id));
  if (unknown.length > 0) faults.push(`${unknown.length} bookings that nobody was told of`);
  return faults;
}
