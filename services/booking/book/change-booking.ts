import { log } from "#shared/logging.ts";
import { type Refused, refuse } from "#shared/refusal.ts";
import type { Staff } from "#shared/staff.ts";
import { apiEnv } from "../env.ts";
import type { Booking } from "./booking.ts";
import { findBooking, findParty } from "./booking-table.ts";
import { type BookingView, bookingView, isHidden, slotView } from "./booking-view.ts";
import type { BookingService, Wish } from "./offer.ts";
import { otherTimes, serviceOfBooking } from "./take-time.ts";

export async function shown(booking: Booking, caller: Staff): Promise<BookingView> {
  const hidden = isHidden(booking, caller);
  const party = hidden ? undefined : await findParty(apiEnv().BOOKING_TABLE, booking.bookingId);
  return bookingView(booking, party, caller);
}

/** A booking that somebody wants to change, and its service. What is hidden from them is not there. */
export async function bookingFor(bookingId: string, caller: Staff) {
  const booking = await findBooking(apiEnv().BOOKING_TABLE, bookingId);
  const service = booking === undefined ? undefined : serviceOfBooking(booking);
  if (
    booking === undefined ||
    service === undefined ||
    (isHidden(booking, caller) && booking.status !== "held")
  )
    return refuse("not-found");
  return { booking, service };
}

/** `changed` by somebody else while we decided, or a booking that is there already, is told as it is. */
export function refused<Code extends string>(refusal: Refused<Code | "there-already">) {
  return refusal.refused === "there-already"
    ? refuse("changed")
    : (refusal as Refused<Exclude<Code, "there-already">>);
}

/** A time that is taken is refused with three that are not. */
export async function instead<Code extends string>(
  refusal: Refused<Code>,
  asked: { service: BookingService; office: string; start: Date; wish: Wish; now: Date },
): Promise<Refused<Code>> {
  log("TIME_REFUSED", { refused: refusal.refused, service: asked.service.id, office: asked.office });
  if (refusal.refused !== "taken" && refusal.refused !== "outside-hours") return refusal;
  const { service, office, start, wish, now } = asked;
  const others = await otherTimes(
    apiEnv().BOOKING_TABLE,
    { service, office },
    // Whoever wanted a person or a room gets to know when they are free.
    { start, wish, internal: true, now },
  );
  return refuse(refusal.refused, { alternatives: others.map(slotView) });
}
