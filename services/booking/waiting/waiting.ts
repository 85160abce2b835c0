import * as z from "zod/mini";
import { type Refused, refuse } from "#shared/refusal.ts";
import { type LocalDate, localDate } from "#shared/time/working-time.ts";
import { daysLater } from "../hours/local-dates.ts";
import { localOf } from "../hours/local-time.ts";

/** By when a meeting begins, in local time. */
export const partsOfDay = ["morning", "afternoon", "evening"] as const;
export type PartOfDay = (typeof partsOfDay)[number];

/**
 * - `left`: they do not wait any longer, by their own word.
 * - `removed`: somebody here has taken them out.
 * - `over`: their dates are past, they have been told as often as anybody is, or the booking that they wanted earlier is gone.
 */
export const waitingStatuses = ["waiting", "booked", "left", "removed", "over"] as const;
export type WaitingEnd = Exclude<(typeof waitingStatuses)[number], "waiting">;

/** Somebody in line for a time. Who it is stands apart. */
export const waitingSchema = z.object({
  waitingId: z.string(),
  version: z.int(),
  status: z.enum(waitingStatuses),
  service: z.string(),
  unit: z.string(),
  office: z.string(),
  /** The dates that suit, both included. */
  from: z.iso.date(),
  to: z.iso.date(),
  part: z.nullable(z.enum(partsOfDay)),
  language: z.nullable(z.string()),
  /** Into which language it must be interpreted; ISO 639 code. */
  interpreter: z._default(z.nullable(z.string()), null),
  equipment: z.array(z.string()),
  /** How many come. */
  seats: z.int(),
  /** They have this booking, and want an earlier time instead. */
  bookingId: z.nullable(z.string()),
  /** What they have been told of, and when. */
  told: z.array(z.object({ startsAt: z.string(), endsAt: z.string(), at: z.string() })),
  /** Which personal link to it holds. */
  linkVersion: z.int(),
  createdAt: z.string(),
  endedAt: z.nullable(z.string()),
  /** sha256 of what was asked: the same key with another wish is a mistake. */
  asked: z.string(),
});
export type Waiting = z.infer<typeof waitingSchema>;

/** How far ahead anybody waits for a time. */
export const longestWaitDays = 183;
const mostTellings = 3;
/** So long a free time is offered to one before it is offered to the next as well. */
const offerMs = 2 * 3_600_000;
/** So long after the last telling there is to book by it. */
const lastTellingMs = 24 * 3_600_000;
/** When people are told, in local time. */
const tellingHours = { from: "07:00", to: "21:00" } as const;
const noon = "12:00";
/** As long as offices are open in the evening, it is from then on. */
const eveningFrom = "16:00";

export type WaitingAsked = Omit<
  Waiting,
  "version" | "status" | "told" | "linkVersion" | "createdAt" | "endedAt"
>;

/** Puts somebody last in line. What is past of their dates is cut off. */
export function startWaiting(
  asked: WaitingAsked,
  now: Date,
): Waiting | Refused<"date-passed" | "too-many-days"> {
  const today = localDate(now);
  if (asked.to < today) return refuse("date-passed");
  if (asked.to < asked.from || asked.to > daysLater(today, longestWaitDays)) return refuse("too-many-days");
  return {
    ...asked,
    from: asked.from < today ? today : asked.from,
    version: 1,
    status: "waiting",
    told: [],
    linkVersion: 1,
    createdAt: now.toISOString(),
    endedAt: null,
  };
}

/** Ends it; `wrong-status` when it has ended already. */
export function endWaiting(waiting: Waiting, how: WaitingEnd, now: Date): Waiting | Refused<"wrong-status"> {
  if (waiting.status !== "waiting") return refuse("wrong-status");
  return { ...waiting, version: waiting.version + 1, status: how, endedAt: now.toISOString() };
}

/** Takes back that somebody here has removed it: they have the place in line that they had. */
export function restoreWaiting(waiting: Waiting, now: Date): Waiting | Refused<"wrong-status"> {
  const restored: Waiting = { ...waiting, version: waiting.version + 1, status: "waiting", endedAt: null };
  if (waiting.status !== "removed" || isOver(restored, now)) return refuse("wrong-status");
  return restored;
}

/** Whether there is nothing left to wait for: the dates are past, or a day has gone since the last telling there is. */
export function isOver({ to, told }: Waiting, now: Date): boolean {
  if (to < localDate(now)) return true;
  const last = told[mostTellings - 1];
  return last !== undefined && Date.parse(last.at) + lastTellingMs <= now.getTime();
}

export type FreeTime = { start: Date; end: Date };

/** Whether a time is one that they wait for. `before`: when the booking begins that they want to be rid of. */
export function suits({ from, to, part }: Waiting, { start }: FreeTime, before?: string): boolean {
  const { date, time } = localOf(start);
  if (date < from || date > to) return false;
  if (before !== undefined && start.toISOString() >= before) return false;
  return part === null || partOf(time) === part;
}

function partOf(time: string): PartOfDay {
  if (time < noon) return "morning";
  return time < eveningFrom ? "afternoon" : "evening";
}

/** Somebody in line, and the times that are free to them now, whatever day it is. */
export type InLine<Time extends FreeTime> = {
  waiting: Waiting;
  free: readonly Time[];
  before?: string | undefined;
};
export type Telling<Time extends FreeTime> = { waiting: Waiting; time: Time };

/**
 * Who is told now of which time, in one line: of one service at one office. First in line, first told. While a time is offered to
 * somebody neither it nor one that overlaps it is offered to another, and nobody is offered a second.
 */
export function tellings<Time extends FreeTime>(
  line: readonly InLine<Time>[],
  { noticeHours, now }: { noticeHours: number; now: Date },
): readonly Telling<Time>[] {
  if (!mayBeTold(now)) return [];
  const soonest = now.getTime() + noticeHours * 3_600_000;
  const inOrder = line
    .filter(({ waiting }) => waiting.status === "waiting" && !isOver(waiting, now))
    .toSorted((a, b) => (place(a.waiting) < place(b.waiting) ? -1 : 1));
  const offered: FreeTime[] = inOrder.flatMap(({ waiting }) => offersOf(waiting, now));
  const told: Telling<Time>[] = [];
  for (const { waiting, free, before } of inOrder) {
    if (waiting.told.length >= mostTellings || offersOf(waiting, now).length > 0) continue;
    const time = free.find(
      (one) =>
        suits(waiting, one, before) &&
        one.start.getTime() >= soonest &&
        !waiting.told.some(({ startsAt }) => startsAt === one.start.toISOString()) &&
        !offered.some((other) => other.start < one.end && one.start < other.end),
    );
    if (time === undefined) continue;
    offered.push(time);
    told.push({ waiting, time });
  }
  return told;
}

/** By arrival; of two that came at the same moment always the same one. */
export function place({ createdAt, waitingId }: Pick<Waiting, "createdAt" | "waitingId">): string {
  return `${createdAt}#${waitingId}`;
}

/** What is offered to them alone. */
function offersOf({ told }: Waiting, now: Date): readonly FreeTime[] {
  return told
    .filter(({ at }) => Date.parse(at) + offerMs > now.getTime())
    .map(({ startsAt, endsAt }) => ({ start: new Date(startsAt), end: new Date(endsAt) }));
}

export function mayBeTold(now: Date): boolean {
  const { time } = localOf(now);
  return time >= tellingHours.from && time < tellingHours.to;
}

/** The same, told of a time. */
export function toldOf(waiting: Waiting, { start, end }: FreeTime, now: Date): Waiting {
  const telling = { startsAt: start.toISOString(), endsAt: end.toISOString(), at: now.toISOString() };
  return { ...waiting, version: waiting.version + 1, told: [...waiting.told, telling] };
}

/** How long after its end it is known who waited. */
const keptDays = 30;

/** When it may be forgotten who waited, in seconds since 1970: while it is open, as if it ended with its last date. */
export function forgottenAt({ to, endedAt }: Pick<Waiting, "to" | "endedAt">): number {
  const end: LocalDate = endedAt === null ? to : localDate(new Date(endedAt));
  return Date.parse(`${daysLater(end, keptDays + 1)}T00:00:00Z`) / 1_000;
}
