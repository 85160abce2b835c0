import { DeleteCommand, GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { type TransactItem, table, transactOnce } from "#shared/table.ts";
import { type OfficeDay, officeDaySchema } from "../hours/office-day.ts";
import { type OpeningException, openingExceptionSchema } from "../hours/opening-hours.ts";
import { rotaSchema } from "../hours/rota.ts";
import { exceptionKey, officeDayKey, rotaKey } from "../keys.ts";
import type { LedgerChange } from "../ledger/ledger.ts";
import { putLedger } from "../ledger/ledger-table.ts";

export const keptRotaSchema = z.object({
  rotaId: z.string(),
  /** Rises with each saving. */
  version: z.int(),
  /** `published`: what the office's days are made of. A draft changes nothing. */
  status: z.enum(["draft", "published"]),
  /** The last date whose day has been made of it; null where none has. */
  publishedTo: z.nullable(z.iso.date()),
  rota: rotaSchema,
});
export type KeptRota = z.infer<typeof keptRotaSchema>;

/** An office's rotas. */
export async function listRotas(bookingTable: string, office: string): Promise<readonly KeptRota[]> {
  const rows = await beginningWith(bookingTable, rotaKey(office, ""));
  return rows.map((row) => keptRotaSchema.parse(row));
}

export async function findRota(
  bookingTable: string,
  office: string,
  rotaId: string,
): Promise<KeptRota | undefined> {
  const { Item } = await table.send(
    new GetCommand({ TableName: bookingTable, Key: rotaKey(office, rotaId), ConsistentRead: true }),
  );
  return Item === undefined ? undefined : keptRotaSchema.parse(Item);
}

/** Saves a rota over the version that was seen; 0 for a new one. False when somebody else has saved it since. */
export async function saveRota(bookingTable: string, kept: KeptRota, seen: number): Promise<boolean> {
  const outcome = await transactOnce([
    {
      Put: {
        TableName: bookingTable,
        Item: { ...rotaKey(kept.rota.office, kept.rotaId), ...kept },
        ...(seen === 0
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : { ConditionExpression: "version = :seen", ExpressionAttributeValues: { ":seen": seen } }),
      },
    },
  ]);
  return outcome !== "conflict" && outcome.done;
}

export async function listExceptions(
  bookingTable: string,
  office: string,
): Promise<readonly OpeningException[]> {
  const rows = await beginningWith(bookingTable, exceptionKey(office, ""));
  return rows.map((row) => openingExceptionSchema.parse(row));
}

export async function saveException(
  bookingTable: string,
  office: string,
  exception: OpeningException,
): Promise<void> {
  const key = exceptionKey(office, exception.date);
  await table.send(new PutCommand({ TableName: bookingTable, Item: { ...key, ...exception } }));
}

export async function removeException(bookingTable: string, office: string, date: string): Promise<void> {
  await table.send(new DeleteCommand({ TableName: bookingTable, Key: exceptionKey(office, date) }));
}

export async function findOfficeDay(
  bookingTable: string,
  office: string,
  date: string,
): Promise<OfficeDay | undefined> {
  const { Item } = await table.send(
    new GetCommand({ TableName: bookingTable, Key: officeDayKey(office, date), ConsistentRead: true }),
  );
  return Item === undefined ? undefined : officeDaySchema.parse(Item);
}

/** What an office has published, from one date to another, both included. */
export async function listOfficeDays(
  bookingTable: string,
  office: string,
  { from, to }: { from: string; to: string },
): Promise<readonly OfficeDay[]> {
  const rows = await queryAll(bookingTable, {
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: {
      ":pk": officeDayKey(office, from).pk,
      ":from": officeDayKey(office, from).sk,
      ":to": officeDayKey(office, to).sk,
    },
  });
  return rows.map((row) => officeDaySchema.parse(row));
}

/**
 * Publishes a day over the one that was seen, and raises the version of every ledger that it is about: a booking that was decided on
 * the old hours fails, and is decided anew on the new ones. `rows`: the bookings that the day no longer has a place for.
 */
export async function saveOfficeDay(
  bookingTable: string,
  day: OfficeDay,
  { ledgers, rows }: { ledgers: readonly LedgerChange[]; rows: readonly TransactItem[] },
  now: Date,
): Promise<boolean> {
  const items: TransactItem[] = [
    {
      Put: {
        TableName: bookingTable,
        Item: { ...officeDayKey(day.office, day.date), ...day },
        ...(day.rev === 1
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : { ConditionExpression: "rev = :seen", ExpressionAttributeValues: { ":seen": day.rev - 1 } }),
      },
    },
    ...ledgers.map((change) => putLedger(bookingTable, change, now.getTime())),
    ...rows,
  ];
  const outcome = await transactOnce(items);
  return outcome !== "conflict" && outcome.done;
}

async function beginningWith(bookingTable: string, { pk, sk }: { pk: string; sk: string }) {
  return await queryAll(bookingTable, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :sk)",
    ExpressionAttributeValues: { ":pk": pk, ":sk": sk },
  });
}

type Query = Omit<ConstructorParameters<typeof QueryCommand>[0], "TableName">;

async function queryAll(bookingTable: string, asked: Query): Promise<readonly Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await table.send(
      new QueryCommand({ ...asked, TableName: bookingTable, ConsistentRead: true, ExclusiveStartKey: from }),
    );
    rows.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return rows;
}
