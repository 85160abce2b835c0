import * as z from "zod/mini";
import { equipment } from "../book/fields.ts";
import type { Wish } from "../book/offer.ts";
import type { Waiting } from "./waiting.ts";

/** What somebody in line wishes of the meeting. */
export function wishOfWaiting({ language, equipment: needed, seats }: Waiting): Wish {
  const known = z.array(equipment).safeParse(needed);
  return { language: language ?? undefined, equipment: known.success ? known.data : [], seats };
}
