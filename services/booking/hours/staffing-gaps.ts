import { type Absence, countHeads, presentAmong } from "./coverage.ts";
import type { Rostered } from "./rota.ts";
import { overlaps, type Stretch } from "./stretches.ts";

/** A stretch of a day in which fewer work at an office than must: `present` at its worst moment. */
export type StaffingGap = Stretch & { readonly present: number; readonly minimum: number };

/**
 * The gaps of an office's day that are not over. Each is whole, also what of it has been: so it stays the same gap as the day goes. Who is
 * in a meeting is on duty.
 */
export function staffingGaps(
  day: { open: readonly Stretch[]; rostered: readonly Rostered[]; absences: readonly Absence[] },
  minimum: number,
  now: Date,
): readonly StaffingGap[] {
  const gaps: StaffingGap[] = [];
  for (const { from, to, count } of countHeads(day.open, presentAmong(day.rostered, day.absences))) {
    if (count >= minimum) continue;
    const last = gaps.at(-1);
    if (last !== undefined && last.to.getTime() === from.getTime())
      gaps[gaps.length - 1] = { ...last, to, present: Math.min(last.present, count) };
    else gaps.push({ from, to, present: count, minimum });
  }
  return gaps.filter(({ to }) => to > now);
}

/** Somebody who could take a gap. `stand-in`: for somebody who should be there. */
export type StepIn = { person: string; why: "stand-in" | "not-on-duty" };

export type Surroundings = {
  people: readonly { person: string; standIn: string | null }[];
  /** Who should be there, by the rota. */
  rostered: readonly Rostered[];
  absences: readonly Absence[];
  /** Who works elsewhere, or has a meeting. */
  taken: readonly (Stretch & { person: string })[];
  /** Who works at the office on some days, or is of its unit. */
  known: ReadonlySet<string>;
};

/** Who could step in for the whole of what is left of a gap, those who stand in for somebody absent first. */
export function stepInFor(gap: Stretch, around: Surroundings, now: Date): readonly StepIn[] {
  const left = { from: gap.from > now ? gap.from : now, to: gap.to };
  const met = (stretches: readonly (Stretch & { person: string })[]) =>
    new Set(stretches.filter((one) => overlaps(one, left)).map(({ person }) => person));
  const [should, away, taken] = [met(around.rostered), met(around.absences), met(around.taken)];
  const standIns = new Set(
    around.people.flatMap(({ person, standIn }) =>
      standIn !== null && should.has(person) && away.has(person) ? [standIn] : [],
    ),
  );
  return around.people
    .map(({ person }) => person)
    .filter((person) => standIns.has(person) || around.known.has(person))
    .filter((person) => !away.has(person) && !taken.has(person) && !should.has(person))
    .map((person): StepIn => ({ person, why: standIns.has(person) ? "stand-in" : "not-on-duty" }))
    .toSorted((a, b) => Number(b.why === "stand-in") - Number(a.why === "stand-in"));
}
