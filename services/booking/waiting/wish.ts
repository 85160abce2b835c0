import { equipmentOf } from "../book/fields.ts";
import type { Wish } from "../book/offer.ts";
import type { Waiting } from "./waiting.ts";

/** What somebody in line wishes of the meeting. */
export function wishOfWaiting({ language, interpreter, equipment: needed, seats }: Waiting): Wish {
  return {
    ...(language === null ? {} : { language }),
    ...(interpreter === null ? {} : { interpreter }),
    equipment: equipmentOf(needed),
    seats,
  };
}
