import { type TransactItem, transact } from "#shared/table.ts";
import { caseKey, meetingKey } from "../keys.ts";
import type { Meeting } from "./meeting.ts";

/** Keeps the newest news of a meeting with its case, in whatever order they come and however often. */
export async function keepMeeting(
  casesTable: string,
  caseId: string,
  meeting: Meeting,
): Promise<"kept" | "known-already" | "no-such-case"> {
  const rows: TransactItem[] = [
    {
      Put: {
        TableName: casesTable,
        Item: { ...meetingKey(caseId, meeting.bookingId), ...meeting },
        ConditionExpression: "attribute_not_exists(pk) OR bookingVersion < :news",
        ExpressionAttributeValues: { ":news": meeting.bookingVersion },
      },
    },
    {
      ConditionCheck: {
        TableName: casesTable,
        Key: caseKey(caseId),
        ConditionExpression: "attribute_exists(pk)",
      },
    },
  ];
  const outcome = await transact(rows);
  if (outcome.done) return "kept";
  return outcome.failed.includes(1) ? "no-such-case" : "known-already";
}
