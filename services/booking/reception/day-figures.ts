import type { BookingStatus } from "../book/booking.ts";
import { instantOf, secondsWaited, type Visit } from "./visit.ts";

/** A booking that a visitor was expected for. */
export type Expected = { bookingId: string; status: BookingStatus; endsAt: string; floor: number | null };

/** Of one floor, or of the servicecenter itself (`null`). `total` is booked, drop-in and no-show together; the rest are among the visits. */
export type FloorFigures = {
  floor: number | null;
  booked: number;
  dropIn: number;
  noShow: number;
  total: number;
  handedIn: number;
  turnedAway: number;
  wentAway: number;
  /** From when they began to wait until they were fetched or sent up. None where nobody was. */
  medianWaitingSeconds: number | null;
};
export type DayFigures = { floors: readonly FloorFigures[]; all: Omit<FloorFigures, "floor"> };

/** A day's visitors, each counted once, without those who were checked in by mistake. Who is booked and has not come is a no-show when the appointment is over. */
export function figuresOfDay(all: readonly Visit[], expected: readonly Expected[], now: Date): DayFigures {
  const visits = all.filter(({ state }) => state !== "mistaken");
  const came = new Set(visits.map(({ bookingId }) => bookingId));
  const missing = expected.filter((one) => !came.has(one.bookingId) && isMissed(one, now));
  const floors = [...new Set([...visits, ...missing].map(({ floor }) => floor))].toSorted(
    (a, b) => (a ?? -100) - (b ?? -100),
  );
  return {
    floors: floors.map((floor) => ({
      floor,
      ...count(
        visits.filter((visit) => visit.floor === floor),
        missing.filter((one) => one.floor === floor),
      ),
    })),
    all: count(visits, missing),
  };
}

function isMissed({ status, endsAt }: Expected, now: Date): boolean {
  return status === "missed" || (["confirmed", "unsettled"].includes(status) && endsAt < now.toISOString());
}

function count(visits: readonly Visit[], missing: readonly Expected[]): DayFigures["all"] {
  const booked = visits.filter(({ kind }) => kind === "booked").length;
  const ended = (state: Visit["state"]) => visits.filter((visit) => visit.state === state).length;
  return {
    booked,
    dropIn: visits.length - booked,
    noShow: missing.length,
    total: visits.length + missing.length,
    handedIn: ended("handed-in"),
    turnedAway: ended("turned-away"),
    wentAway: ended("went-away"),
    medianWaitingSeconds: median(visits.flatMap(untilFetched)),
  };
}

function untilFetched(visit: Visit): number[] {
  const at = instantOf(visit, "fetch", "sendUp");
  return at === undefined ? [] : [secondsWaited(visit, new Date(at))];
}

/** The middle one; of an even number the lower of the two, so that it is somebody's. */
function median(seconds: readonly number[]): number | null {
  return seconds.toSorted((a, b) => a - b)[Math.floor((seconds.length - 1) / 2)] ?? null;
}
