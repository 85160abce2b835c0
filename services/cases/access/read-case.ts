import { newId } from "#shared/ids.ts";
import { type Refused, refuse } from "#shared/refusal.ts";
import type { Staff } from "#shared/staff.ts";
import { apiEnv } from "../env.ts";
import { mayRead } from "../register/case.ts";
import { type CaseFile, findCaseFile } from "../register/case-table.ts";
import { type Access, logAccess } from "./access-table.ts";

/** Who asks, and when. */
export type Reader = { caller: Staff; now: Date };

/** A case for somebody who may read it. A secret one is written in the log first: no line, no case. */
export async function readCase(
  caseId: string,
  { caller, now }: Reader,
  what: Access["what"],
): Promise<CaseFile | Refused<"not-found">> {
  const file = await findCaseFile(apiEnv().CASES_TABLE, caseId, caller.sub);
  if (file === undefined || !mayRead(file.case, caller)) return refuse("not-found");
  if (file.case.access === "secret") await logReading(caseId, { caller, now }, what);
  return file;
}

export async function logReading(
  caseId: string,
  { caller, now }: Reader,
  what: Access["what"],
): Promise<void> {
  const at = now.toISOString();
  await logAccess(apiEnv().ACCESS_TABLE, { accessId: newId(), caseId, sub: caller.sub, at, what });
}
