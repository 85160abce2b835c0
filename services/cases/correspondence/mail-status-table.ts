import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { table } from "#shared/table.ts";
import { outgoingKey } from "../keys.ts";
import type { OutgoingMail } from "./mail-status.ts";

/** Keeps the newest news of a mail, in whatever order they come and however often. */
export async function keepMailStatus(
  casesTable: string,
  caseId: string,
  mail: OutgoingMail,
): Promise<"kept" | "known-already"> {
  try {
    await table.send(
      new PutCommand({
        TableName: casesTable,
        Item: { ...outgoingKey(caseId, mail.outboxId), ...mail },
        ConditionExpression: "attribute_not_exists(pk) OR outboxVersion < :news",
        ExpressionAttributeValues: { ":news": mail.outboxVersion },
      }),
    );
    return "kept";
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return "known-already";
    throw error;
  }
}
