import {
  type ContentLine,
  calendarText,
  localTimeLine,
  mailtoValue,
  quoted,
  stockholmZone,
  textValue,
  uriValue,
  utcValue,
} from "./content-lines.ts";

/** Somebody in an invitation: a mail address, and the name that calendars show. */
type Participant = { name?: string; address: string };

export type Invitation = {
  /** The same for as long as the booking lives, through every move and the cancellation. */
  uid: string;
  /** 0 at first, and one more for each move and for the cancellation: a calendar keeps the highest. */
  sequence: number;
  /** What a calendar is asked to do (RFC 5546 §3.2): take the meeting in, take it out, or only know of it. */
  method: "REQUEST" | "CANCEL" | "PUBLISH";
  start: Date;
  end: Date;
  summary: string;
  description?: string;
  location?: string;
  /** The calendar's owner: for the municipality, an address that is read. */
  organizer: Participant;
  attendee: Participant;
  /** The booking's own page. */
  url?: string;
  /** When this version was made. */
  stamp: Date;
  /** How long before the meeting a calendar reminds; not at all without it. */
  alarmMinutes?: number;
  /** Tells the time and nothing of the matter: no title, place, text, link or name. For a calendar that others may see. */
  quiet?: boolean;
  /** It has been asked for, and may be refused. */
  tentative?: boolean;
};

/** The title of every meeting whose matter must not be seen. */
export const quietSummary = "Bokat möte";

/** A booking as a calendar takes it: the text of a `text/calendar` in UTF-8 (RFC 5545), times in Swedish local time. */
export function invitation(booking: Invitation): string {
  const { quiet = false, organizer, attendee, ...meeting } = booking;
  const { method } = booking;
  return calendar(method, [
    ...meetingLines(quiet ? quietMeeting(meeting) : meeting, [
      participantLine("ORGANIZER", organizer, quiet),
      // A published meeting has no attendees. Whoever booked has said yes: no answer is asked for, none comes as mail.
      ...(method === "PUBLISH"
        ? []
        : [participantLine("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE", attendee, quiet)]),
      ...(quiet ? ["CLASS:PRIVATE"] : []),
    ]),
  ]);
}

/** A meeting in somebody's feed. It has no field for who comes or why: a subscribed calendar is often seen by others. */
export type FeedMeeting = {
  uid: string;
  sequence: number;
  start: Date;
  end: Date;
  place: string;
  tentative: boolean;
};

/** How often a calendar is asked to look again (RFC 7986 §5.7). Many look more seldom, whatever is asked. */
const refresh = "PT15M";

/**
 * One person's meetings as a calendar to subscribe to: the text of a `text/calendar` in UTF-8, made at `stamp`. Each says when and
 * where, as *Bokat möte, <place>*, and nothing more. What was called off is left out by the caller, and so disappears.
 */
export function feed(organizer: { address: string }, meetings: readonly FeedMeeting[], stamp: Date): string {
  const owner = participantLine("ORGANIZER", organizer, true);
  return calendar(
    "PUBLISH",
    // Field by field: an object may hold more than its type says.
    meetings.flatMap(({ uid, sequence, start, end, place, tentative }) => {
      const summary = `${quietSummary}, ${place}`;
      return meetingLines({ uid, sequence, start, end, stamp, summary, tentative, method: "PUBLISH" }, [
        owner,
        "CLASS:PRIVATE",
      ]);
    }),
    ["NAME:Bokade möten", "X-WR-CALNAME:Bokade möten", `REFRESH-INTERVAL;VALUE=DURATION:${refresh}`],
  );
}

/** A calendar with its events' lines in it. */
function calendar(
  method: Invitation["method"],
  events: readonly ContentLine[],
  properties: readonly ContentLine[] = [],
): string {
  return calendarText([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Servicecenter//Booking//SV",
    "CALSCALE:GREGORIAN",
    `METHOD:${method}`,
    ...properties,
    ...stockholmZone,
    ...events,
    "END:VCALENDAR",
  ]);
}

type Meeting = Omit<Invitation, "organizer" | "attendee" | "quiet">;

/** A meeting's own lines, and `more` that belong to it. */
function meetingLines(meeting: Meeting, more: readonly ContentLine[]): readonly ContentLine[] {
  const { method, summary, description, location, url, alarmMinutes, tentative = false } = meeting;
  return [
    "BEGIN:VEVENT",
    `UID:${textValue(meeting.uid)}`,
    `SEQUENCE:${meeting.sequence}`,
    `DTSTAMP:${utcValue(meeting.stamp)}`,
    localTimeLine("DTSTART", meeting.start),
    localTimeLine("DTEND", meeting.end),
    `SUMMARY:${textValue(summary)}`,
    ...(description === undefined ? [] : [`DESCRIPTION:${textValue(description)}`]),
    ...(location === undefined ? [] : [`LOCATION:${textValue(location)}`]),
    ...(url === undefined ? [] : [`URL:${uriValue(url)}`]),
    `STATUS:${method === "CANCEL" ? "CANCELLED" : tentative ? "TENTATIVE" : "CONFIRMED"}`,
    "TRANSP:OPAQUE",
    ...more,
    ...(alarmMinutes === undefined || method === "CANCEL" ? [] : alarmLines(summary, alarmMinutes)),
    "END:VEVENT",
  ];
}

function participantLine(name: string, { name: person, address }: Participant, quiet: boolean): ContentLine {
  const called = quiet || person === undefined ? "" : `;CN=${quoted(person)}`;
  return `${name}${called}:${mailtoValue(address)}`;
}

function quietMeeting({ description: _text, location: _place, url: _link, ...meeting }: Meeting): Meeting {
  return { ...meeting, summary: quietSummary };
}

function alarmLines(summary: string, minutes: number): readonly ContentLine[] {
  return [
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `TRIGGER:-PT${minutes}M`,
    `DESCRIPTION:${textValue(summary)}`,
    "END:VALARM",
  ];
}
