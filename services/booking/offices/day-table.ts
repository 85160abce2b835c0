import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { table } from "#shared/table.ts";
import type { OfferedDay } from "../book/offer.ts";
import { officeDayKey } from "../keys.ts";

const stretch = z.object({ from: z.string(), to: z.string() });
const offeredSchema = z.object({
  office: z.string(),
  date: z.string(),
  bookable: z.array(stretch),
  people: z.array(z.extend(stretch, { person: z.string() })),
});

/** What an office offers on a day; undefined where nothing is published. */
export async function findOfferedDay(
  bookingTable: string,
  office: string,
  date: string,
): Promise<OfferedDay | undefined> {
  const { Item } = await table.send(
    new GetCommand({ TableName: bookingTable, Key: officeDayKey(office, date), ConsistentRead: true }),
  );
  return Item === undefined ? undefined : offeredSchema.parse(Item);
}

/** What an office offers, from one date to another, both included. */
export async function offeredDays(
  bookingTable: string,
  office: string,
  { from, to }: { from: string; to: string },
): Promise<readonly OfferedDay[]> {
  const days: OfferedDay[] = [];
  let next: Record<string, unknown> | undefined;
  do {
    const page = await table.send(
      new QueryCommand({
        TableName: bookingTable,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
        ExpressionAttributeValues: {
          ":pk": officeDayKey(office, from).pk,
          ":from": officeDayKey(office, from).sk,
          ":to": officeDayKey(office, to).sk,
        },
        ExclusiveStartKey: next,
      }),
    );
    days.push(...(page.Items ?? []).map((item) => offeredSchema.parse(item)));
    next = page.LastEvaluatedKey;
  } while (next !== undefined);
  return days;
}
