import * as z from "zod/mini";
import {
  bookedVisitorArrived,
  bookedVisitorNotArrived,
  bookingApproved,
  bookingCancelled,
  bookingDeclined,
  bookingMade,
  bookingMissed,
  bookingMoved,
  bookingRequested,
  bookingUnsettled,
} from "#services/booking/events.ts";
import { log } from "#shared/logging.ts";
import { batchQueueHandler } from "#shared/queue.ts";
import { recordMeetingEnv } from "../env.ts";
import type { MeetingStatus } from "./meeting.ts";
import { keepMeeting } from "./meeting-table.ts";

/** What is told of a meeting. The queue is subscribed to these and no others. */
export const meetingEventSchema = z.discriminatedUnion("type", [
  bookingRequested.schema,
  bookingMade.schema,
  bookingApproved.schema,
  bookingMoved.schema,
  bookingUnsettled.schema,
  bookingDeclined.schema,
  bookingCancelled.schema,
  bookedVisitorArrived.schema,
  bookedVisitorNotArrived.schema,
  bookingMissed.schema,
]);
type BookingEvent = z.infer<typeof meetingEventSchema>;

const statusOf: Record<BookingEvent["type"], MeetingStatus> = {
  BookingRequested: "requested",
  BookingMade: "confirmed",
  BookingApproved: "confirmed",
  BookingMoved: "confirmed",
  BookingUnsettled: "unsettled",
  BookingDeclined: "cancelled",
  BookingCancelled: "cancelled",
  BookedVisitorArrived: "arrived",
  BookedVisitorNotArrived: "confirmed",
  BookingMissed: "missed",
};

/** Keeps with a case how the meetings about it stand. Of several pieces of news of one that come together the last is kept. */
export const handler = batchQueueHandler(meetingEventSchema, async (events) => {
  const latest = new Map<string, BookingEvent>();
  for (const event of events) {
    const known = latest.get(event.data.bookingId);
    if (known === undefined || known.data.bookingVersion < event.data.bookingVersion)
      latest.set(event.data.bookingId, event);
  }
  for (const event of latest.values()) await record(event);
});

async function record({ type, time, data }: BookingEvent): Promise<void> {
  const { caseId, bookingId, bookingVersion, service, unit, office, startsAt, endsAt } = data;
  // Most meetings are about no case.
  if (caseId === undefined) return;
  const meeting = { bookingId, bookingVersion, service, unit, office, startsAt, endsAt };
  const outcome = await keepMeeting(recordMeetingEnv().CASES_TABLE, caseId, {
    ...meeting,
    status: statusOf[type],
    at: time,
  });
  log("MEETING_RECORDED", { caseId, bookingId, status: statusOf[type], outcome });
}
