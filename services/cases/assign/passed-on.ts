import { sealLetter } from "#shared/letter.ts";
import type { PassedOnLetter } from "../events.ts";
import type { Case, Message, SealedLetter } from "../register/case.ts";

/** A message that goes on to the unit that has the matter, sealed below the prefix that its own system may read. */
export function sealPassedOn(seen: Case, message: Message, text: string): SealedLetter | undefined {
  if (seen.transfer === null) return undefined;
  const { transferId, unit } = seen.transfer;
  const letter: PassedOnLetter = {
    taskId: transferId,
    messageId: message.messageId,
    caseId: seen.caseId,
    caseNumber: seen.caseNumber,
    unit,
    sender: message.sender,
    subject: message.subject,
    arrivedAt: message.arrivedAt,
    channel: message.channel,
    text,
    attachments: message.attachments.map(({ name, contentType, bytes }) => ({ name, contentType, bytes })),
  };
  return sealLetter(`to-${unit}`, message.messageId, letter);
}
