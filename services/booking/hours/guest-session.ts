import * as z from "zod/mini";
import type { LocalDate } from "#shared/time/working-time.ts";
import { instantOrNext, localTimeSchema } from "./local-time.ts";
import { joined, type Stretch, within } from "./stretches.ts";

/** When somebody from outside receives visitors at an office, in local times. */
export const guestSessionSchema = z.object({
  service: z.string(),
  date: z.iso.date(),
  hours: z
    .array(
      z
        .object({ from: localTimeSchema, to: localTimeSchema })
        .check(z.refine(({ from, to }) => from < to, "begins after it ends")),
    )
    .check(z.minLength(1), z.maxLength(4)),
  /** Who may come: with a booking, without, or either. */
  visitors: z.enum(["booked", "drop-in", "both"]),
});
export type GuestSession = z.infer<typeof guestSessionSchema>;

/** Its hours as instants, as much of them as the office is open. */
export function sessionHours(
  { date, hours }: Pick<GuestSession, "date" | "hours">,
  open: readonly Stretch[],
): readonly Stretch[] {
  return within(joined(stretchesOf(date, hours)), open);
}

/** Whether some of its hours lie where the office is closed. */
export function isOutsideOpening(
  session: Pick<GuestSession, "date" | "hours">,
  open: readonly Stretch[],
): boolean {
  const minutes = (stretches: readonly Stretch[]) =>
    stretches.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0);
  return minutes(sessionHours(session, open)) < minutes(joined(stretchesOf(session.date, session.hours)));
}

function stretchesOf(date: LocalDate, hours: GuestSession["hours"]): readonly Stretch[] {
  return hours
    .map(({ from, to }) => ({ from: instantOrNext(date, from), to: instantOrNext(date, to) }))
    .filter(({ from, to }) => from < to);
}
