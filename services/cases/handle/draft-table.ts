import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { table } from "#shared/table.ts";
import { draftKey } from "../keys.ts";
import type { Draft } from "../register/case-table.ts";

/** Keeps what somebody has begun to write, over what they had before. Not of record: no version, no event. */
export async function saveDraft(
  casesTable: string,
  caseId: string,
  sub: string,
  draft: Draft,
): Promise<void> {
  await table.send(
    new PutCommand({ TableName: casesTable, Item: { ...draftKey(caseId, sub, draft.box), ...draft } }),
  );
}

export async function dropDraft(casesTable: string, caseId: string, sub: string, box: string) {
  await table.send(new DeleteCommand({ TableName: casesTable, Key: draftKey(caseId, sub, box) }));
}

/** What a person had begun to write in a box. */
export async function findDraft(
  casesTable: string,
  caseId: string,
  sub: string,
  box: string,
): Promise<string | null> {
  const answer = await table.send(new GetCommand({ TableName: casesTable, Key: draftKey(caseId, sub, box) }));
  const text = answer.Item?.["text"];
  return typeof text === "string" && text !== "" ? text : null;
}
