import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { changeCase, changes, version } from "./change-case.ts";
import { classify } from "./handling.ts";

/** Says whether a case holds something secret. */
export const classifyCase = defineEndpoint({
  ...changes,
  body: z.object({ version, access: z.enum(["public", "secret"]) }),
  run: (request) =>
    changeCase(request, (file, by) => classify(file.case, request.body.access, by, request.now)),
});
