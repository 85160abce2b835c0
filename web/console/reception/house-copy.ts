import * as z from "zod/mini";
import { HOUSE_COPY } from "./house-copy-key.ts";
import type { Inside } from "./schemas.ts";

const copySchema = z.object({
  office: z.string(),
  officeName: z.string(),
  at: z.string(),
  inside: z.array(
    z.object({
      date: z.string(),
      number: z.number(),
      badge: z.nullable(z.number()),
      floor: z.nullable(z.number()),
      since: z.string(),
      forgotten: z.boolean(),
      secret: z.boolean(),
      name: z.nullable(z.string()),
    }),
  ),
});
export type HouseCopy = z.infer<typeof copySchema>;

/** Who is no longer of use to anybody who looks for people in a burning house. */
const KEPT_MS = 24 * 3_600_000;

/** The house list as it may lie in a browser: of those whose visit is secret there is no name. */
export function copyOf(office: { id: string; name: string }, inside: readonly Inside[], at: Date): HouseCopy {
  return {
    office: office.id,
    officeName: office.name,
    at: at.toISOString(),
    inside: inside.map((one) => (one.secret ? { ...one, name: null } : one)),
  };
}

/** The copy that a text holds, unless it is another office's, a day old or no copy. Without an office: whichever there is. */
export function readCopy(text: string | null, office: string | undefined, now: Date): HouseCopy | undefined {
  try {
    const copy = copySchema.parse(JSON.parse(text ?? ""));
    const isOf = office === undefined || copy.office === office;
    return isOf && now.getTime() - Date.parse(copy.at) < KEPT_MS ? copy : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the copy in this browser. A full or forbidden storage keeps none, and nothing else stops for that. */
export function storeCopy(copy: HouseCopy): void {
  try {
    localStorage.setItem(HOUSE_COPY, JSON.stringify(copy));
  } catch {
    // The list on the screen and the one on paper are there all the same.
  }
}

export function storedCopy(office: string | undefined, now: Date): HouseCopy | undefined {
  return readCopy(localStorage.getItem(HOUSE_COPY), office, now);
}
