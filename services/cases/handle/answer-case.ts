import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { newId } from "#shared/ids.ts";
import { isRefused } from "#shared/refusal.ts";
import { rules } from "../rules.ts";
import { answerOf } from "./answer.ts";
import { changeCase, changes, textField, version } from "./change-case.ts";
import { andThen, answer, close } from "./handling.ts";

/** Answers the citizen by mail, and closes the case as answered when asked to. */
export const answerCase = defineEndpoint({
  ...changes,
  body: z.object({ version, text: textField, close: z.boolean() }),
  run: (request) =>
    changeCase(request, ({ case: current }, by) => {
      const { body, now } = request;
      const answering = answerOf(current, { messageId: newId(), text: body.text, person: by, unit: null });
      const answered = answer(current, answering, rules(), now);
      if (isRefused(answered) || !body.close) return answered;
      return andThen(answered, (next) => close(next, "answered", now));
    }),
});
