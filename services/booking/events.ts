import * as z from "zod/mini";
import { code, count, defineEvent, id, instant, letterRef } from "#shared/event.ts";

/** Who made it: the citizen on our pages, or somebody here. */
export const audienceCodes = ["public", "internal"] as const;

const aboutBooking = {
  bookingId: id,
  bookingVersion: count,
  service: id,
  /** The unit whose people see the citizen. */
  unit: id,
  office: id,
  startsAt: instant,
  endsAt: instant,
  audience: code(audienceCodes),
  /** A booking may belong to a case. */
  caseId: z.optional(id),
};

const bookingEvent = <Type extends string, S extends Parameters<typeof defineEvent>[2]>(
  type: Type,
  shape: S,
) => defineEvent("servicecenter/booking", type, { ...aboutBooking, ...shape });

/** What the citizen is written, as a letter; none when they gave no address. `linkVersion`: which personal link holds. */
const told = { letter: z.optional(letterRef), sequence: count, linkVersion: count };

/** What a citizen is told of their booking, and by which name and address. Of a secret service neither its name nor whom they meet. */
export const bookingLetterSchema = z.object({
  to: z.string(),
  name: z.nullable(z.string()),
  /** ISO 639 code. */
  language: z.string(),
  service: z.nullable(z.string()),
  person: z.nullable(z.string()),
  place: z.string(),
  room: z.nullable(z.string()),
  startsAt: z.string(),
  endsAt: z.string(),
  prepare: z.array(z.string()),
  /** The meeting for a calendar (RFC 5545), whole: this version of it, or that it is called off. */
  ics: z.string(),
});
export type BookingLetter = z.infer<typeof bookingLetterSchema>;

export const bookingMade = bookingEvent("BookingMade", told);
export const bookingMoved = bookingEvent("BookingMoved", { ...told, movedFrom: instant });
export const bookingCancelled = bookingEvent("BookingCancelled", {
  ...told,
  by: code(["citizen", "staff"]),
});
/** The person or the room cannot: somebody here must find another time. */
export const bookingUnsettled = bookingEvent("BookingUnsettled", {
  cause: code(["absence", "rota", "room"]),
});
export const visitorArrived = bookingEvent("BookedVisitorArrived", { arrivedAt: instant });
export const bookingMissed = bookingEvent("BookingMissed", {});
