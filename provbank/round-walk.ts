import { GetCommand, QueryCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { System } from "../local/system.ts";
import type { Booking } from "../services/booking/book/booking.ts";
import { bookingRows } from "../services/booking/book/booking-table.ts";
import { bookingKey } from "../services/booking/keys.ts";

const round = "booking/day-round";
const hourMs = 3_600_000;

/** Two bookings that a round must see to. */
export type RoundWalk = { missed: string; lapsed: string; address: string };

/**
 * A meeting that is over and to which nobody came, and a request that nobody answered in time; then the round, and once more, as the clock
 * would half an hour later.
 */
export async function roundWalk(system: System, office: string, n: number): Promise<RoundWalk> {
  const table = system.assembly.output("BookingTable");
  const now = new Date();
  const address = `rond-${n}@example.org`;
  const [missed, lapsed] = [idOf("a", n), idOf("b", n)];
  const put = async (booking: Booking): Promise<void> => {
    const party = { name: "Åsa Prov", email: address, phone: null, about: null };
    const change = { next: booking, seen: 0, ledgers: [] };
    await system.clients.dynamodb.send(
      new TransactWriteCommand({ TransactItems: bookingRows(table, change, { party, events: [], now }) }),
    );
  };
  await put(bookingAt(missed, { office, status: "confirmed", start: new Date(now.getTime() - 2 * hourMs) }));
  await put({
    ...bookingAt(lapsed, { office, status: "requested", start: new Date(now.getTime() + hourMs) }),
    requestedAt: new Date(now.getTime() - 24 * hourMs).toISOString(),
  });
  await system
    .hostOf(round)
    .invoke({})
    .catch(() => undefined);
  await system.hostOf(round).invoke({});
  return { missed, lapsed, address };
}

/** What the rounds did not do, or did twice. */
export async function faultsOfRounds(system: System, walks: readonly RoundWalk[]): Promise<string[]> {
  const TableName = system.assembly.output("BookingTable");
  const { dynamodb } = system.clients;
  const standing = async (bookingId: string) => {
    const { pk } = bookingKey(bookingId);
    const [{ Item }, { Items = [] }] = await Promise.all([
      dynamodb.send(new GetCommand({ TableName, Key: bookingKey(bookingId), ConsistentRead: true })),
      dynamodb.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk AND begins_with(sk, :event)",
          ExpressionAttributeValues: { ":pk": pk, ":event": "EVENT#" },
        }),
      ),
    ]);
    return `${Item?.["status"]}, ${Items.length} events`;
  };
  const faults = await Promise.all(
    walks.map(async ({ missed, lapsed, address }) => {
      const mails = system.sent().filter(({ to }) => to.includes(address)).length;
      return [
        ...wrong("missed, 1 events", await standing(missed), missed),
        ...wrong("cancelled, 1 events", await standing(lapsed), lapsed),
        ...wrong("1", String(mails), `mails to ${address}`),
      ];
    }),
  );
  return faults.flat();
}

const wrong = (wanted: string, found: string, what: string): string[] =>
  found === wanted ? [] : [`${what}: ${found}, not ${wanted}`];

const idOf = (letter: string, n: number): string => letter.repeat(8) + n.toString(16).padStart(24, "0");

function bookingAt(
  bookingId: string,
  { office, status, start }: { office: string; status: Booking["status"]; start: Date },
): Booking {
  return {
    bookingId,
    version: 1,
    status,
    service: "motesrum",
    unit: "servicecenter",
    office,
    startsAt: start.toISOString(),
    endsAt: new Date(start.getTime() + hourMs).toISOString(),
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
    createdAt: new Date(start.getTime() - 48 * hourMs).toISOString(),
    asked: "",
  };
}
