import * as z from "zod/mini";
import { getAll, type TransactItem } from "#shared/table.ts";
import { ledgerKey } from "../keys.ts";
import { changed, type Entry, type Ledger, type LedgerChange, type Resource } from "./ledger.ts";

export type LedgerOf = { resource: Resource; date: string };

/** Names of one letter and nothing that goes without saying: a row of twenty entries is still paid as one kB. */
const kinds = { m: "meeting", h: "hold", r: "resting", b: "block" } as const;
const letterOf = { meeting: "m", hold: "h", resting: "r", block: "b" } as const;
const storedSchema = z.object({
  k: z.enum(["m", "h", "r", "b"]),
  s: z.int(),
  e: z.int(),
  b: z._default(z.int(), 0),
  a: z._default(z.int(), 0),
  n: z._default(z.int(), 1),
  u: z.optional(z.int()),
});
const rowSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  v: z.int(),
  entries: z.record(z.string(), storedSchema),
});

/**
 * The ledgers as they stand, in the order in which they are named; one that has no row has version 0. Consistent, but not all of
 * the same instant: the versions in the transaction see to that.
 */
export async function readLedgers(
  bookingTable: string,
  wanted: readonly LedgerOf[],
): Promise<readonly Ledger[]> {
  const keys = wanted.map(({ resource, date }) => ledgerKey(resource, date));
  const found = (await getAll(bookingTable, keys)).map((item) => rowSchema.parse(item));
  const rows = new Map(found.map((row) => [`${row.pk} ${row.sk}`, row]));
  return wanted.map(({ resource, date }) => {
    const { pk, sk } = ledgerKey(resource, date);
    const row = rows.get(`${pk} ${sk}`);
    const entries = Object.entries(row?.entries ?? {}).map(([id, stored]) => [id, entryOf(stored)] as const);
    return { resource, date, version: row?.v ?? 0, entries: Object.fromEntries(entries) };
  });
}

/**
 * The ledger as a change makes it, if it still is what was read. Whoever changes a ledger does it so: of two who have read the same
 * version one succeeds, and the other reads again.
 */
export function putLedger(bookingTable: string, change: LedgerChange, now: number): TransactItem {
  const { resource, date, version, entries } = changed(change, now);
  const stored = Object.entries(entries).map(([id, entry]) => [id, storedOf(entry)]);
  return {
    Put: {
      TableName: bookingTable,
      Item: { ...ledgerKey(resource, date), v: version, entries: Object.fromEntries(stored) },
      ...(change.ledger.version === 0
        ? { ConditionExpression: "attribute_not_exists(pk)" }
        : {
            ConditionExpression: "v = :seen",
            ExpressionAttributeValues: { ":seen": change.ledger.version },
          }),
    },
  };
}

function entryOf({ k, s, e, b, a, n, u }: z.infer<typeof storedSchema>): Entry {
  return { kind: kinds[k], start: s, end: e, before: b, after: a, seats: n, until: u };
}

function storedOf({ kind, start, end, before, after, seats, until }: Entry) {
  return {
    k: letterOf[kind],
    s: start,
    e: end,
    b: before === 0 ? undefined : before,
    a: after === 0 ? undefined : after,
    n: seats === 1 ? undefined : seats,
    u: until,
  };
}
