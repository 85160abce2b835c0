import type { WaitingLetter } from "#services/booking/events.ts";
import { fill } from "#shared/fill.ts";
import { dateInWords } from "#shared/time/date-in-words.ts";
import { meetingTime } from "#shared/time/meeting-time.ts";
import type { BookingTemplates } from "./booking-mail.ts";
import type { Content } from "./content.ts";

type Template = { subject: string; text: string };
export type WaitingTemplates = { started: Template; free: Template; dates: string };

/**
 * The mail to somebody in line: that they are, or which time is free. As a mail about a booking it holds no word of theirs, and of a secret
 * service not what it is about.
 */
export function waitingContent(
  language: string,
  { waiting, labels }: { waiting: WaitingTemplates; labels: BookingTemplates["labels"] },
  { service, place, from, until, time }: WaitingLetter,
  around: { organisation: string; serviceCentre: string; phone: string; page: string },
): Content {
  const when = time === null ? "" : meetingTime(new Date(time.startsAt), new Date(time.endsAt), language);
  const dates = [...new Set([from, until])].map((date) => dateInWords(date, language)).join(" – ");
  const details = [
    time === null ? `${waiting.dates}: ${dates}` : `${labels.when}: ${when}`,
    `${labels.where}: ${place}`,
    ...(service === null ? [] : [`${labels.service}: ${service}`]),
  ].join("\n");
  const { subject, text } = time === null ? waiting.started : waiting.free;
  const values = { ...around, when, details };
  return { language, subject: fill(subject, values), text: fill(text, values) };
}
