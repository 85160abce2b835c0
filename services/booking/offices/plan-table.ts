import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { queryAll, table, transactOnce } from "#shared/table.ts";
import { type GuestSession, guestSessionSchema } from "../hours/guest-session.ts";
import { type OpeningException, openingExceptionSchema } from "../hours/opening-hours.ts";
import { rotaSchema } from "../hours/rota.ts";
import { exceptionKey, guestSessionKey, rotaKey } from "../keys.ts";

export const keptRotaSchema = z.object({
  rotaId: z.string(),
  /** Rises with each saving. */
  version: z.int(),
  /** `published`: it is in force as it stands. A draft changes nothing until it is published. */
  status: z.enum(["draft", "published"]),
  /** What the office's days are made of, also while a draft of the next is written. */
  inForce: z.nullable(rotaSchema),
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

/** When guest hosts receive visitors at an office, from one date to another, both included; by date. */
export async function listGuestSessions(
  bookingTable: string,
  office: string,
  { from, to }: { from: string; to: string },
): Promise<readonly GuestSession[]> {
  const rows = await queryAll({
    TableName: bookingTable,
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: {
      ":pk": guestSessionKey(office, from, "").pk,
      ":from": guestSessionKey(office, from, "").sk,
      // No id of a service sorts after this.
      ":to": guestSessionKey(office, to, "~").sk,
    },
    ConsistentRead: true,
  });
  return rows.map((row) => guestSessionSchema.parse(row));
}

export async function saveGuestSession(
  bookingTable: string,
  office: string,
  session: GuestSession,
): Promise<void> {
  const key = guestSessionKey(office, session.date, session.service);
  await table.send(new PutCommand({ TableName: bookingTable, Item: { ...key, ...session } }));
}

export async function removeGuestSession(
  bookingTable: string,
  office: string,
  { date, service }: Pick<GuestSession, "date" | "service">,
): Promise<void> {
  const key = guestSessionKey(office, date, service);
  await table.send(new DeleteCommand({ TableName: bookingTable, Key: key }));
}

async function beginningWith(bookingTable: string, { pk, sk }: { pk: string; sk: string }) {
  return await queryAll({
    TableName: bookingTable,
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :sk)",
    ExpressionAttributeValues: { ":pk": pk, ":sk": sk },
    ConsistentRead: true,
  });
}
