import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { System } from "../local/system.ts";
import { rowsOf } from "./invariants.ts";

const round = "booking/day-round";
const hourMs = 3_600_000;

/** Two bookings that a round must see to. */
export type RoundWalk = { missed: string; lapsed: string; address: string };

/**
 * A meeting that is over and to which nobody came, and a request that nobody answered in time; then the round, and when it dies once more,
 * as the clock would half an hour later.
 */
export async function roundWalk(system: System, office: string, n: number): Promise<RoundWalk> {
  const now = Date.now();
  const address = `rond-${n}@example.org`;
  const [missed, lapsed] = [idOf("a", n), idOf("b", n)];
  const [known] = await rowsOf(system, "BookingTable");
  const [organisation] = String(known?.["pk"]).split("#");
  const at = { organisation, office };
  await put(system, {
    ...bookingRow(missed, { ...at, startMs: now - 2 * hourMs, nowMs: now }),
    status: "confirmed",
  });
  await put(system, {
    ...bookingRow(lapsed, { ...at, startMs: now + hourMs, nowMs: now }),
    status: "requested",
    requestedAt: new Date(now - 24 * hourMs).toISOString(),
  });
  await put(system, {
    ...{ pk: `${organisation}#BOOKING#${lapsed}`, sk: "PARTY" },
    ...{ name: "Åsa Prov", email: address, phone: null, about: null },
  });
  const went = () =>
    system
      .hostOf(round)
      .invoke({})
      .then(() => true)
      .catch(() => false);
  for (let attempt = 1; !(await went()); attempt += 1)
    if (attempt === 3) throw new Error("the round did not end in three tries");
  return { missed, lapsed, address };
}

type Row = Record<string, unknown>;

async function put(system: System, row: Row): Promise<void> {
  const TableName = system.assembly.output("BookingTable");
  await system.clients.dynamodb.send(new PutCommand({ TableName, Item: row }));
}

/** What the rounds did not do, or did twice. */
export async function faultsOfRounds(system: System, walks: readonly RoundWalk[]): Promise<string[]> {
  const rows = await rowsOf(system, "BookingTable");
  const standing = (bookingId: string): string => {
    const own = rows.filter(({ pk }) => String(pk).endsWith(`#BOOKING#${bookingId}`));
    const events = own.filter(({ sk }) => String(sk).startsWith("EVENT#")).length;
    return `${own.find(({ sk }) => sk === "BOOKING")?.["status"]}, ${events} events`;
  };
  return walks.flatMap(({ missed, lapsed, address }) => {
    const mails = system.sent().filter(({ to }) => to.includes(address)).length;
    return [
      ...wrong("missed, 1 events", standing(missed), missed),
      ...wrong("cancelled, 1 events", standing(lapsed), lapsed),
      ...wrong("1", String(mails), `mails to ${address}`),
    ];
  });
}

const wrong = (wanted: string, found: string, what: string): string[] =>
  found === wanted ? [] : [`${what}: ${found}, not ${wanted}`];

const idOf = (letter: string, n: number): string => letter.repeat(8) + n.toString(16).padStart(24, "0");

const inSweden = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" });

/** A booking's row as the service writes it; what no page lets anybody book is put where it would be. */
function bookingRow(
  bookingId: string,
  {
    organisation,
    office,
    startMs,
    nowMs,
  }: { organisation: string | undefined; office: string; startMs: number; nowMs: number },
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
