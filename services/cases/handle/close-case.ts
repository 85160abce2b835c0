import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { closeReasonCodes } from "../events.ts";
import { changeCase, changes, version } from "./change-case.ts";
import { close } from "./handling.ts";

/** Ends a case, for a reason of the closed list. */
export const closeCase = defineEndpoint({
  ...changes,
  body: z.object({ version, reason: z.enum(closeReasonCodes) }),
  run: (request) => changeCase(request, (file) => close(file.case, request.body.reason, request.now)),
});
