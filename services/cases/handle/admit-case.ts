import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { changeCase, changes, version } from "./change-case.ts";
import { admit } from "./handling.ts";

/** Lets a case out of quarantine: somebody has looked at it, and it is a question like any other. */
export const admitCase = defineEndpoint({
  ...changes,
  body: z.object({ version }),
  run: (request) => changeCase(request, (file) => admit(file.case, request.now)),
});
