import * as z from "zod/mini";
import { isSecretService } from "#shared/config.ts";
import type { Staff } from "#shared/staff.ts";
import { type Booking, bookingStatuses, decisionSchema } from "./booking.ts";
import { type Party, partySchema } from "./booking-table.ts";
import { channelOf } from "./channel.ts";
import { interpreterToOrder } from "./interpreter.ts";
import type { Slot } from "./offer.ts";

/** A booking as staff see it. `hidden`: that somebody comes is secret, and who it is is not shown to whoever asks. */
export const bookingViewSchema = z.object({
  bookingId: z.string(),
  version: z.int(),
  status: z.enum(bookingStatuses),
  service: z.nullable(z.string()),
  office: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  person: z.nullable(z.string()),
  room: z.nullable(z.string()),
  seats: z.int(),
  audience: z.enum(["public", "internal"]),
  language: z.nullable(z.string()),
  equipment: z.array(z.string()),
  heldUntil: z.nullable(z.string()),
  caseId: z.nullable(z.string()),
  agreed: z.nullable(z.object({ reason: z.string(), by: z.string() })),
  interpreter: z.nullable(
    z.object({
      language: z.string(),
      person: z.nullable(z.string()),
      ordered: z.nullable(z.object({ reference: z.string(), startsAt: z.string() })),
      /** Somebody from outside must be ordered, ordered for another time, or called off. */
      toOrder: z.boolean(),
    }),
  ),
  requestedAt: z.nullable(z.string()),
  decision: z.nullable(decisionSchema),
  /** Whether whoever asks is of the unit that answers. */
  mayDecide: z.boolean(),
  series: z.nullable(z.object({ seriesId: z.string(), number: z.int(), of: z.int(), everyWeeks: z.int() })),
  hidden: z.boolean(),
  party: z.nullable(partySchema),
  /** How who comes is told of what becomes of it; null: nothing but a call reaches them. */
  toldBy: z.nullable(z.enum(["email", "text"])),
});
export type BookingView = z.infer<typeof bookingViewSchema>;

export function bookingView(booking: Booking, party: Party | undefined, caller: Staff): BookingView {
  const hidden = isHidden(booking, caller);
  return {
    ...booking,
    hidden,
    party: hidden ? null : (party ?? null),
    toldBy: hidden || party === undefined ? null : (channelOf(party)?.kind ?? null),
    person: hidden ? null : booking.person,
    service: hidden ? null : booking.service,
    caseId: hidden ? null : booking.caseId,
    agreed: hidden ? null : booking.agreed,
    interpreter:
      hidden || booking.interpreter === undefined
        ? null
        : { ...booking.interpreter, toOrder: interpreterToOrder(booking) },
    requestedAt: booking.requestedAt ?? null,
    decision: hidden ? null : (booking.decision ?? null),
    mayDecide: booking.status === "requested" && caller.units.includes(booking.unit),
    series: hidden ? null : (booking.series ?? null),
  };
}

/**
 * Visits of a secret service are seen by its unit alone; all others know that somebody comes then, and where to. A service
 * that the config does not know any more counts as secret.
 */
export function isHidden({ service, unit }: Pick<Booking, "service" | "unit">, caller: Staff): boolean {
  return isSecretService(service) && !caller.units.includes(unit);
}

export const slotViewSchema = z.object({
  startsAt: z.string(),
  endsAt: z.string(),
  person: z.nullable(z.string()),
  room: z.nullable(z.string()),
  /** Who interprets; without a person, somebody who is to be ordered. */
  interpreter: z.nullable(z.object({ language: z.string(), person: z.nullable(z.string()) })),
});

export function slotView({ start, end, person, room, interpreter }: Slot): z.infer<typeof slotViewSchema> {
  return {
    startsAt: start.toISOString(),
    endsAt: end.toISOString(),
    person: person ?? null,
    room: room ?? null,
    interpreter:
      interpreter === undefined
        ? null
        : { language: interpreter.language, person: interpreter.person ?? null },
  };
}

/** With a refusal: what is free instead, and the booking as it stands. */
export const insteadSchema = z.object({
  alternatives: z.optional(z.array(slotViewSchema)),
  booking: z.optional(bookingViewSchema),
});
