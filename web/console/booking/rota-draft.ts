import { addDays } from "../../ui/swedish-time.ts";
import { lastOfMonth, mondayOf } from "./local-time.ts";
import type { Rota, Shift } from "./rota-schemas.ts";
import { hoursText, parseHours } from "./shift-text.ts";

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A rota as it is being written: each field as its text, so that what cannot be read yet stays. */
export type RotaDraft = {
  office: string;
  validFrom: string;
  validTo: string;
  anchorMonday: string;
  cycleWeeks: number;
  people: readonly string[];
  /** By `cellKey`. */
  cells: Readonly<Record<string, string>>;
};

export const cellKey = (weekIndex: number, weekday: string, person: string): string =>
  `${weekIndex} ${weekday} ${person}`;

/** Three whole months from the next, with nobody in them yet. */
export function newDraft(office: string, today: string): RotaDraft {
  const validFrom = addDays(lastOfMonth(today), 1);
  const second = addDays(lastOfMonth(validFrom), 1);
  const third = addDays(lastOfMonth(second), 1);
  return {
    office,
    validFrom,
    validTo: lastOfMonth(third),
    anchorMonday: mondayOf(validFrom),
    cycleWeeks: 2,
    people: [],
    cells: {},
  };
}

export function draftOf(rota: Rota): RotaDraft {
  const { office, validFrom, validTo, anchorMonday, cycleWeeks, shifts } = rota;
  const cells = Map.groupBy(shifts, ({ weekIndex, weekday, person }) => cellKey(weekIndex, weekday, person));
  return {
    office,
    validFrom,
    validTo,
    anchorMonday,
    cycleWeeks,
    people: [...new Set(shifts.map(({ person }) => person))],
    cells: Object.fromEntries([...cells].map(([key, own]) => [key, hoursText(own)])),
  };
}

/** The rota that a draft is, once all of it can be read. What shifts of `before` were for stays with those that are the same. */
export function rotaOf(
  draft: RotaDraft,
  before: Pick<Rota, "shifts" | "approvals"> | undefined,
): Rota | undefined {
  if (draftFaults(draft).length > 0) return undefined;
  const { people, cells, cycleWeeks, ...dates } = draft;
  const shifts = Array.from({ length: cycleWeeks }, (_, weekIndex) => weekIndex).flatMap((weekIndex) =>
    WEEKDAYS.flatMap((weekday) =>
      people.flatMap((person): Shift[] =>
        (parseHours(cells[cellKey(weekIndex, weekday, person)] ?? "") ?? []).map(({ from, to }) => {
          const shift = { weekIndex, weekday, from, to, person };
          const role = before?.shifts.find((one) => isSame(one, shift))?.role;
          return role === undefined ? shift : { ...shift, role };
        }),
      ),
    ),
  );
  return { ...dates, cycleWeeks, shifts, approvals: before?.approvals.slice() ?? [] };
}

function isSame(one: Shift, other: Shift): boolean {
  const { weekIndex, weekday, from, to, person } = one;
  return (
    weekIndex === other.weekIndex &&
    weekday === other.weekday &&
    from === other.from &&
    to === other.to &&
    person === other.person
  );
}

const LONGEST_DAYS = 185;

/** What must be mended before a draft can be checked, by field. */
export function draftFaults({
  validFrom,
  validTo,
  anchorMonday,
  people,
  cells,
  cycleWeeks,
}: RotaDraft): readonly string[] {
  const faults: string[] = [];
  if (validFrom === "" || validTo === "" || validTo < validFrom) faults.push("validTo");
  else if (validTo > addDays(validFrom, LONGEST_DAYS)) faults.push("validTo");
  if (anchorMonday === "" || mondayOf(anchorMonday) !== anchorMonday) faults.push("anchorMonday");
  for (let week = 0; week < cycleWeeks; week += 1)
    for (const weekday of WEEKDAYS)
      for (const person of people) {
        const key = cellKey(week, weekday, person);
        if (parseHours(cells[key] ?? "") === undefined) faults.push(key);
      }
  return faults;
}

/** One week's hours in all the others too. */
export function copyWeek(draft: RotaDraft, from: number): RotaDraft {
  const cells: Record<string, string> = {};
  for (let week = 0; week < draft.cycleWeeks; week += 1)
    for (const weekday of WEEKDAYS)
      for (const person of draft.people)
        cells[cellKey(week, weekday, person)] = draft.cells[cellKey(from, weekday, person)] ?? "";
  return { ...draft, cells };
}
