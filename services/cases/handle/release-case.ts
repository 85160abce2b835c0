import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { changeCase, changes, version } from "./change-case.ts";
import { release } from "./handling.ts";

/** Puts a case back for anybody to take. */
export const releaseCase = defineEndpoint({
  ...changes,
  body: z.object({ version }),
  run: (request) => changeCase(request, (file) => release(file.case, request.now)),
});
