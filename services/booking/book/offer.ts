import type { Municipality } from "#config/schema.ts";
import { localDate } from "#shared/time/working-time.ts";
import { hasRoom, type Ledger, type Look, type Resource } from "../ledger/ledger.ts";

export type BookingService = Municipality["booking"]["services"][number];
export type Room = Municipality["places"][number]["rooms"][number];

/** What an office has published for a day, as much of it as an offer rests on. Instants as ISO 8601 in UTC. */
export type OfferedDay = {
  office: string;
  date: string;
  /** When the office is open and staffed: what is offered lies inside one of these. */
  bookable: readonly { from: string; to: string }[];
  people: readonly { person: string; from: string; to: string }[];
};

/** A person who can be booked. */
export type Bookable = {
  person: string;
  unit: string;
  services: readonly string[];
  /** ISO 639 codes. */
  languages: readonly string[];
  /** Into and out of which languages they interpret for colleagues. */
  interprets: readonly string[];
};

/** What is asked for. What is left out may be anything. */
export type Wish = {
  person?: string | undefined;
  room?: string | undefined;
  language?: string | undefined;
  /** The language that somebody must interpret: another than whoever they meet. */
  interpreter?: string | undefined;
  equipment: readonly Room["equipment"][number][];
  /** How many come. */
  seats: number;
};

/** All that decides whether a time is free: the service, one office's day, who and what is there, and their ledgers. */
export type World = {
  service: BookingService;
  day: OfferedDay;
  people: readonly Bookable[];
  rooms: readonly Room[];
  ledgers: ReadonlyMap<string, Ledger>;
  /** Languages in which an interpreter can be ordered from outside, at any time. */
  agencyLanguages?: readonly string[];
  /** When people's own calendars say that they are busy, in minutes since 1970; of those who have shown theirs. */
  busy?: ReadonlyMap<string, { busy: readonly { start: number; end: number }[] }>;
};

/** Somewhere to meet: when, whom, where. */
export type Slot = {
  start: Date;
  end: Date;
  person: string | undefined;
  room: string | undefined;
  /** Who interprets; without a person, somebody who must be ordered. */
  interpreter?: { language: string; person: string | undefined } | undefined;
  /** Who must stay free for this to be the public's to have. */
  keptFree: readonly string[];
};

export function ledgerName({ resource, date }: { resource: Resource; date: string }): string {
  return `${resource} ${date}`;
}

export const minuteOf = (instant: Date): number => instant.getTime() / 60_000;

/** The local dates that a meeting takes part of, its margins included: an evening that passes midnight is in two ledgers. */
export function datesOf(service: BookingService, start: Date, end: Date): readonly string[] {
  const first = localDate(new Date(start.getTime() - service.before * 60_000));
  const last = localDate(new Date(end.getTime() + service.after * 60_000 - 1));
  return first === last ? [first] : [first, last];
}

const offering = ({ service, people }: Pick<World, "service" | "people">) =>
  people.filter(({ services }) => services.includes(service.id));

/** The people who can be asked for, by service and language; only the one who was named, if one was. */
function fitting(world: Pick<World, "service" | "people">, wish: Wish): readonly Bookable[] {
  return offering(world).filter(
    ({ person, languages }) =>
      (wish.person === undefined || wish.person === person) &&
      (wish.language === undefined || languages.includes(wish.language)),
  );
}

function interpreting({ people }: Pick<World, "people">, { interpreter }: Wish): readonly Bookable[] {
  return interpreter === undefined ? [] : people.filter(({ interprets }) => interprets.includes(interpreter));
}

/** The rooms that can be asked for, smallest first, so that a large one is left for those who need it. */
function suitable({ service, rooms }: Pick<World, "service" | "rooms">, wish: Wish): readonly Room[] {
  return rooms
    .filter(
      ({ id, kind, seats, equipment }) =>
        kind === service.needs.room &&
        seats >= wish.seats &&
        (wish.room === undefined || wish.room === id) &&
        wish.equipment.every((one) => equipment.includes(one)),
    )
    .toSorted((a, b) => a.seats - b.seats);
}

/** Whose ledgers must be known before anything can be offered. */
export function resourcesFor(
  world: Pick<World, "service" | "people" | "rooms">,
  wish: Wish,
): readonly Resource[] {
  const { needs, keptForStaff } = world.service;
  const hosts = keptForStaff > 0 ? offering(world) : fitting(world, wish);
  const asked = [...(needs.person ? hosts : []), ...interpreting(world, wish)];
  const people = new Set(asked.map(({ person }) => person));
  return [
    ...[...people].map((person): Resource => `person:${person}`),
    ...suitable(world, wish).map(({ id }): Resource => `room:${id}`),
  ];
}

/**
 * Where a meeting that begins then can be: one slot for each person who is free, each with the smallest room that is, and with an
 * interpreter if one is wished for: a colleague, else one to be ordered. `anyTime`: by agreement, outside what is offered.
 */
export function slotsAt(start: Date, world: World, wish: Wish, look: Look, anyTime = false): readonly Slot[] {
  const { service, day } = world;
  const end = new Date(start.getTime() + service.minutes * 60_000);
  const within = (stretch: { from: string; to: string }) =>
    stretch.from <= start.toISOString() && end.toISOString() <= stretch.to;
  if (!anyTime && !day.bookable.some(within)) return [];
  const dates = datesOf(service, start, end);
  const wanted = { start: minuteOf(start), end: minuteOf(end), before: service.before, after: service.after };
  const free = (resource: Resource) =>
    dates.every((date) => {
      const ledger = world.ledgers.get(ledgerName({ resource, date }));
      return (
        ledger !== undefined && hasRoom(Object.entries(ledger.entries), { ...wanted, seats: 1 }, 1, look)
      );
    });
  const available = ({ person }: Bookable) =>
    (anyTime || day.people.some((one) => one.person === person && within(one))) &&
    !(world.busy?.get(person)?.busy ?? []).some((own) => own.start < wanted.end && wanted.start < own.end) &&
    free(`person:${person}`);
  const room =
    service.needs.room === undefined ? undefined : suitable(world, wish).find(({ id }) => free(`room:${id}`));
  if (service.needs.room !== undefined && room === undefined) return [];
  const interpreters = interpreting(world, wish).filter(available);
  const kept = look.internal ? 0 : service.keptForStaff;
  const others = kept === 0 ? [] : offering(world).filter(available);
  const hosts = service.needs.person ? fitting(world, wish).filter(available) : [undefined];
  return hosts.flatMap((host): Slot[] => {
    const interpreter = interpreterFor(host, interpreters, world, wish);
    const keptFree = others.filter((one) => ![host?.person, interpreter?.person].includes(one.person));
    if (keptFree.length < kept || (wish.interpreter !== undefined && interpreter === undefined)) return [];
    return [
      {
        start,
        end,
        person: host?.person,
        room: room?.id,
        ...(interpreter === undefined ? {} : { interpreter }),
        keptFree: keptFree.slice(0, kept).map(({ person }) => person),
      },
    ];
  });
}

/** A colleague who is free; else somebody from the agency, who is ordered. */
function interpreterFor(
  host: Bookable | undefined,
  free: readonly Bookable[],
  { agencyLanguages = [] }: World,
  { interpreter: language }: Wish,
): Slot["interpreter"] {
  if (language === undefined) return undefined;
  const colleague = free.find(({ person }) => person !== host?.person);
  if (colleague !== undefined) return { language, person: colleague.person };
  return agencyLanguages.includes(language) ? { language, person: undefined } : undefined;
}

/** When the public may come: not too soon, not too far away, and never what has begun. */
export function bookableBetween(
  service: BookingService,
  { now, internal }: Look,
): { from: number; to: number } {
  const from = internal ? now : now + service.noticeHours * 3_600_000;
  return { from, to: internal ? Number.POSITIVE_INFINITY : now + service.horizonDays * 86_400_000 };
}

/** The free times of a day, one slot each, in order. Times begin on whole multiples of the grid's minutes. */
export function freeTimes(world: World, wish: Wish, look: Look, gridMinutes: number): readonly Slot[] {
  const window = bookableBetween(world.service, look);
  const step = gridMinutes * 60_000;
  const times: Slot[] = [];
  for (const { from, to } of world.day.bookable) {
    const last = Math.min(Date.parse(to) - world.service.minutes * 60_000, window.to);
    for (let at = Math.ceil(Math.max(Date.parse(from), window.from) / step) * step; at <= last; at += step) {
      const [slot] = slotsAt(new Date(at), world, wish, look);
      if (slot !== undefined) times.push(slot);
    }
  }
  return times;
}

/** So many of the free times as near as possible to one that was not, in order of time. */
export function nearest(times: readonly Slot[], wanted: Date, howMany: number): readonly Slot[] {
  const away = ({ start }: Slot) => Math.abs(start.getTime() - wanted.getTime());
  return times
    .toSorted((a, b) => away(a) - away(b))
    .slice(0, howMany)
    .toSorted((a, b) => a.start.getTime() - b.start.getTime());
}
