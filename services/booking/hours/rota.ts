import * as z from "zod/mini";
import type { LocalDate } from "#shared/time/working-time.ts";
import { weekdayOf, weekdays, weekOfCycle } from "./local-dates.ts";
import { instantOrNext, localTimeSchema } from "./local-time.ts";
import type { OpeningDay } from "./opening-hours.ts";
import type { Stretch } from "./stretches.ts";

const id = z.string().check(z.minLength(1), z.maxLength(100));

/** Times are local. `weekIndex` is 0 in the anchor's week. */
const shiftSchema = z
  .object({
    weekIndex: z.int().check(z.nonnegative()),
    weekday: z.enum(weekdays),
    from: localTimeSchema,
    to: localTimeSchema,
    person: id,
    role: z.optional(z.string().check(z.minLength(1), z.maxLength(60))),
  })
  .check(z.refine(({ from, to }) => from < to, "begins after it ends"));

/** Who works at one office, week after week in a cycle, from one day to another, both included. */
export const rotaSchema = z
  .object({
    office: id,
    validFrom: z.iso.date(),
    validTo: z.iso.date(),
    /** The Monday of a week with index 0. */
    anchorMonday: z.iso
      .date()
      .check(z.refine((date) => weekdayOf(date) === "mon", { message: "is not a Monday", abort: true })),
    cycleWeeks: z.int().check(z.minimum(1), z.maximum(52)),
    shifts: z.array(shiftSchema).check(z.maxLength(2000)),
    /** Each person's own manager has said yes to their working here. */
    approvals: z.array(z.object({ manager: id, person: id, at: z.iso.datetime() })),
  })
  .check(
    z.refine(({ validFrom, validTo }) => validFrom <= validTo, {
      message: "ends before it begins",
      path: ["validTo"],
    }),
    z.refine(({ shifts, cycleWeeks }) => shifts.every(({ weekIndex }) => weekIndex < cycleWeeks), {
      message: "a shift lies in a week that the cycle does not have",
      path: ["shifts"],
    }),
  );
export type Rota = z.infer<typeof rotaSchema>;

export type Rostered = Stretch & {
  readonly person: string;
  readonly role?: string;
  /** Begins before the office opens or ends after it closes; a break between two open stretches is inside. */
  readonly outsideOpening: boolean;
};

/** Who works at a rota's office on a date, by time and person. Nobody's shift is shortened; `opening` is the office's. */
export function rosterOn(date: LocalDate, rota: Rota, opening: OpeningDay): readonly Rostered[] {
  if (date < rota.validFrom || date > rota.validTo) return [];
  const weekday = weekdayOf(date);
  const week = weekOfCycle(rota.anchorMonday, rota.cycleWeeks, date);
  return rota.shifts
    .filter((shift) => shift.weekday === weekday && shift.weekIndex === week)
    .map(({ person, role, from, to }) => {
      const stretch = { from: instantOrNext(date, from), to: instantOrNext(date, to) };
      const who = role === undefined ? { person } : { person, role };
      return { ...who, ...stretch, outsideOpening: !isInside(stretch, opening) };
    })
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from.getTime() - b.from.getTime() || (a.person < b.person ? -1 : 1));
}

function isInside({ from, to }: Stretch, { open }: OpeningDay): boolean {
  const [first, last] = [open[0], open.at(-1)];
  return first !== undefined && last !== undefined && from >= first.from && to <= last.to;
}
