import * as z from "zod/mini";
import { answerGiven, assignmentSent, caseOpened, caseTransferred } from "#services/cases/events.ts";
import { type Delivery, queueHandler } from "#shared/queue.ts";
import { acknowledgeCase } from "./acknowledge-case.ts";
import { sendMailEnv } from "./env.ts";
import { sendAnswer } from "./send-answer.ts";
import { tellUnit } from "./tell-unit.ts";

const dueSchema = z.discriminatedUnion("type", [
  caseOpened.schema,
  answerGiven.schema,
  assignmentSent.schema,
  caseTransferred.schema,
]);

/**
 * Everything that happens in a case and means a mail to its citizen, from two queues: answers, and acknowledgements, which
 * may be held. A unit's notice comes here only when it had to wait for SES.
 */
export const handler = queueHandler(dueSchema, (event, { now }: Delivery) => {
  switch (event.type) {
    case "CaseOpened":
      return acknowledgeCase(event, now);
    case "AnswerGiven":
      return sendAnswer(event, now);
    default:
      return tellUnit(sendMailEnv(), event, now);
  }
});
