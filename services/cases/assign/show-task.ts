import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { idParam } from "../register/show-case.ts";
import { readTask, taskViewSchema } from "./task-view.ts";

/** What a unit was asked, and what it said. */
export const showTask = defineEndpoint({
  params: z.object({ caseId: idParam, taskId: idParam }),
  query: z.object({}),
  answer: taskViewSchema,
  run: ({ params, caller, now }) => readTask(params, { caller, now }),
});
