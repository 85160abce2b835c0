import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { System } from "../local/system.ts";
import { rowsOf } from "./invariants.ts";

const round = "booking/day-round";
const hourMs = 3_600_000;

/** Two bookings that a round must see to, one who must be told that a loan is overdue, and one of a time that is free. */
export type RoundWalk = { missed: string; lapsed: string; loan: string; waiting: string; n: number };

/** How far noon of today is from now in Sweden, to the hour: people are told of free times by day alone. */
export function fromNoonMs(now: Date): number {
  const hour = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm", hour: "2-digit" });
  return (12 - Number(hour.format(now))) * hourMs;
}

const addressOf = (who: "asked" | "borrowed" | "waits", n: number): string => `${who}-${n}@example.org`;

/**
 * A meeting that is over and to which nobody came, a request that nobody answered in time, a loan that should be back and somebody who waits
 * for a time; then the round, and when it dies once more, as the clock would half an hour later. `now`: by the round's clock, in an hour
 * in which people may be told.
 */
export async function roundWalk(
  system: System,
  { office, now }: { office: string; now: number },
  n: number,
): Promise<RoundWalk> {
  const [missed, lapsed, loan, waiting] = [idOf("a", n), idOf("b", n), idOf("c", n), idOf("d", n)];
  const [known] = await rowsOf(system, "BookingTable");
  const [organisation] = String(known?.["pk"]).split("#");
  const at = { organisation, office };
  const rows = [
    { ...bookingRow(missed, { ...at, startMs: now - 2 * hourMs, nowMs: now }), status: "confirmed" },
    {
      ...bookingRow(lapsed, { ...at, startMs: now + hourMs, nowMs: now }),
      status: "requested",
      requestedAt: new Date(now - 24 * hourMs).toISOString(),
    },
    {
      ...{ pk: `${organisation}#BOOKING#${lapsed}`, sk: "PARTY" },
      ...{ name: "Åsa Prov", email: addressOf("asked", n), phone: null, about: null },
    },
    ...loanRows(loan, { ...at, nowMs: now, email: addressOf("borrowed", n) }),
    ...waitingRows(waiting, { ...at, nowMs: now, email: addressOf("waits", n) }),
  ];
  for (const row of rows) await put(system, row);
  const went = () =>
    system
      .hostOf(round)
      .invoke({})
      .then(() => true)
      .catch(() => false);
  for (let attempt = 1; !(await went()); attempt += 1)
    if (attempt === 3) throw new Error("the round did not end in three tries");
  return { missed, lapsed, loan, waiting, n };
}

type Row = Record<string, unknown>;

async function put(system: System, row: Row): Promise<void> {
  const TableName = system.assembly.output("BookingTable");
  await system.clients.dynamodb.send(new PutCommand({ TableName, Item: row }));
}

/** What the rounds did not do, or did twice. */
export async function faultsOfRounds(system: System, walks: readonly RoundWalk[]): Promise<string[]> {
  const rows = await rowsOf(system, "BookingTable");
  const of = (partition: string) => rows.filter(({ pk }) => String(pk).endsWith(`#${partition}`));
  const count = (own: readonly Row[], prefix: string) =>
    own.filter(({ sk }) => String(sk).startsWith(prefix)).length;
  const booking = (id: string): string => {
    const own = of(`BOOKING#${id}`);
    return `${own.find(({ sk }) => sk === "BOOKING")?.["status"]}, ${count(own, "EVENT#")} events`;
  };
  const overdue = (id: string): string => `told ${count(of(`LOAN#${id}`), "OVERDUE#")} times`;
  const waits = (id: string): string => {
    const own = of(`WAITING#${id}`);
    const told = own.find(({ sk }) => sk === "WAITING")?.["told"] as readonly unknown[];
    return `told ${told.length} times, ${count(own, "EVENT#")} events`;
  };
  return walks.flatMap(({ missed, lapsed, loan, waiting, n }) => [
    ...wrong("missed, 1 events", booking(missed), missed),
    ...wrong("cancelled, 1 events", booking(lapsed), lapsed),
    ...wrong("told 1 times", overdue(loan), loan),
    ...wrong("told 1 times, 1 events", waits(waiting), waiting),
    ...(["asked", "borrowed", "waits"] as const).flatMap((who) => {
      const address = addressOf(who, n);
      const mails = system.sent().filter(({ to }) => to.includes(address)).length;
      return wrong("1", String(mails), `mails to ${address}`);
    }),
  ]);
}

const wrong = (wanted: string, found: string, what: string): string[] =>
  found === wanted ? [] : [`${what}: ${found}, not ${wanted}`];

const idOf = (letter: string, n: number): string => letter.repeat(8) + n.toString(16).padStart(24, "0");

const inSweden = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" });

type At = { organisation: string | undefined; office: string; nowMs: number };

/** Something that was lent the day before yesterday and was due an hour ago, and who has it. */
function loanRows(loanId: string, { organisation, office, nowMs, email }: At & { email: string }): Row[] {
  const item = `prov-${loanId}`;
  const loan = { pk: `${organisation}#LOAN#${loanId}`, sk: "LOAN" };
  return [
    {
      ...loan,
      loanId,
      version: 1,
      office,
      item,
      status: "out",
      bookingId: null,
      lentAt: new Date(nowMs - 48 * hourMs).toISOString(),
      lentBy: "amina",
      dueAt: new Date(nowMs - hourMs).toISOString(),
      returnedAt: null,
      returnedBy: null,
      asked: "",
    },
    {
      ...{ ...loan, sk: "BORROWER" },
      ...{ name: "Åsa Prov", phone: null, email, language: null, identifiedBy: "known-here", note: null },
    },
    { pk: `${organisation}#LENDING#${office}`, sk: `OUT#${item}`, loanId },
  ];
}

/** Somebody who has waited since an hour ago for any time from tomorrow on. */
function waitingRows(
  waitingId: string,
  { organisation, office, nowMs, email }: At & { email: string },
): Row[] {
  const createdAt = new Date(nowMs - hourMs).toISOString();
  const waiting = { pk: `${organisation}#WAITING#${waitingId}`, sk: "WAITING" };
  return [
    {
      ...waiting,
      officeDay: `${organisation}#WAITING`,
      at: `${createdAt}#${waitingId}`,
      waitingId,
      version: 1,
      status: "waiting",
      service: "vagledning",
      unit: "servicecenter",
      office,
      from: inSweden.format(nowMs + 24 * hourMs),
      to: inSweden.format(nowMs + 25 * 24 * hourMs),
      part: null,
      language: null,
      equipment: [],
      seats: 1,
      bookingId: null,
      told: [],
      linkVersion: 1,
      createdAt,
      endedAt: null,
      asked: "",
    },
    { ...{ ...waiting, sk: "CONTACT" }, ...{ email, name: "Åsa Prov", phone: null } },
  ];
}

/** A booking's row as the service writes it; what no page lets anybody book is put where it would be. */
function bookingRow(
  bookingId: string,
  { organisation, office, startMs, nowMs }: At & { startMs: number },
): Row {
  const startsAt = new Date(startMs).toISOString();
  return {
    pk: `${organisation}#BOOKING#${bookingId}`,
    sk: "BOOKING",
    officeDay: `${organisation}#OFFICE#${office}#${inSweden.format(startMs)}`,
    at: `${startsAt}#${bookingId}`,
    bookingId,
    version: 1,
    service: "motesrum",
    unit: "servicecenter",
    office,
    startsAt,
    endsAt: new Date(startMs + hourMs).toISOString(),
    person: null,
    room: null,
    seats: 1,
    audience: "public",
    language: null,
    equipment: [],
    ledgers: [],
    heldUntil: null,
    sequence: 0,
    linkVersion: 1,
    caseId: null,
    agreed: null,
    createdAt: new Date(nowMs - 48 * hourMs).toISOString(),
    asked: "",
  };
}
