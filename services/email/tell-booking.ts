import type * as z from "zod/mini";
import {
  type bookingApproved,
  type bookingCancelled,
  type bookingDeclined,
  bookingLetterSchema,
  type bookingMade,
  type bookingMoved,
  type bookingReminderDue,
  type bookingRequested,
} from "#services/booking/events.ts";
import { bookingToken } from "#shared/booking-token.ts";
import { municipality } from "#shared/config.ts";
import { readLetter } from "#shared/letter.ts";
import { log } from "#shared/logging.ts";
import { sendMailEnv } from "./env.ts";
import { bookingContent, bookingTextMessage, comesBack } from "./outgoing/booking-mail.ts";
import { deliver } from "./outgoing/deliver.ts";
import { bookingMailId } from "./outgoing/outbox.ts";
import { bothForms, textsIn } from "./outgoing/texts.ts";
import { requestNotice } from "./outgoing/unit-notice.ts";

type BookingEvent =
  | z.infer<typeof bookingMade.schema>
  | z.infer<typeof bookingRequested.schema>
  | z.infer<typeof bookingApproved.schema>
  | z.infer<typeof bookingDeclined.schema>
  | z.infer<typeof bookingMoved.schema>
  | z.infer<typeof bookingCancelled.schema>
  | z.infer<typeof bookingReminderDue.schema>;

const newsIn = {
  BookingMade: "made",
  BookingRequested: "requested",
  BookingApproved: "approved",
  BookingDeclined: "declined",
  BookingMoved: "moved",
  BookingCancelled: "cancelled",
  BookingReminderDue: "reminder",
} as const;

/** Tells the unit's mailbox that a booking waits for its yes or no. Not whose, nor for what. */
async function askUnit(event: z.infer<typeof bookingRequested.schema>, now: Date): Promise<void> {
  const { unit: of, bookingId, sequence } = event.data;
  const { units, serviceCentre, console: console_, mail } = municipality();
  // The servicecenter's own requests wait in its console alone: a mail to the official address would become a case.
  const unit = units.find(({ id }) => id === of);
  if (unit === undefined || unit.mailbox === mail.official) return;
  const notice = requestNotice({
    link: `${console_.url}/#/bokning/att-svara`,
    serviceCentre: serviceCentre.name,
    phone: serviceCentre.phone,
  });
  const claim = {
    outboxId: bookingMailId(bookingId, sequence, "unit"),
    kind: "unit-notice",
    bookingId,
    to: unit.mailbox,
    due: event,
  } as const;
  const plain = { ...notice, html: undefined, replyTo: undefined, inReplyTo: undefined, automatic: true };
  const outcome = await deliver(sendMailEnv(), claim, plain, now);
  log("UNIT_ASKED", { bookingId, unit: of, outcome });
}

/**
 * Tells whoever booked what they have booked, with their personal link and the meeting for their calendar; of each version once. Mails
 * may overtake each other: the calendar goes by the version in the file. A text message is a mail to the gateway that says so in short.
 */
export async function tellBooking(event: BookingEvent, now: Date): Promise<void> {
  const { type, data } = event;
  if (type === "BookingRequested") await askUnit(event, now);
  if (data.letter === undefined) return;
  const env = sendMailEnv();
  const letter = await readLetter(env.LETTERS_BUCKET, data.letter, bookingLetterSchema);
  const { organisation, serviceCentre, citizenPages, mail, units } = municipality();
  const mailboxes = [mail.official, mail.internal, ...units.map(({ mailbox }) => mailbox)];
  if (comesBack(letter.to, data.audience, { ...mail, mailboxes })) return;
  const { language, texts } = textsIn(letter.language);
  const about = {
    organisation: organisation.name,
    serviceCentre: serviceCentre.name,
    phone: serviceCentre.phone,
    page: `${citizenPages.url}/b/m/${await bookingToken(env.LINK_KEY, data)}`,
  };
  const news = newsIn[type];
  const content =
    letter.channel === "text"
      ? asTextMessage(bookingTextMessage(language, texts.booking.short[news], letter, about))
      : bothForms(bookingContent(language, news, texts.booking, letter, about));
  const method = type === "BookingCancelled" || type === "BookingDeclined" ? "CANCEL" : "REQUEST";
  const claim = {
    outboxId: bookingMailId(data.bookingId, data.sequence, news),
    kind: "booking",
    bookingId: data.bookingId,
    to: letter.to,
    due: event,
  } as const;
  const outcome = await deliver(
    env,
    claim,
    {
      ...content,
      replyTo: undefined,
      inReplyTo: undefined,
      automatic: true,
      attachments: letter.ics === null ? [] : [calendarFile(letter.ics, method)],
    },
    now,
  );
  log("BOOKING_TOLD", { bookingId: data.bookingId, sequence: data.sequence, outcome });
}

function calendarFile(ics: string, method: "CANCEL" | "REQUEST") {
  return {
    filename: "bokning.ics",
    contentType: `text/calendar; charset=utf-8; method=${method}`,
    content: new TextEncoder().encode(ics),
  };
}

/** Gateways send on a mail's text; what stands in its subject some leave out and some put first. */
function asTextMessage(text: string) {
  return { subject: "", text, html: undefined };
}
