import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { table } from "#shared/table.ts";
import { unitList } from "../keys.ts";
import { listedCaseSchema } from "./case.ts";
import { listKey } from "./case-table.ts";
import { assignmentSchema, transferSchema } from "./tasks.ts";

const pageSize = 50;

/** One page of a list, soonest date first: one Query, however many cases there are. */
async function page(casesTable: string, worklist: string, after: string | undefined) {
  const answer = await table.send(
    new QueryCommand({
      TableName: casesTable,
      IndexName: "worklist",
      KeyConditionExpression: "worklist = :worklist AND due > :after",
      ExpressionAttributeValues: { ":worklist": worklist, ":after": after ?? "0" },
      Limit: pageSize,
    }),
  );
  const last = answer.LastEvaluatedKey?.["due"];
  return { rows: answer.Items ?? [], cursor: typeof last === "string" ? last : null };
}

export async function listCases(
  casesTable: string,
  list: "quarantine" | "unassigned" | "waiting" | { mine: string },
  after: string | undefined,
) {
  const { rows, cursor } = await page(casesTable, listKey(list), after);
  return { cases: rows.map((row) => listedCaseSchema.parse(row)), cursor };
}

const listedAssignmentSchema = z.pick(assignmentSchema, {
  assignmentId: true,
  caseId: true,
  caseNumber: true,
  subject: true,
  sentAt: true,
  dueDate: true,
  takenBy: true,
  laps: true,
});
const listedTransferSchema = z.pick(transferSchema, {
  transferId: true,
  caseId: true,
  caseNumber: true,
  subject: true,
  sentAt: true,
});

/** What a list shows of a task, an assignment or a transfer. */
export const listedTaskSchema = z.object({
  task: z.enum(["assignment", "transfer"]),
  taskId: z.string(),
  caseId: z.string(),
  caseNumber: z.string(),
  subject: z.nullable(z.string()),
  sentAt: z.string(),
  /** When an answer is asked for; a transfer has none. */
  dueDate: z.nullable(z.string()),
  takenBy: z.nullable(z.string()),
  laps: z.int(),
});
export type ListedTask = z.infer<typeof listedTaskSchema>;

/** One page of what a unit has yet to answer. */
export async function listTasks(casesTable: string, unit: string, after: string | undefined) {
  const { rows, cursor } = await page(casesTable, unitList(unit), after);
  return { tasks: rows.map(listedTask), cursor };
}

function listedTask(row: Record<string, unknown>): ListedTask {
  if (row["transferId"] !== undefined) {
    const { transferId, ...rest } = listedTransferSchema.parse(row);
    return { task: "transfer", taskId: transferId, ...rest, dueDate: null, takenBy: null, laps: 0 };
  }
  const { assignmentId, takenBy, ...rest } = listedAssignmentSchema.parse(row);
  return { task: "assignment", taskId: assignmentId, ...rest, takenBy: takenBy?.name ?? null };
}
