import * as z from "zod/mini";
import { isSecretService, municipality } from "#shared/config.ts";

/** How a meeting about a case stands. `missed`: nobody came. */
export const meetingStatusCodes = [
  "requested",
  "confirmed",
  "unsettled",
  "arrived",
  "missed",
  "cancelled",
] as const;
export type MeetingStatus = (typeof meetingStatusCodes)[number];

/** The latest that the booking service has told of one meeting. */
export const meetingSchema = z.object({
  bookingId: z.string(),
  /** Rises with every change of the booking; older news never overwrites newer. */
  bookingVersion: z.int(),
  service: z.string(),
  unit: z.string(),
  office: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  status: z.enum(meetingStatusCodes),
  at: z.string(),
});
export type Meeting = z.infer<typeof meetingSchema>;

/** A meeting as the console shows it, with the names that the config gives its service and its office. */
export const shownMeetingSchema = z.object({
  bookingId: z.string(),
  service: z.string(),
  office: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  status: z.enum(meetingStatusCodes),
});
type ShownMeeting = z.infer<typeof shownMeetingSchema>;

/**
 * Meetings as somebody may see them, the soonest first: that anybody meets a secret service is for its own unit, whoever may read the
 * case.
 */
export function shownMeetings(
  meetings: readonly Meeting[],
  { units }: { units: readonly string[] },
): ShownMeeting[] {
  const { booking, places } = municipality();
  return meetings
    .flatMap(({ bookingId, service, unit, office, startsAt, endsAt, status }): ShownMeeting[] => {
      if (!units.includes(unit) && isSecretService(service)) return [];
      const known = booking.services.find(({ id }) => id === service);
      const where = places.find(({ id }) => id === office)?.name ?? office;
      return [{ bookingId, service: known?.name ?? service, office: where, startsAt, endsAt, status }];
    })
    .toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
}
