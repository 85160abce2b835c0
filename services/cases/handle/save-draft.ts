import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import type { Staff } from "#shared/staff.ts";
import { findTask } from "../assign/task.ts";
import { apiEnv } from "../env.ts";
import { mayRead } from "../register/case.ts";
import { findCase } from "../register/case-table.ts";
import { idParam } from "../register/show-case.ts";
import { dropDraft, saveDraft as keep } from "./draft-table.ts";

/** What an agent writes in a case stands in one of these boxes; an officer's answer in one named after the task. */
const agentBoxes = ["answer", "note", "told", "assign", "transfer"] as const;

/** Keeps what the caller has begun to write; an empty text drops it. */
export const saveDraft = defineEndpoint({
  params: z.object({ caseId: idParam, box: z.union([z.enum(agentBoxes), idParam]) }),
  query: z.object({}),
  body: z.object({ text: z.string().check(z.maxLength(20_000)) }),
  answer: z.object({ savedAt: z.nullable(z.string()) }),
  run: async ({ params: { caseId, box }, body, caller, now }) => {
    const { CASES_TABLE } = apiEnv();
    if (!(await mayWrite(caseId, box, caller))) return refuse("not-found");
    if (body.text.trim() === "") {
      await dropDraft(CASES_TABLE, caseId, caller.sub, box);
      return { savedAt: null };
    }
    const savedAt = now.toISOString();
    await keep(CASES_TABLE, caseId, caller.sub, { box, text: body.text, savedAt });
    return { savedAt };
  },
});

/** Nothing of the case is shown, so nothing is logged. */
async function mayWrite(caseId: string, box: string, caller: Staff): Promise<boolean> {
  const { CASES_TABLE } = apiEnv();
  if (!isAgentBox(box)) {
    const task = await findTask(CASES_TABLE, caseId, box);
    return task !== undefined && caller.units.includes(task.row.unit);
  }
  const current = await findCase(CASES_TABLE, caseId);
  return current !== undefined && mayRead(current, caller);
}

function isAgentBox(box: string): boolean {
  return agentBoxes.some((one) => one === box);
}
