import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import { changeCase, changes, version } from "../handle/change-case.ts";
import { idParam } from "../register/show-case.ts";
import { withdraw } from "./assignment.ts";

/** Takes a question back from a unit that has not answered. */
export const withdrawAssignment = defineEndpoint({
  ...changes,
  params: z.object({ caseId: idParam, assignmentId: idParam }),
  body: z.object({ version }),
  run: (request) =>
    changeCase(request, (file) => {
      const { assignmentId } = request.params;
      const assignment = file.assignments.find((one) => one.assignmentId === assignmentId);
      return assignment === undefined ? refuse("not-found") : withdraw(file.case, assignment, request.now);
    }),
});
