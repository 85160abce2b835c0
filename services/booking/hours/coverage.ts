import type { LocalDate } from "#shared/time/working-time.ts";
import { instantOrNext, type LocalTime } from "./local-time.ts";
import type { Rostered } from "./rota.ts";
import { joined, overlaps, type Stretch, without } from "./stretches.ts";

/** Somebody who is away, wherever they would have worked. */
export type Absence = Stretch & { readonly person: string };

export type Present = Stretch & { readonly person: string };

/** A stretch in which as many people work all the while. */
export type Counted = Stretch & { readonly count: number };

/** What an evening is, in local time: 16:00 to 18:00. */
export type EveningHours = { readonly from: LocalTime; readonly to: LocalTime };

/** Who is at work, each person's stretches in order and never overlapping; absences are taken out. */
export function presentAmong(
  rostered: readonly Rostered[],
  absences: readonly Absence[],
): readonly Present[] {
  const people = new Set(rostered.map(({ person }) => person));
  return [...people].flatMap((person) => {
    const shifts = joined(rostered.filter((shift) => shift.person === person));
    const away = absences.filter((absence) => absence.person === person);
    return without(shifts, away).map(({ from, to }) => ({ person, from, to }));
  });
}

/** How many people work at each moment that it is open, nobody included; a person counts once. */
export function countHeads(open: readonly Stretch[], present: readonly Present[]): readonly Counted[] {
  return open.flatMap((stretch) => {
    const here = present.filter((person) => overlaps(person, stretch));
    const counted: Counted[] = [];
    for (const part of cutUp(stretch, here)) {
      const count = new Set(here.filter((other) => overlaps(other, part)).map(({ person }) => person)).size;
      const last = counted.at(-1);
      if (last?.count === count) counted[counted.length - 1] = { ...last, to: part.to };
      else counted.push({ ...part, count });
    }
    return counted;
  });
}

/** When at least so many people work. */
export function staffedBy(minimum: number, counted: readonly Counted[]): readonly Stretch[] {
  return joined(counted.filter(({ count }) => count >= minimum));
}

/** Whether a day has an evening: staffed from its beginning to its end, without a break. */
export function hasEvening(date: LocalDate, evening: EveningHours, staffed: readonly Stretch[]): boolean {
  const [begins, ends] = [instantOrNext(date, evening.from), instantOrNext(date, evening.to)];
  return staffed.some(({ from, to }) => from <= begins && ends <= to);
}

/** A stretch in parts, cut wherever somebody comes or goes. */
function cutUp(stretch: Stretch, present: readonly Present[]): readonly Stretch[] {
  const cuts = present
    .flatMap(({ from, to }) => [from, to])
    .filter((at) => at > stretch.from && at < stretch.to)
    .sort((a, b) => a.getTime() - b.getTime());
  return [stretch.from, ...cuts]
    .map((from, place) => ({ from, to: cuts[place] ?? stretch.to }))
    .filter(({ from, to }) => from < to);
}
