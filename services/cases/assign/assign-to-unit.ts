import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { newId } from "#shared/ids.ts";
import { refuse } from "#shared/refusal.ts";
import { changeCase, changes, dateField, textField, version } from "../handle/change-case.ts";
import { assign } from "./assignment.ts";
import { requestTo } from "./request.ts";

/** Asks a unit to do its part. The question stays the servicecenter's. */
export const assignToUnit = defineEndpoint({
  ...changes,
  body: z.object({
    version,
    unit: z.string(),
    text: textField,
    dueDate: dateField,
    access: z.enum(["public", "secret"]),
  }),
  run: (request) =>
    changeCase(request, async (file, by) => {
      const { unit, text, dueDate, access } = request.body;
      if (!municipality().units.some(({ id }) => id === unit)) return refuse("no-such-unit");
      const assignmentId = newId();
      const letter = await requestTo(unit, file, { task: "assignment", taskId: assignmentId, text });
      return assign(file.case, { assignmentId, unit, dueDate, letter, access }, by, request.now);
    }),
});
