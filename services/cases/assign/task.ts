import { sealLetter } from "#shared/letter.ts";
import type { TaskLetter } from "../events.ts";
import type { SealedLetter } from "../register/case.ts";
import { findAssignment, findTransfer } from "../register/case-table.ts";
import type { Assignment, Transfer } from "../register/tasks.ts";

/** What a unit has been asked: to do its part, or to take the matter over. */
export type Task = { task: "assignment"; row: Assignment } | { task: "transfer"; row: Transfer };

export async function findTask(
  casesTable: string,
  caseId: string,
  taskId: string,
): Promise<Task | undefined> {
  const assignment = await findAssignment(casesTable, caseId, taskId);
  if (assignment !== undefined) return { task: "assignment", row: assignment };
  const transfer = await findTransfer(casesTable, caseId, taskId);
  return transfer === undefined ? undefined : { task: "transfer", row: transfer };
}

/** What a unit is asked, sealed below the prefix that its own system may read. */
export function sealTask(letter: TaskLetter): SealedLetter {
  return sealLetter(`to-${letter.unit}`, letter.taskId, letter);
}

/** What a unit says, sealed below the prefix that its own system may write. */
export function sealReply(unit: string, taskId: string, text: string): SealedLetter {
  return sealLetter(`from-${unit}`, taskId, { taskId, text });
}
