import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { rules } from "../rules.ts";
import { changeCase, changes, version } from "./change-case.ts";
import { reopen } from "./handling.ts";

/** Opens a closed case again. */
export const reopenCase = defineEndpoint({
  ...changes,
  body: z.object({ version }),
  run: (request) => changeCase(request, (file) => reopen(file.case, "by-hand", rules(), request.now)),
});
