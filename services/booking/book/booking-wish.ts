import type { Booking } from "./booking.ts";
import { equipmentOf } from "./fields.ts";
import type { Wish } from "./offer.ts";

/** What was wished of a meeting: of another time for it the same is asked, whoever has it and wherever. */
export function wishOfBooking({ language, interpreter, equipment, seats }: Booking): Wish {
  return {
    ...(language === null ? {} : { language }),
    ...(interpreter === undefined ? {} : { interpreter: interpreter.language }),
    equipment: equipmentOf(equipment),
    seats,
  };
}
