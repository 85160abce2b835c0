import * as z from "zod/mini";
import type { Event } from "#shared/event.ts";
import { shortHash } from "#shared/ids.ts";
import { type Refused, refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import {
  turnAwayCodes,
  visitKindCodes,
  visitorArrived,
  visitorCalled,
  visitorCleared,
  visitorFetched,
  visitorLeft,
  visitorSentUp,
  visitorTurnedAway,
  visitPurposeCodes,
} from "../events.ts";

/**
 * Where a visitor stands. *called*: the host is told. *cleared*: the floor has said that they may come. *left-floor*: handed back to
 * the reception, and still in the house. *mistaken*: nobody came, somebody else was meant.
 */
export const visitStates = [
  "waiting",
  "called",
  "cleared",
  "sent-up",
  "on-floor",
  "left-floor",
  "left",
  "turned-away",
  "went-away",
  "handed-in",
  "mistaken",
] as const;
export type VisitState = (typeof visitStates)[number];
const inHouse = ["waiting", "called", "cleared", "sent-up", "on-floor", "left-floor"] as const;
const stillBelow = ["waiting", "called", "cleared"] as const;

/** How a floor takes its visitors, as the config says it. Visitors of the servicecenter itself are fetched by whoever called them. */
export const receptions = ["host", "coordinator", "upper-reception"] as const;
export type Reception = (typeof receptions)[number];

const however = <const States extends readonly VisitState[]>(states: States) => ({
  host: states,
  coordinator: states,
  "upper-reception": states,
});

/** What can happen to a visitor, and where they may stand then, by how the floor takes them. All decisions ask this table. */
export const allowedIn = {
  call: however(["waiting"]),
  tryAgain: however(["called"]),
  clear: { host: [], coordinator: ["called"], "upper-reception": [] },
  sendUp: { host: [], coordinator: ["cleared"], "upper-reception": ["called"] },
  fetch: { host: ["called"], coordinator: [], "upper-reception": [] },
  receive: { host: [], coordinator: ["sent-up"], "upper-reception": ["sent-up"] },
  handBack: {
    host: ["on-floor"],
    coordinator: ["sent-up", "on-floor"],
    "upper-reception": ["sent-up", "on-floor"],
  },
  handIn: however(["waiting", "called"]),
  turnAway: however(stillBelow),
  goAway: however(stillBelow),
  // As long as nobody has been told of the visitor.
  undo: however(["waiting"]),
  leave: however(["sent-up", "on-floor", "left-floor"]),
  closeForgotten: however(inHouse),
} as const satisfies Record<string, Record<Reception, readonly VisitState[]>>;
export type VisitCommand = keyof typeof allowedIn;

/** Why somebody who never checked out is no longer counted as in the house. */
export const forgottenReasons = ["seen-leaving", "badge-returned", "looked-for"] as const;

export const visitCommands = Object.keys(allowedIn) as [VisitCommand, ...VisitCommand[]];

export const visitSchema = z.object({
  visitId: z.string(),
  version: z.int(),
  office: z.string(),
  /** The local day of arrival. */
  date: z.string(),
  /** Counted from 1 each local day at each office; numbers may be missing. */
  number: z.int(),
  state: z.enum(visitStates),
  kind: z.enum(visitKindCodes),
  purpose: z.enum(visitPurposeCodes),
  /** None: to the servicecenter itself. */
  floor: z.nullable(z.int()),
  reception: z.enum(receptions),
  /** That somebody visits is secret: they are a number and a floor. */
  secret: z.boolean(),
  unit: z.nullable(z.string()),
  service: z.nullable(z.string()),
  bookingId: z.nullable(z.string()),
  /** Whom they come to see: the subject of a sign-in. */
  host: z.nullable(z.string()),
  badge: z.nullable(z.int()),
  arrivedAt: z.string(),
  /** From when they wait: the time of the appointment if they came before it. */
  waitingFrom: z.string(),
  /** Until when the appointment lasts. */
  staysUntil: z.nullable(z.string()),
  /** When the host was last told, and how many times. */
  lastTriedAt: z.nullable(z.string()),
  tries: z.int(),
  /** Who was told in the host's place. */
  colleague: z.nullable(z.string()),
  /** What is stamped on the copy of a document that was handed in. */
  slip: z.nullable(z.object({ code: z.string(), at: z.string() })),
  turnedAway: z.nullable(z.enum(turnAwayCodes)),
  forgotten: z.nullable(z.enum(forgottenReasons)),
  /** What was done, when and by whom: doors that were opened for a visitor are accounted for. */
  steps: z.array(z.object({ step: z.enum(visitCommands), at: z.string(), by: z.string() })),
  /** sha256 of what was asked: the same key with another wish is a mistake. */
  asked: z.string(),
});
export type Visit = z.infer<typeof visitSchema>;

/** What a decision makes of a visit: its row over the version that was seen, and what is told of it. */
export type VisitChange = { next: Visit; seen: number; event: Event | undefined };

export type Arrival = Pick<
  Visit,
  "visitId" | "office" | "number" | "purpose" | "floor" | "reception" | "secret" | "badge" | "asked"
> & {
  unit: string | null;
  service: string | null;
  host: string | null;
  booking: { bookingId: string; startsAt: string; endsAt: string } | undefined;
};

/** A visitor arrives and gets a number. Who has an access card is no visitor and is not registered. */
export function arrive({ booking, ...arrival }: Arrival, now: Date): VisitChange {
  const arrivedAt = now.toISOString();
  const next: Visit = {
    ...arrival,
    version: 1,
    date: localDate(now),
    state: "waiting",
    kind: booking === undefined ? "drop-in" : "booked",
    bookingId: booking?.bookingId ?? null,
    arrivedAt,
    waitingFrom: booking !== undefined && booking.startsAt > arrivedAt ? booking.startsAt : arrivedAt,
    staysUntil: booking?.endsAt ?? null,
    lastTriedAt: null,
    tries: 0,
    colleague: null,
    slip: null,
    turnedAway: null,
    forgotten: null,
    steps: [],
  };
  const event = visitorArrived.make(place(next, now), { ...about(next), waitingFrom: next.waitingFrom });
  return { next, seen: 0, event };
}

/** `not-cleared`: the floor has not said yet that the visitor may come. `wrong-status`: the visitor does not stand where this could be done. */
export type VisitRefusal = "wrong-status" | "not-cleared";

export type By = { by: string; now: Date };

/** The host is told that the visitor is here. */
export function call(visit: Visit, who: By): VisitChange | Refused<VisitRefusal> {
  const called = { lastTriedAt: who.now.toISOString(), tries: 1 };
  return change(visit, "call", who, { state: "called", ...called }, (next) =>
    visitorCalled.make(place(next, who.now), { ...about(next), ...waited(next, who.now) }),
  );
}

/** The host was told once more, or a colleague was in their place. */
export function tryAgain(
  visit: Visit,
  colleague: string | undefined,
  who: By,
): VisitChange | Refused<VisitRefusal> {
  return change(visit, "tryAgain", who, {
    lastTriedAt: who.now.toISOString(),
    tries: visit.tries + 1,
    colleague: colleague ?? visit.colleague,
  });
}

/** The floor's coordinator says that the visitor may come. */
export function clear(visit: Visit, who: By): VisitChange | Refused<VisitRefusal> {
  return change(visit, "clear", who, { state: "cleared" }, (next) =>
    visitorCleared.make(place(next, who.now), { ...about(next), ...waited(next, who.now) }),
  );
}

/** The reception opens the door for the visitor; of a coordinator's floor never before clearance. */
export function sendUp(visit: Visit, who: By): VisitChange | Refused<VisitRefusal> {
  if (visit.reception === "coordinator" && ["waiting", "called"].includes(visit.state))
    return refuse("not-cleared");
  return change(visit, "sendUp", who, { state: "sent-up" }, (next) =>
    visitorSentUp.make(place(next, who.now), { ...about(next), ...waited(next, who.now) }),
  );
}

/** The host fetches the visitor, or the servicecenter's agent takes them to the desk. */
export function fetchVisitor(visit: Visit, who: By): VisitChange | Refused<VisitRefusal> {
  return change(visit, "fetch", who, { state: "on-floor" }, (next) =>
    visitorFetched.make(place(next, who.now), { ...about(next), ...waited(next, who.now) }),
  );
}

/** The visitor who was sent up has come. */
export function receive(visit: Visit, who: By): VisitChange | Refused<VisitRefusal> {
  return change(visit, "receive", who, { state: "on-floor" });
}

/** The visitor has left the floor and is in the house still. */
export function handBack(visit: Visit, who: By): VisitChange | Refused<VisitRefusal> {
  return change(visit, "handBack", who, { state: "left-floor" });
}

/** A document was handed in, in a closed room and without a host. The slip's code is the same however often it is asked for. */
export function handIn(visit: Visit, who: By): VisitChange | Refused<VisitRefusal> {
  const slip = { code: shortHash(`slip ${visit.visitId}`).slice(0, 8), at: who.now.toISOString() };
  return change(visit, "handIn", who, { state: "handed-in", slip }, (next) => left(next, "handed-in", who));
}

export function turnAway(
  visit: Visit,
  reason: (typeof turnAwayCodes)[number],
  who: By,
): VisitChange | Refused<VisitRefusal> {
  return change(visit, "turnAway", who, { state: "turned-away", turnedAway: reason }, (next) =>
    visitorTurnedAway.make(place(next, who.now), { ...about(next), ...waited(next, who.now), reason }),
  );
}

/** The visitor did not wait any longer. */
export function goAway(visit: Visit, who: By): VisitChange | Refused<VisitRefusal> {
  return change(visit, "goAway", who, { state: "went-away" }, (next) => left(next, "went-away", who));
}

/** The wrong person was checked in: nobody came. */
export function undo(visit: Visit, who: By): VisitChange | Refused<VisitRefusal> {
  return change(visit, "undo", who, { state: "mistaken" }, (next) => left(next, "mistaken", who));
}

export function leave(visit: Visit, who: By): VisitChange | Refused<VisitRefusal> {
  return change(visit, "leave", who, { state: "left" }, (next) => left(next, "visited", who));
}

/** Ends the visit of somebody who went without checking out. */
export function closeForgotten(
  visit: Visit,
  reason: (typeof forgottenReasons)[number],
  who: By,
): VisitChange | Refused<VisitRefusal> {
  return change(visit, "closeForgotten", who, { state: "left", forgotten: reason }, (next) =>
    left(next, "forgotten", who),
  );
}

function change(
  visit: Visit,
  command: VisitCommand,
  { by, now }: By,
  fields: Partial<Visit>,
  eventOf?: (next: Visit) => Event,
): VisitChange | Refused<VisitRefusal> {
  if (!isPossible(command, visit)) return refuse("wrong-status");
  const steps = [...visit.steps, { step: command, at: now.toISOString(), by }];
  const next = { ...visit, ...fields, steps, version: visit.version + 1 };
  return { next, seen: visit.version, event: eventOf?.(next) };
}

/** Whether a visitor stands where this can happen to them. */
export function isPossible(command: VisitCommand, { reception, state }: Visit): boolean {
  return (allowedIn[command][reception] as readonly VisitState[]).includes(state);
}

export function isInHouse({ state }: Pick<Visit, "state">): boolean {
  return (inHouse as readonly VisitState[]).includes(state);
}

/** When something was done for the first time; undefined when it was not. */
export function instantOf({ steps }: Visit, ...any: readonly VisitCommand[]): string | undefined {
  return steps.find(({ step }) => any.includes(step))?.at;
}

/** Waits now: whoever came early does from the second of their appointment. */
export function isWaiting({ state, waitingFrom }: Visit, now: Date): boolean {
  return state === "waiting" && waitingFrom <= now.toISOString();
}

/** Whether it is the visitor's turn to come to the reception: where a coordinator must say so, not before. */
export function isUp({ state, reception }: Visit): boolean {
  return state === (reception === "coordinator" ? "cleared" : "called");
}

const answerWithinMs = 5 * 60_000;

/** Whether the host has not come for five minutes, so that it is time to try again or tell a colleague. */
export function isUnanswered({ state, lastTriedAt }: Visit, now: Date): boolean {
  return (
    state === "called" && lastTriedAt !== null && now.getTime() - Date.parse(lastTriedAt) > answerWithinMs
  );
}

/** Those to be called, the one who has waited longest first. */
export function inTurn(visits: readonly Visit[]): readonly Visit[] {
  return visits
    .filter(({ state }) => state === "waiting")
    .toSorted((a, b) => a.waitingFrom.localeCompare(b.waitingFrom) || a.number - b.number);
}

/** Whole seconds from when the visitor began to wait until an instant; none before. */
export function secondsWaited({ waitingFrom }: Pick<Visit, "waitingFrom">, until: Date): number {
  return Math.max(0, Math.floor((until.getTime() - Date.parse(waitingFrom)) / 1000));
}

function waited(visit: Visit, now: Date) {
  return { waitingSeconds: secondsWaited(visit, now) };
}

function left(visit: Visit, outcome: Parameters<typeof visitorLeft.make>[1]["outcome"], { now }: By): Event {
  return visitorLeft.make(place(visit, now), { ...about(visit), outcome });
}

function place({ visitId, version }: Visit, at: Date) {
  return { subject: visitId, version, at };
}

/** What an event says of a visit. Of a secret one nothing that leads to a person. */
function about(visit: Visit) {
  const { visitId, version, office, date, number, floor, kind, purpose, secret, bookingId, host } = visit;
  return {
    visitId,
    visitVersion: version,
    office,
    date,
    number,
    kind,
    purpose,
    ...(floor === null ? {} : { floor: String(floor) }),
    ...(secret || bookingId === null ? {} : { bookingId }),
    ...(secret || host === null ? {} : { host }),
  };
}
