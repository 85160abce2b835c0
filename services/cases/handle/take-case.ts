import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { changeCase, changes, version } from "./change-case.ts";
import { take } from "./handling.ts";

/** Takes a case in hand, also out of another's. */
export const takeCase = defineEndpoint({
  ...changes,
  body: z.object({ version }),
  run: (request) => changeCase(request, (file, by) => take(file.case, by, request.now)),
});
