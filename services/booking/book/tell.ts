import { municipality } from "#shared/config.ts";
import type { Event } from "#shared/event.ts";
import { sealLetter } from "#shared/letter.ts";
import {
  type BookingLetter,
  bookingApproved,
  bookingCancelled,
  bookingDeclined,
  bookingMade,
  bookingMissed,
  bookingMoved,
  bookingReminderDue,
  bookingRequested,
  bookingUnsettled,
} from "../events.ts";
import type { Booking, BookingChange } from "./booking.ts";
import type { Party } from "./booking-table.ts";
import { calendarFile } from "./calendar-file.ts";
import { channelOf } from "./channel.ts";
import type { BookingService } from "./offer.ts";

/** What the citizen is told of a booking as it stands; undefined when nothing but a call reaches them. */
export function letterOf(
  booking: Booking,
  service: BookingService,
  party: Party | undefined,
  { host, everyWeeks, at }: { host: string | undefined; everyWeeks?: number | undefined; at: Date },
): ReturnType<typeof sealLetter> | undefined {
  const channel = party === undefined ? undefined : channelOf(party);
  if (party === undefined || channel === undefined) return undefined;
  const secret = service.visibility === "secret";
  const place = municipality().places.find(({ id }) => id === booking.office);
  const [first = "sv"] = municipality().languages;
  const letter: BookingLetter = {
    to: channel.to,
    channel: channel.kind,
    name: party.name,
    language: booking.language ?? first,
    service: secret ? null : service.name,
    person: secret ? null : (host ?? null),
    place: place?.name ?? booking.office,
    // Where on a floor that is secret somebody sits tells what they come for.
    room: secret ? null : (place?.rooms.find(({ id }) => id === booking.room)?.name ?? null),
    startsAt: booking.startsAt,
    endsAt: booking.endsAt,
    prepare: secret ? [] : service.prepare,
    ...(booking.interpreter === undefined ? {} : { interpreter: booking.interpreter.language }),
    ...(booking.status === "cancelled" && booking.decision !== undefined && !secret
      ? { reason: booking.decision.reason }
      : {}),
    ...(everyWeeks === undefined ? {} : { everyWeeks }),
    ics:
      channel.kind === "text"
        ? null
        : calendarFile(booking, service, {
            method: booking.status === "cancelled" ? "CANCEL" : "REQUEST",
            attendee: channel.to,
            at,
          }),
  };
  return sealLetter("booking", booking.bookingId, letter);
}

type Letter = ReturnType<typeof letterOf>;

function about({ next }: BookingChange) {
  return {
    bookingId: next.bookingId,
    bookingVersion: next.version,
    service: next.service,
    unit: next.unit,
    office: next.office,
    startsAt: next.startsAt,
    endsAt: next.endsAt,
    audience: next.audience,
    ...(next.caseId === null ? {} : { caseId: next.caseId }),
  };
}

function told({ next }: BookingChange, letter: Letter) {
  return {
    sequence: next.sequence,
    linkVersion: next.linkVersion,
    ...(letter === undefined ? {} : { letter: { key: letter.key, sha256: letter.sha256 } }),
  };
}

const place = ({ next }: BookingChange, at: Date) => ({ subject: next.bookingId, version: next.version, at });

/** It is booked; or its unit is to answer. */
export function madeEvent(change: BookingChange, letter: Letter, at: Date): Event {
  const kind = change.next.status === "requested" ? bookingRequested : bookingMade;
  return kind.make(place(change, at), { ...about(change), ...told(change, letter) });
}

export function approvedEvent(change: BookingChange, letter: Letter, at: Date): Event {
  return bookingApproved.make(place(change, at), { ...about(change), ...told(change, letter) });
}

export function declinedEvent(
  change: BookingChange,
  cause: "unit" | "no-answer",
  letter: Letter,
  at: Date,
): Event {
  return bookingDeclined.make(place(change, at), { ...about(change), ...told(change, letter), cause });
}

export function movedEvent(change: BookingChange, from: Booking, letter: Letter, at: Date): Event {
  if (change.next.status === "requested") return madeEvent(change, letter, at);
  return bookingMoved.make(place(change, at), {
    ...about(change),
    ...told(change, letter),
    movedFrom: from.startsAt,
  });
}

export function cancelledEvent(
  change: BookingChange,
  by: "citizen" | "staff",
  letter: Letter,
  at: Date,
): Event {
  return bookingCancelled.make(place(change, at), { ...about(change), ...told(change, letter), by });
}

export function unsettledEvent(change: BookingChange, cause: "absence" | "rota" | "room", at: Date): Event {
  return bookingUnsettled.make(place(change, at), { ...about(change), cause });
}

export function missedEvent(change: BookingChange, at: Date): Event {
  return bookingMissed.make(place(change, at), about(change));
}

export function reminderEvent(booking: Booking, letter: Letter, at: Date): Event {
  const change = { next: booking, seen: booking.version, ledgers: [] };
  return bookingReminderDue.make(place(change, at), { ...about(change), ...told(change, letter) });
}
