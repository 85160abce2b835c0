import { equipmentOf } from "../book/fields.ts";
import type { Wish } from "../book/offer.ts";
import type { Waiting } from "./waiting.ts";

/** What somebody in line wishes of the meeting. */
export function wishOfWaiting({ language, equipment: needed, seats }: Waiting): Wish {
  return { language: language ?? undefined, equipment: equipmentOf(needed), seats };
}
