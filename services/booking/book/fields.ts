import * as z from "zod/mini";
import { bookingViewSchema, insteadSchema } from "./booking-view.ts";
import type { Wish } from "./offer.ts";

/** An id of the config, or of a person. */
export const id = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/));
export const bookingParams = z.object({ bookingId: z.string().check(z.regex(/^[0-9a-f]{32}$/)) });
export const instant = z.iso.datetime();
export const noQuery = z.object({});
export const equipment = z.enum([
  "step-free",
  "hearing-loop",
  "personal-alarm",
  "screen",
  "video",
  "kitchen",
]);
/** What of a room's equipment is known now, of what was asked for once. */
export function equipmentOf(asked: readonly string[]): Wish["equipment"] {
  const known = z.array(equipment).safeParse(asked);
  return known.success ? known.data : [];
}
export const language = z.string().check(z.regex(/^[a-z]{2,3}$/));
/** What is wished of a meeting; what is left out may be anything. */
export const wishShape = {
  person: z.optional(id),
  room: z.optional(id),
  language: z.optional(language),
  interpreter: z.optional(language),
  equipment: z._default(z.array(equipment), []),
  seats: z._default(z.int().check(z.minimum(1), z.maximum(500)), 1),
};
const line = z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(200)));
/** Who comes. */
export const partyShape = z.object({
  name: line,
  email: z.nullable(z.email()),
  phone: line,
  about: z.nullable(z.string().check(z.trim(), z.maxLength(2_000))),
});
/** Why a meeting lies outside the hours that are offered. It is kept with the booking, and by whom. */
export const reason = z.optional(z.string().check(z.trim(), z.minLength(3), z.maxLength(200)));
/** How long a room is wanted: whole quarters of an hour, at most a day's opening. */
export const minutes = z.optional(z.int().check(z.minimum(15), z.maximum(12 * 60), z.multipleOf(15)));
/** The version of the booking that was on the screen. */
export const version = z.int().check(z.positive());
/** What every change of a booking answers. */
export const answers = { answer: bookingViewSchema, current: insteadSchema };

export function wishOf(body: z.infer<z.ZodMiniObject<typeof wishShape>>): Wish {
  const { person, room, language, interpreter, equipment: needed, seats } = body;
  return { person, room, language, interpreter, equipment: needed, seats };
}
