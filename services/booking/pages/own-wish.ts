import type { Booking } from "../book/booking.ts";
import { wishOfBooking } from "../book/booking-wish.ts";
import type { Wish } from "../book/offer.ts";
import { isAccessNeed } from "./access-needs.ts";

/** What was wished of somebody's own meeting, as far as the pages let it be chosen. */
export function ownWish(booking: Booking): Wish {
  const wish = wishOfBooking(booking);
  return { ...wish, equipment: wish.equipment.filter(isAccessNeed) };
}
