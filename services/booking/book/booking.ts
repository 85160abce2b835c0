import * as z from "zod/mini";
import { type Refused, refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { localOf } from "../hours/local-time.ts";
import type { Entry, Ledger, LedgerChange, Look, Resource } from "../ledger/ledger.ts";
import { hasRoom, isDead } from "../ledger/ledger.ts";
import {
  type BookingService,
  bookableBetween,
  datesOf,
  ledgerName,
  minuteOf,
  type Slot,
  slotsAt,
  type Wish,
  type World,
} from "./offer.ts";

/**
 * - `held`: for whoever is about to confirm it, until `heldUntil`. After that it is nobody's, whatever the row says.
 * - `requested`: its unit has not said yes or no. The time is kept meanwhile.
 * - `unsettled`: its person or its room cannot; the citizen is to be offered another time.
 */
export const bookingStatuses = [
  "held",
  "requested",
  "confirmed",
  "unsettled",
  "cancelled",
  "arrived",
  "done",
  "missed",
] as const;
export type BookingStatus = (typeof bookingStatuses)[number];

const resource = z.custom<Resource>((value) => typeof value === "string" && value.includes(":"));
const ledgerOf = z.object({ resource, date: z.string() });

/** A unit's answer. `by` null: nobody answered in time. The reason is of a no. */
export const decisionSchema = z.object({
  by: z.nullable(z.string()),
  at: z.string(),
  reason: z.nullable(z.string()),
});

export const bookingSchema = z.object({
  bookingId: z.string(),
  version: z.int(),
  status: z.enum(bookingStatuses),
  service: z.string(),
  unit: z.string(),
  office: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  person: z.nullable(z.string()),
  room: z.nullable(z.string()),
  /** How many come. */
  seats: z.int(),
  audience: z.enum(["public", "internal"]),
  language: z.nullable(z.string()),
  equipment: z.array(z.string()),
  /** The ledgers that it has an entry in. */
  ledgers: z.array(ledgerOf),
  heldUntil: z.nullable(z.string()),
  /** The invitation's (RFC 5545 §3.8.7.4): raised by every change that the citizen's calendar must know. */
  sequence: z.int(),
  /** Which personal link to it holds. */
  linkVersion: z.int(),
  caseId: z.nullable(z.string()),
  /** Why it lies outside the hours that are offered, and who agreed to that. */
  agreed: z.nullable(z.object({ reason: z.string(), by: z.string() })),
  createdAt: z.string(),
  /** sha256 of what was asked: the same key with another wish is a mistake. */
  asked: z.string(),
  /** The meeting for a group that it has seats in: the booking by which that was arranged. */
  session: z.optional(z.string()),
  /** Into which language somebody interprets, and who; without a person, somebody from outside who is ordered by hand. */
  interpreter: z.optional(
    z.object({
      language: z.string(),
      person: z.nullable(z.string()),
      /** What has been ordered from outside, for which time. */
      ordered: z.nullable(z.object({ reference: z.string(), startsAt: z.string() })),
    }),
  ),
  /** When its unit was last asked. */
  requestedAt: z.optional(z.string()),
  /** What the unit answered, and who did. */
  decision: z.optional(decisionSchema),
  /** Which of so many that were booked together. */
  series: z.optional(z.object({ seriesId: z.string(), number: z.int(), of: z.int(), everyWeeks: z.int() })),
  /** By whose place in line it was taken. */
  waitingId: z.optional(z.string()),
});
export type Booking = z.infer<typeof bookingSchema>;

/** What a decision makes of a booking: its row over the version that was seen, and the ledgers with it. */
export type BookingChange = { next: Booking; seen: number; ledgers: readonly LedgerChange[] };

export type Asked = {
  bookingId: string;
  office: string;
  start: Date;
  wish: Wish;
  audience: Booking["audience"];
  /** Held for so many minutes first, or taken for good at once. */
  holdMinutes: number | null;
  agreed: Booking["agreed"];
  caseId: string | null;
  asked: string;
  /** By the unit's own people, whose yes is then given. */
  byUnit: boolean;
  series?: Booking["series"];
};

export type TakeRefusal = "taken" | "too-soon" | "too-far-away" | "outside-hours" | "which-interpreter";

/** What becomes of a time once somebody has it: theirs, or waiting for the unit's answer. */
function standing(
  { approval }: BookingService,
  { audience, byUnit }: Pick<Asked, "audience" | "byUnit">,
  now: Date,
) {
  const asks = approval === "public" ? audience === "public" : approval === "others" && !byUnit;
  return asks
    ? ({ status: "requested", requestedAt: now.toISOString() } as const)
    : ({ status: "confirmed" } as const);
}

/** Takes a time: of all who are free, one by the booking's own id, so that work is spread and two tries choose alike. */
export function take(asked: Asked, world: World, now: Date): BookingChange | Refused<TakeRefusal> {
  const { service } = world;
  const look = lookOf(asked.audience, now);
  const window = bookableBetween(service, look);
  if (asked.start.getTime() < window.from) return refuse("too-soon");
  if (asked.start.getTime() > window.to) return refuse("too-far-away");
  if (service.needs.interpreter && asked.wish.interpreter === undefined) return refuse("which-interpreter");
  const slots = slotsAt(asked.start, world, asked.wish, look, asked.agreed !== null);
  const slot = chosen(slots, asked.bookingId);
  if (slot === undefined)
    return refuse(isOffered(asked.start, world) || asked.agreed !== null ? "taken" : "outside-hours");
  const until = asked.holdMinutes === null ? undefined : now.getTime() + asked.holdMinutes * 60_000;
  const next: Booking = {
    bookingId: asked.bookingId,
    version: 1,
    ...(until === undefined ? standing(service, asked, now) : { status: "held" }),
    service: service.id,
    unit: service.unit,
    office: asked.office,
    ...placed(slot, service, undefined),
    seats: asked.wish.seats,
    audience: asked.audience,
    language: asked.wish.language ?? null,
    equipment: [...asked.wish.equipment],
    heldUntil: until === undefined ? null : new Date(until).toISOString(),
    sequence: 0,
    linkVersion: 1,
    caseId: asked.caseId,
    agreed: asked.agreed,
    createdAt: now.toISOString(),
    asked: asked.asked,
    ...(asked.series === undefined ? {} : { series: asked.series }),
  };
  const entry = entryOf(next, service, until === undefined ? { kind: "meeting" } : { kind: "hold", until });
  return {
    next,
    seen: 0,
    ledgers: changesOf([], next, entry, world.ledgers, keptFree(slot, service)),
  };
}

/** Where the seats of a meeting for a group are counted. */
export function sessionLedger({ bookingId, startsAt }: Pick<Booking, "bookingId" | "startsAt">) {
  return { resource: `session:${bookingId}` as const, date: localDate(new Date(startsAt)) };
}

/** Takes seats in a meeting for a group. The meeting is a booking itself, of whoever leads it and of its room. */
export function join(
  asked: Asked,
  host: Booking,
  service: BookingService,
  ledgers: World["ledgers"],
  now: Date,
): BookingChange | Refused<"taken" | "too-soon" | "too-far-away" | "wrong-status"> {
  if (host.status !== "confirmed" || host.session !== undefined) return refuse("wrong-status");
  const look = lookOf(asked.audience, now);
  const start = new Date(host.startsAt);
  const window = bookableBetween(service, look);
  if (start.getTime() < window.from) return refuse("too-soon");
  if (start.getTime() > window.to) return refuse("too-far-away");
  const until = asked.holdMinutes === null ? undefined : now.getTime() + asked.holdMinutes * 60_000;
  const of = sessionLedger(host);
  const next: Booking = {
    ...host,
    bookingId: asked.bookingId,
    version: 1,
    status: until === undefined ? "confirmed" : "held",
    // Whoever leads it and its room are the meeting's, not each guest's.
    person: null,
    seats: asked.wish.seats,
    audience: asked.audience,
    language: asked.wish.language ?? null,
    equipment: [...asked.wish.equipment],
    ledgers: [of],
    heldUntil: until === undefined ? null : new Date(until).toISOString(),
    sequence: 0,
    linkVersion: 1,
    caseId: asked.caseId,
    agreed: null,
    createdAt: now.toISOString(),
    asked: asked.asked,
    session: host.bookingId,
  };
  const entry = entryOf(next, service, until === undefined ? { kind: "meeting" } : { kind: "hold", until });
  const there = ledgers.get(ledgerName(of));
  if (there === undefined) throw new Error(`no ledger for ${ledgerName(of)}: it was not read`);
  if (!hasRoom(Object.entries(there.entries), entry, service.seats, look)) return refuse("taken");
  return { next, seen: 0, ledgers: changesOf([], next, entry, ledgers) };
}

/** How many seats of a meeting for a group are not taken, to somebody here. */
export function seatsLeft(ledger: Ledger, capacity: number, now: Date): number {
  const taken = Object.values(ledger.entries)
    .filter((entry) => !isDead(entry, now.getTime()) && entry.kind !== "resting")
    .reduce((sum, { kind, seats }) => sum + (kind === "block" ? capacity : seats), 0);
  return Math.max(0, capacity - taken);
}

/** Makes a hold a meeting. Its holder may until its time is out, and not a millisecond longer. */
export function confirm(
  booking: Booking,
  service: BookingService,
  ledgers: World["ledgers"],
  { byUnit, now }: { byUnit: boolean; now: Date },
): BookingChange | Refused<"hold-expired" | "wrong-status"> {
  if (booking.status !== "held") return refuse("wrong-status");
  const stands = booking.ledgers.every((of) => {
    const entry = ledgers.get(ledgerName(of))?.entries[booking.bookingId];
    return entry !== undefined && !isDead(entry, now.getTime());
  });
  if (!stands) return refuse("hold-expired");
  const next: Booking = {
    ...booking,
    version: booking.version + 1,
    ...(booking.session === undefined
      ? standing(service, { audience: booking.audience, byUnit }, now)
      : { status: "confirmed" }),
    heldUntil: null,
    // What is confirmed no longer counts among its client's holds.
    ledgers: booking.ledgers.filter(({ resource: of }) => !of.startsWith("client:")),
  };
  const entry = entryOf(next, service, { kind: "meeting" });
  return { next, seen: booking.version, ledgers: changesOf(booking.ledgers, next, entry, ledgers) };
}

const open: readonly BookingStatus[] = ["requested", "confirmed", "unsettled"];

/** Whether it can still be moved and given back: it is somebody's, or its unit is to answer. */
export function isOpen({ status }: Pick<Booking, "status">): boolean {
  return open.includes(status);
}

/**
 * Moves a booking to another time, person or room; or only the meeting's circumstances. Its own time is free to it. Who needed an
 * interpreter needs one still, and what its unit has not answered is moved as a request by all but the unit.
 */
export function move(
  booking: Booking,
  to: Pick<Asked, "office" | "start" | "wish" | "agreed" | "byUnit" | "audience">,
  world: World,
  now: Date,
): BookingChange | Refused<TakeRefusal | "wrong-status" | "has-begun"> {
  // Seats are given back and taken elsewhere; the meeting itself moves only while nobody has any.
  if (!isOpen(booking) || booking.session !== undefined) return refuse("wrong-status");
  if (to.audience === "public" && booking.startsAt <= now.toISOString()) return refuse("has-begun");
  const { service } = world;
  const look = { ...lookOf(to.audience, now), except: booking.bookingId };
  const window = bookableBetween(service, look);
  if (to.start.getTime() < window.from) return refuse("too-soon");
  if (to.start.getTime() > window.to) return refuse("too-far-away");
  const wish = { ...to.wish, interpreter: booking.interpreter?.language ?? to.wish.interpreter };
  const slot = chosen(slotsAt(to.start, world, wish, look, to.agreed !== null), booking.bookingId);
  if (slot === undefined)
    return refuse(isOffered(to.start, world) || to.agreed !== null ? "taken" : "outside-hours");
  const next: Booking = {
    ...booking,
    version: booking.version + 1,
    ...(booking.status === "requested" && !to.byUnit
      ? { status: booking.status }
      : standing(service, to, now)),
    office: to.office,
    ...placed(slot, service, booking.interpreter),
    language: to.wish.language ?? null,
    equipment: [...to.wish.equipment],
    agreed: to.agreed,
    sequence: booking.sequence + 1,
  };
  const entry = entryOf(next, service, { kind: "meeting" });
  const others = keptFree(slot, service);
  return {
    next,
    seen: booking.version,
    ledgers: changesOf(booking.ledgers, next, entry, world.ledgers, others),
  };
}

export function mayBeCancelled({ status }: Booking): boolean {
  return status === "held" || isOpen({ status });
}

/** A meeting for a group, and not a seat in one. */
export function leadsGroup({ session }: Booking, { seats }: BookingService): boolean {
  return seats > 1 && session === undefined;
}

/**
 * Gives a time back. What the public gives back rests for as long as the service says before the public may have it again
 * (times are not to be traded); to staff it is free at once.
 */
export function cancel(
  booking: Booking,
  service: BookingService,
  ledgers: World["ledgers"],
  { by, now }: { by: "citizen" | "staff"; now: Date },
): BookingChange | Refused<"wrong-status" | "has-begun"> {
  if (!mayBeCancelled(booking)) return refuse("wrong-status");
  if (by === "citizen" && booking.startsAt <= now.toISOString()) return refuse("has-begun");
  const next: Booking = {
    ...booking,
    version: booking.version + 1,
    status: "cancelled",
    heldUntil: null,
    ledgers: [],
    sequence: booking.sequence + 1,
  };
  const rests = service.releaseMinutes > 0 && booking.status === "confirmed";
  const until = now.getTime() + service.releaseMinutes * 60_000;
  const resting = entryOf(booking, service, { kind: "resting", until });
  const changes = booking.ledgers.flatMap((of): LedgerChange[] => {
    const ledger = ledgers.get(ledgerName(of));
    if (ledger === undefined) return [];
    return [
      rests
        ? { ledger, put: { [`r-${booking.bookingId}`]: resting }, remove: [booking.bookingId] }
        : { ledger, put: {}, remove: [booking.bookingId] },
    ];
  });
  return { next, seen: booking.version, ledgers: changes };
}

/**
 * Its person or its room cannot. What it had of them is free, on every date; the rest is kept for it until somebody has found another
 * time. Needs all of its ledgers of that person or room.
 */
export function unsettle(
  booking: Booking,
  without: Resource,
  ledgers: World["ledgers"],
): BookingChange | undefined {
  if (booking.status !== "confirmed" && booking.status !== "requested") return undefined;
  const lost = booking.ledgers.filter((of) => of.resource === without);
  if (lost.length === 0) return undefined;
  return {
    next: {
      ...booking,
      version: booking.version + 1,
      status: "unsettled",
      ledgers: booking.ledgers.filter((of) => of.resource !== without),
    },
    seen: booking.version,
    ledgers: lost.map((of): LedgerChange => {
      const ledger = ledgers.get(ledgerName(of));
      if (ledger === undefined) throw new Error(`no ledger for ${ledgerName(of)}: it was not read`);
      return { ledger, put: {}, remove: [booking.bookingId] };
    }),
  };
}

/** How long after its end a meeting to which nobody came is missed: somebody may be registered late. */
const missedAfterMs = 30 * 60_000;

/** A meeting that is over, and nobody came; undefined for any other. */
export function miss(booking: Booking, now: Date): BookingChange | undefined {
  if (booking.status !== "confirmed" && booking.status !== "unsettled") return undefined;
  if (Date.parse(booking.endsAt) + missedAfterMs > now.getTime()) return undefined;
  const next: Booking = { ...booking, version: booking.version + 1, status: "missed" };
  return { next, seen: booking.version, ledgers: [] };
}

/** From when on, in local time, people may be written to. */
const remindsFrom = "09:00";

/** Whether it is time to remind of a meeting that is tomorrow. What was booked today was confirmed today: that is enough. */
export function remindsOn(booking: Booking, now: Date): boolean {
  return (
    booking.status === "confirmed" &&
    localOf(now).time >= remindsFrom &&
    localDate(new Date(booking.createdAt)) < localDate(now)
  );
}

function lookOf(audience: Booking["audience"], now: Date): Look {
  return { now: now.getTime(), internal: audience === "internal" };
}

function isOffered(start: Date, { day, service }: World): boolean {
  const from = start.toISOString();
  const to = new Date(start.getTime() + service.minutes * 60_000).toISOString();
  return day.bookable.some((stretch) => stretch.from <= from && to <= stretch.to);
}

function chosen(slots: readonly Slot[], bookingId: string): Slot | undefined {
  return slots[Number.parseInt(bookingId.slice(0, 8), 16) % Math.max(1, slots.length)];
}

function placed(
  { start, end, person, room, interpreter }: Slot,
  service: BookingService,
  before: Booking["interpreter"],
) {
  const resources: Resource[] = [
    ...[person, interpreter?.person].flatMap((one) => (one === undefined ? [] : [`person:${one}` as const])),
    ...(room === undefined ? [] : [`room:${room}` as const]),
  ];
  // What was ordered from outside is ordered still, for another time or for nothing: somebody must see to it.
  const ordered = before?.ordered ?? null;
  return {
    startsAt: start.toISOString(),
    endsAt: end.toISOString(),
    person: person ?? null,
    room: room ?? null,
    ledgers: resources.flatMap((one) =>
      datesOf(service, start, end).map((date) => ({ resource: one, date })),
    ),
    ...(interpreter === undefined
      ? {}
      : {
          interpreter: { language: interpreter.language, person: interpreter.person ?? null, ordered },
        }),
  };
}

/** The ledgers of those who must stay free: written with the booking, so that nobody else counts on the same person. */
function keptFree(slot: Slot, service: BookingService): Booking["ledgers"] {
  return slot.keptFree.flatMap((person) =>
    datesOf(service, slot.start, slot.end).map((date) => ({ resource: `person:${person}` as const, date })),
  );
}

function entryOf(
  { startsAt, endsAt, seats, session }: Booking,
  { before, after }: BookingService,
  as: Pick<Entry, "kind" | "until">,
): Entry {
  return {
    ...as,
    start: minuteOf(new Date(startsAt)),
    end: minuteOf(new Date(endsAt)),
    before,
    after,
    seats: session === undefined ? 1 : seats,
  };
}

/** One change for each ledger, also where an entry leaves and comes back: a transaction names a row once. */
function changesOf(
  left: Booking["ledgers"],
  next: Booking,
  entry: Entry,
  ledgers: ReadonlyMap<string, Ledger>,
  untouched: Booking["ledgers"] = [],
): readonly LedgerChange[] {
  const taken = new Set(next.ledgers.map(ledgerName));
  const before = new Set(left.map(ledgerName));
  const all = new Set([...untouched, ...left, ...next.ledgers].map(ledgerName));
  return [...all].map((name) => {
    const ledger = ledgers.get(name);
    if (ledger === undefined) throw new Error(`no ledger for ${name}: it was not read`);
    if (taken.has(name)) return { ledger, put: { [next.bookingId]: entry }, remove: [] };
    return { ledger, put: {}, remove: before.has(name) ? [next.bookingId] : [] };
  });
}
