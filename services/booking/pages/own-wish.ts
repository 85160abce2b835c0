import type { Booking } from "../book/booking.ts";
import type { Wish } from "../book/offer.ts";
import { isAccessNeed } from "./access-needs.ts";

/** What was wished of a meeting that somebody has: of another time for it the same is asked, as far as the pages let it be chosen. */
export function wishOfBooking({ language, interpreter, equipment, seats }: Booking): Wish {
  return {
    ...(language === null ? {} : { language }),
    ...(interpreter === undefined ? {} : { interpreter: interpreter.language }),
    equipment: equipment.filter(isAccessNeed),
    seats,
  };
}
