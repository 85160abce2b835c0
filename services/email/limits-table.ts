import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type TransactItem, table } from "#shared/table.ts";
import { localDate } from "#shared/time/working-time.ts";
import { addressKey, hourKey } from "./keys.ts";
import { blockedUntil } from "./outgoing/bounce.ts";
import { daily } from "./outgoing/daily.ts";
import type { OutboxRow, OutgoingKind } from "./outgoing/outbox.ts";

/** Why an address may have no more: it bounced or complained, had its fill today, or had one minutes ago. */
export type OverLimit = "address-blocked" | "too-many-today" | "too-soon";

/**
 * The address's count of the day is an attribute called after the day, and when it last had a mail of that kind one called
 * after the kind: so all that is asked of an address, and whether it is blocked, are one row and one condition.
 */
export function countToday(
  mailTable: string,
  { recipient, kind }: OutboxRow,
  at: Date,
  by: 1 | -1,
): TransactItem {
  const key = { TableName: mailTable, Key: addressKey(recipient) };
  const { most, quietMs } = daily(kind);
  const ExpressionAttributeNames = { "#day": dayName(kind, at), "#last": `last-${kind}` };
  if (by < 0) {
    return {
      Update: {
        ...key,
        UpdateExpression: "ADD #day :by REMOVE #last",
        ExpressionAttributeNames,
        ExpressionAttributeValues: { ":by": by },
      },
    };
  }
  return {
    Update: {
      ...key,
      UpdateExpression: "ADD #day :by SET #last = :now",
      ConditionExpression: [
        "(attribute_not_exists(#day) OR #day < :most)",
        "(attribute_not_exists(#last) OR #last <= :quiet)",
        "(attribute_not_exists(blockedUntil) OR blockedUntil <= :now)",
      ].join(" AND "),
      ExpressionAttributeNames,
      ExpressionAttributeValues: {
        ":by": by,
        ":most": most,
        ":quiet": new Date(at.getTime() - quietMs).toISOString(),
        ":now": at.toISOString(),
      },
    },
  };
}

function dayName(kind: OutgoingKind, at: Date): string {
  return daily(kind).apart ? `${kind}-${localDate(at)}` : localDate(at);
}

export async function whyNotCounted(
  mailTable: string,
  { recipient, kind }: OutboxRow,
  now: Date,
): Promise<OverLimit> {
  const { Item } = await table.send(
    new GetCommand({ TableName: mailTable, Key: addressKey(recipient), ConsistentRead: true }),
  );
  if (String(Item?.["blockedUntil"] ?? "") > now.toISOString()) return "address-blocked";
  return Number(Item?.[dayName(kind, now)] ?? 0) >= daily(kind).most ? "too-many-today" : "too-soon";
}

/** The address gets no automatic mail for a while. Answers still go there: somebody wrote them. */
export function block(mailTable: string, recipient: string, now: Date): TransactItem {
  return {
    Update: {
      TableName: mailTable,
      Key: addressKey(recipient),
      UpdateExpression: "SET blockedUntil = :until",
      ExpressionAttributeValues: { ":until": blockedUntil(now) },
    },
  };
}

/**
 * Takes so many acknowledgements of an hour at once, all of them or none: whoever has them sends them without asking again.
 * Those that are not sent are lost, so the limit is never passed and seldom quite reached.
 */
export async function takeOfHour(mailTable: string, most: number, some: number, now: Date): Promise<boolean> {
  try {
    await table.send(
      new UpdateCommand({
        TableName: mailTable,
        Key: hourKey(now),
        UpdateExpression: "ADD #count :some",
        ConditionExpression: "attribute_not_exists(pk) OR #count <= :room",
        ExpressionAttributeNames: { "#count": "count" },
        ExpressionAttributeValues: { ":some": some, ":room": most - some },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
