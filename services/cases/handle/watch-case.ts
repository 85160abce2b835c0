import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { changeCase, changes, dateField, version } from "./change-case.ts";
import { watch } from "./handling.ts";

/** Lets a case rest until a date. */
export const watchCase = defineEndpoint({
  ...changes,
  body: z.object({ version, nextDate: dateField }),
  run: (request) =>
    changeCase(request, (file, by) => watch(file.case, request.body.nextDate, by, request.now)),
});
