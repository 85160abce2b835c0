import type * as z from "zod/mini";
import type { urgencyRaised } from "#services/cases/events.ts";
import { municipality } from "#shared/config.ts";
import { log } from "#shared/logging.ts";
import { sendMailEnv } from "./env.ts";
import { deliver } from "./outgoing/deliver.ts";
import { onCallAlarm } from "./outgoing/on-call-alarm.ts";
import { alarmId } from "./outgoing/outbox.ts";

/** Tells whoever is on call, at once and whatever the hour, that something has come which cannot wait. */
export async function tellOnCall(event: z.infer<typeof urgencyRaised.schema>, now: Date): Promise<void> {
  const { urgent, serviceCentre, console: console_ } = municipality();
  const { caseId, caseNumber, mailId } = event.data;
  const alarm = onCallAlarm({
    caseNumber,
    link: `${console_.url}/#/arende/${caseId}`,
    serviceCentre: serviceCentre.name,
    phone: serviceCentre.phone,
  });
  const claim = {
    outboxId: alarmId(mailId),
    kind: "on-call-alarm",
    caseId,
    to: urgent.onCall.address,
    due: event,
  } as const;
  const mail = { ...alarm, html: undefined, replyTo: undefined, inReplyTo: undefined, automatic: true };
  const outcome = await deliver(sendMailEnv(), claim, mail, now);
  log("ON_CALL_TOLD", { caseId, outcome });
}
