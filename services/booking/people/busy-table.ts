import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { getAll, table } from "#shared/table.ts";
import type { KeptBusy } from "../free-busy/source.ts";
import { busyKey } from "../keys.ts";

/** Minutes since 1970, in pairs: two numbers a meeting, and a year of meetings is far from the limit of a row. */
const rowSchema = z.object({
  person: z.string(),
  addressHash: z.string(),
  etag: z.nullable(z.string()),
  checkedAt: z.string(),
  from: z.string(),
  to: z.string(),
  minutes: z.array(z.int()),
});
type Row = z.infer<typeof rowSchema>;

/** When somebody's own calendar says that they are busy, and when it was asked. */
export type OwnCalendar = { busy: readonly { start: number; end: number }[]; checkedAt: string };

export async function findKeptBusy(bookingTable: string, person: string): Promise<KeptBusy | undefined> {
  const { Item } = await table.send(new GetCommand({ TableName: bookingTable, Key: busyKey(person) }));
  if (Item === undefined) return undefined;
  const row = rowSchema.parse(Item);
  return {
    addressHash: row.addressHash,
    etag: row.etag,
    checkedAt: new Date(row.checkedAt),
    from: new Date(row.from),
    to: new Date(row.to),
    busy: pairs(row).map(({ start, end }) => ({
      from: new Date(start * 60_000),
      to: new Date(end * 60_000),
    })),
  };
}

export async function saveKeptBusy(bookingTable: string, person: string, kept: KeptBusy): Promise<void> {
  const row: Row = {
    person,
    addressHash: kept.addressHash,
    etag: kept.etag,
    checkedAt: kept.checkedAt.toISOString(),
    from: kept.from.toISOString(),
    to: kept.to.toISOString(),
    // A minute that is begun is busy.
    minutes: kept.busy.flatMap(({ from, to }) => [
      Math.floor(from.getTime() / 60_000),
      Math.ceil(to.getTime() / 60_000),
    ]),
  };
  await table.send(new PutCommand({ TableName: bookingTable, Item: { ...busyKey(person), ...row } }));
}

/** Several people's own calendars, by person; those who have shown none are not there. */
export async function ownCalendars(
  bookingTable: string,
  people: readonly string[],
): Promise<ReadonlyMap<string, OwnCalendar>> {
  const rows = (await getAll(bookingTable, people.map(busyKey))).map((item) => rowSchema.parse(item));
  return new Map(rows.map((row) => [row.person, { busy: pairs(row), checkedAt: row.checkedAt }]));
}

function pairs({ minutes }: Row): readonly { start: number; end: number }[] {
  return minutes.flatMap((start, n) => (n % 2 === 0 ? [{ start, end: minutes[n + 1] ?? start }] : []));
}
