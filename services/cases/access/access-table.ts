import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { table } from "#shared/table.ts";
import { accessKey } from "../keys.ts";

/** Somebody looked at something secret: who, at what, when. */
export type Access = {
  accessId: string;
  caseId: string;
  sub: string;
  at: string;
  what: "case" | "message" | "task" | "file" | "unscanned-file";
};

/** Adds a line to the log. It can only grow: the function has no right to change a line, nor the condition. */
export async function logAccess(accessTable: string, access: Access): Promise<void> {
  await table.send(
    new PutCommand({
      TableName: accessTable,
      Item: { ...accessKey(access.caseId, access.at, access.accessId), ...access },
      ConditionExpression: "attribute_not_exists(pk)",
    }),
  );
}
