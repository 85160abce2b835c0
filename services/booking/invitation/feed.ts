import { calendar, meetingLines, participantLine, quietSummary } from "./ics.ts";

/** A meeting in somebody's feed. It has no field for who comes or why: a subscribed calendar is often seen by others. */
type FeedMeeting = {
  uid: string;
  sequence: number;
  start: Date;
  end: Date;
  place: string;
  /** When the booking was last changed. */
  stamp: Date;
};

/** How often a calendar is asked to look again (RFC 7986 §5.7). Many look more seldom, whatever is asked. */
const refresh = "PT15M";

/**
 * One person's meetings as a calendar to subscribe to: the text of a `text/calendar` in UTF-8. Each says when and where, as
 * *Bokat möte, <place>*, and nothing more. A meeting that was called off is left out by the caller, and so disappears.
 */
export function feed(organizer: { address: string }, meetings: readonly FeedMeeting[]): string {
  const owner = participantLine("ORGANIZER", organizer, true);
  return calendar(
    "PUBLISH",
    // Field by field: an object may hold more than its type says.
    meetings.flatMap(({ uid, sequence, start, end, stamp, place }) => {
      const summary = `${quietSummary}, ${place}`;
      return meetingLines({ uid, sequence, start, end, stamp, summary, method: "PUBLISH" }, [
        owner,
        "CLASS:PRIVATE",
      ]);
    }),
    ["NAME:Bokade möten", "X-WR-CALNAME:Bokade möten", `REFRESH-INTERVAL;VALUE=DURATION:${refresh}`],
  );
}
