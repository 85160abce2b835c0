import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { newId } from "#shared/ids.ts";
import { sealLetter } from "#shared/letter.ts";
import { rules } from "../rules.ts";
import { changeCase, changes, textField, version } from "./change-case.ts";
import { tell } from "./handling.ts";

/** Records what the citizen was told otherwise than by mail. */
export const tellCitizen = defineEndpoint({
  ...changes,
  body: z.object({ version, how: z.enum(["phone", "visit", "letter"]), text: textField }),
  run: (request) =>
    changeCase(request, ({ case: current }, person) => {
      const { body, now } = request;
      const messageId = newId();
      const letter = sealLetter("told", messageId, { messageId, text: body.text });
      const subject = current.subject ?? "";
      const telling = {
        messageId,
        letter,
        subject,
        by: person.name,
        person,
        unit: undefined,
        files: [],
        how: body.how,
      };
      return tell(current, telling, rules(), now);
    }),
});
