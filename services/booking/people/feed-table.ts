import { randomBytes } from "node:crypto";
import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { base32, fromBase32, sha256, shortHash } from "#shared/ids.ts";
import { table } from "#shared/table.ts";
import { feedKey } from "../keys.ts";

const feedSchema = z.object({
  person: z.string(),
  /** sha256 of the token: whoever reads the table cannot subscribe. */
  tokenHash: z.string(),
  madeAt: z.string(),
});
export type Feed = z.infer<typeof feedSchema>;

const idBytes = 16;
const secretBytes = 16;

const feedIdOf = (person: string) => shortHash(["feed", municipality().organisation.id, person].join("|"));

/** Lets a person's meetings be subscribed to, by a new token alone: the one before it holds no longer. It cannot be read again. */
export async function openFeed(bookingTable: string, person: string, now: Date): Promise<string> {
  const feedId = feedIdOf(person);
  const token = base32(Buffer.concat([Buffer.from(feedId, "hex"), randomBytes(secretBytes)]));
  const feed: Feed = { person, tokenHash: sha256(token), madeAt: now.toISOString() };
  await table.send(new PutCommand({ TableName: bookingTable, Item: { ...feedKey(feedId), ...feed } }));
  return token;
}

export async function closeFeed(bookingTable: string, person: string): Promise<void> {
  await table.send(new DeleteCommand({ TableName: bookingTable, Key: feedKey(feedIdOf(person)) }));
}

export async function findFeed(bookingTable: string, person: string): Promise<Feed | undefined> {
  return await read(bookingTable, feedIdOf(person));
}

/** Whose meetings a token opens; undefined for a guess, an old one or half of one, without a difference. */
export async function personOfFeed(bookingTable: string, token: string): Promise<string | undefined> {
  const bytes = fromBase32(token);
  if (bytes?.length !== idBytes + secretBytes) return undefined;
  const feed = await read(bookingTable, Buffer.from(bytes.subarray(0, idBytes)).toString("hex"));
  // Hashes: how long two of them agree tells nothing of the token.
  return feed?.tokenHash === sha256(token) ? feed.person : undefined;
}

async function read(bookingTable: string, feedId: string): Promise<Feed | undefined> {
  const { Item } = await table.send(
    new GetCommand({ TableName: bookingTable, Key: feedKey(feedId), ConsistentRead: true }),
  );
  return Item === undefined ? undefined : feedSchema.parse(Item);
}
