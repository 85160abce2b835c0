import * as z from "zod/mini";
import {
  bookingApproved,
  bookingCancelled,
  bookingDeclined,
  bookingMade,
  bookingMoved,
  bookingReminderDue,
  bookingRequested,
  loanOverdue,
  waitingStarted,
  waitingTimeFree,
} from "#services/booking/events.ts";
import { answerGiven, caseOpened, type messagePassedOn, urgencyRaised } from "#services/cases/events.ts";
import { municipality } from "#shared/config.ts";
import { type Delivery, queueHandler } from "#shared/queue.ts";
import { acknowledgeCase } from "./acknowledge-case.ts";
import { sendMailEnv } from "./env.ts";
import { waitingSchema } from "./outgoing/outbox.ts";
import { sendAnswer } from "./send-answer.ts";
import { tellBooking } from "./tell-booking.ts";
import { tellLoan } from "./tell-loan.ts";
import { tellOnCall } from "./tell-on-call.ts";
import { tellPassedOn } from "./tell-passed-on.ts";
import { forUnitSchema, tellUnit } from "./tell-unit.ts";
import { tellWaiting } from "./tell-waiting.ts";

const dueSchema = z.discriminatedUnion("type", [
  caseOpened.schema,
  answerGiven.schema,
  urgencyRaised.schema,
  bookingMade.schema,
  bookingRequested.schema,
  bookingApproved.schema,
  bookingDeclined.schema,
  bookingMoved.schema,
  bookingCancelled.schema,
  bookingReminderDue.schema,
  loanOverdue.schema,
  waitingStarted.schema,
  waitingTimeFree.schema,
  ...forUnitSchema.def.options,
]);

/** What the sweeper brings again says how it saw the mail. */
const broughtSchema = z.intersection(dueSchema, z.object({ waited: z.optional(waitingSchema) }));

async function tellOfMessage(event: z.infer<typeof messagePassedOn.schema>, now: Date): Promise<void> {
  await tellPassedOn(event, now);
  const unit = municipality().units.find(({ id }) => id === event.data.unit);
  if (unit?.reader.kind === "console") await tellUnit(sendMailEnv(), event, now);
}

/**
 * Everything that happens in a case, to a booking or to what is lent and means a mail, from two queues: answers and what else must not wait, and
 * acknowledgements, which may be held. A unit's notice comes here only when it had to wait for SES; a message that goes on to
 * a unit is told to both, and the outbox knows what has been sent.
 */
export const handler = queueHandler(broughtSchema, (event, { now }: Delivery) => {
  switch (event.type) {
    case "CaseOpened":
      return acknowledgeCase(event, now);
    case "AnswerGiven":
      return sendAnswer(event, now);
    case "UrgencyRaised":
      return tellOnCall(event, now);
    case "MessagePassedOn":
      return tellOfMessage(event, now);
    case "BookingMade":
    case "BookingRequested":
    case "BookingApproved":
    case "BookingDeclined":
    case "BookingMoved":
    case "BookingCancelled":
    case "BookingReminderDue":
      return tellBooking(event, now);
    case "LoanOverdue":
      return tellLoan(event, now);
    case "WaitingStarted":
    case "WaitingTimeFree":
      return tellWaiting(event, now);
    default:
      return tellUnit(sendMailEnv(), event, now);
  }
});
