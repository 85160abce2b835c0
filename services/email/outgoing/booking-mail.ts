import type { BookingLetter } from "#services/booking/events.ts";
import { fill } from "#shared/fill.ts";
import { meetingTime } from "#shared/time/meeting-time.ts";
import { isOurs } from "./acknowledgement.ts";
import type { Content } from "./content.ts";

/** What happened to a booking. */
export type BookingNews = "made" | "requested" | "approved" | "declined" | "moved" | "cancelled" | "reminder";

type Template = { subject: string; text: string };
export type BookingTemplates = Record<BookingNews, Template> & {
  short: Record<BookingNews, string>;
  labels: Record<
    | "when"
    | "where"
    | "service"
    | "person"
    | "prepare"
    | "interpreter"
    | "reason"
    | "nobodyAnswered"
    | "series"
    | "seriesGoesOn"
    | "seriesCalledOff",
    string
  >;
};

/**
 * The mail about a booking. Who wrote an address on our pages may have written somebody else's: it holds no word of theirs, not
 * even a name. Of a secret service the letter says neither what nor whom, so the mail says when and where alone.
 */
export function bookingContent(
  language: string,
  news: BookingNews,
  templates: BookingTemplates,
  letter: BookingLetter,
  around: { organisation: string; serviceCentre: string; phone: string; page: string },
): Content {
  const when = meetingTime(new Date(letter.startsAt), new Date(letter.endsAt), language);
  const details = detailsOf(templates.labels, letter, {
    when,
    language,
    called: news === "cancelled" || news === "declined",
  });
  const values = { ...around, when, details };
  const { subject, text } = templates[news];
  return { language, subject: fill(subject, values), text: fill(text, values) };
}

/** The same as a text message: when, where, and the link. */
export function bookingTextMessage(
  language: string,
  template: string,
  { startsAt, endsAt, place }: Pick<BookingLetter, "startsAt" | "endsAt" | "place">,
  around: { organisation: string; phone: string; page: string },
): string {
  const when = meetingTime(new Date(startsAt), new Date(endsAt), language);
  return fill(template, { ...around, when, place });
}

function detailsOf(
  labels: BookingTemplates["labels"],
  { service, person, place, room, prepare, interpreter, reason, everyWeeks }: BookingLetter,
  { when, called, language }: { when: string; called: boolean; language: string },
): string {
  const interpreted =
    interpreter === undefined
      ? undefined
      : (new Intl.DisplayNames(language, { type: "language" }).of(interpreter) ?? interpreter);
  const lines = [
    `${labels.when}: ${when}`,
    ...(everyWeeks === undefined
      ? []
      : [
          `${labels.series}: ${called ? labels.seriesCalledOff : fill(labels.seriesGoesOn, { everyWeeks: String(everyWeeks) })}`,
        ]),
    `${labels.where}: ${[place, ...(room === null ? [] : [room])].join(", ")}`,
    ...(service === null ? [] : [`${labels.service}: ${service}`]),
    ...(person === null || called ? [] : [`${labels.person}: ${person}`]),
    ...(interpreted === undefined || called ? [] : [`${labels.interpreter}: ${interpreted}`]),
    ...(reason === undefined ? [] : [`${labels.reason}: ${reason ?? labels.nobodyAnswered}`]),
    ...(prepare.length === 0 || called ? [] : [`${labels.prepare}:`, ...prepare.map((one) => `- ${one}`)]),
  ];
  return lines.join("\n");
}

/** Our own addresses: those that cases come from, and the domains that only we have. */
export type OwnAddresses = { domain: string; subdomain: string; mailboxes: readonly string[] };

/**
 * Whether a mail about a booking would come back to ourselves as a case. The public does not write to our domain; a colleague whom
 * somebody here booked for may.
 */
export function comesBack(to: string, audience: "public" | "internal", own: OwnAddresses): boolean {
  const address = to.toLowerCase();
  if (own.mailboxes.includes(address)) return true;
  return isOurs(address, audience === "public" ? [own.domain, own.subdomain] : [own.subdomain]);
}
