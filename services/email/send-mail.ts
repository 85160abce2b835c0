import * as z from "zod/mini";
import { answerGiven, caseOpened } from "#services/cases/events.ts";
import { type Delivery, queueHandler } from "#shared/queue.ts";
import { acknowledgeCase } from "./acknowledge-case.ts";
import { sendAnswer } from "./send-answer.ts";

const dueSchema = z.discriminatedUnion("type", [caseOpened.schema, answerGiven.schema]);

/** Everything that happens in a case and means a mail to its citizen. */
export const handler = queueHandler(dueSchema, (event, { now }: Delivery) =>
  event.type === "CaseOpened" ? acknowledgeCase(event, now) : sendAnswer(event, now),
);
