import type { Day } from "../api/figure-schemas.ts";

/** A figure of one day; what is nothing is not in the answer. */
export function figureOf(day: Day, name: string): number {
  return day.figures[name] ?? 0;
}

/** A figure over days. */
export function total(days: readonly Day[], name: string): number {
  return days.reduce((sum, day) => sum + figureOf(day, name), 0);
}

/** The figures of a kind, such as `contacts/…`, that the days have. */
export function namesOf(days: readonly Day[], kind: string): readonly string[] {
  const names = days.flatMap((day) => Object.keys(day.figures)).filter((name) => name.startsWith(`${kind}/`));
  return [...new Set(names)].toSorted();
}

/** All figures of a kind over days, added up. */
export function totalOf(days: readonly Day[], kind: string): number {
  return namesOf(days, kind).reduce((sum, name) => sum + total(days, name), 0);
}

/** "70 %". */
export function share(part: number, whole: number): string {
  return whole === 0 ? "–" : `${Math.round((100 * part) / whole)} %`;
}

/** The units that any figure names, by their ids. */
export function unitsOf(days: readonly Day[]): readonly string[] {
  const kinds = ["assignments-sent", "assignments-answered", "assignments-returned", "unit-answers"];
  const units = kinds.flatMap((kind) => namesOf(days, kind)).map((name) => name.slice(name.indexOf("/") + 1));
  return [...new Set(units)].toSorted();
}
