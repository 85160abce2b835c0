import type { Calendar } from "#config/calendar-schema.ts";
import type { LocalDate } from "#shared/time/working-time.ts";
import {
  type Absence,
  type Counted,
  countHeads,
  type EveningHours,
  hasEvening,
  presentAmong,
  staffedBy,
} from "./coverage.ts";
import { datesOf, daysLater } from "./local-dates.ts";
import { type OpeningDay, type OpeningException, openOn } from "./opening-hours.ts";
import { type Rostered, type Rota, rosterOn } from "./rota.ts";
import { overlaps } from "./stretches.ts";

/** What an office must keep to. */
export type StaffingRules = {
  /** At every moment that it is open. */
  readonly minimumStaff: number;
  /** 0 where no evenings are asked for. */
  readonly eveningsPerMonth: number;
  readonly evening: EveningHours;
  /** The office's own manager: whose people are lent by nobody. */
  readonly manager?: string;
};

export type RotaContext = {
  /** Both days included. Evenings are asked for in each whole month of it. */
  readonly period: { readonly from: LocalDate; readonly to: LocalDate };
  readonly office: StaffingRules;
  /** The office's, like the exceptions. */
  readonly calendar: Calendar;
  readonly exceptions: readonly OpeningException[];
  readonly redDays: readonly LocalDate[];
  readonly absences: readonly Absence[];
  /** What stays in force beside this rota: other offices', and this one's with other people. Never what it replaces. */
  readonly otherRotas: readonly Rota[];
  readonly people: readonly { readonly person: string; readonly manager: string }[];
};

/** What refuses a rota's publishing. */
export type RotaFault =
  | { code: "too-few-evenings"; month: string; has: number; needs: number }
  | { code: "same-person-two-offices"; date: LocalDate; person: string }
  /** From the first day in the period that the person works. Nobody is the manager of a person who is not known. */
  | { code: "not-approved"; date: LocalDate; person: string; manager: string | null };

/** What does not: times below the minimum are not offered. */
export type RotaFlag =
  | { code: "below-minimum"; date: LocalDate; from: Date; to: Date; has: number; needs: number }
  | { code: "absent"; date: LocalDate; person: string }
  | { code: "outside-opening"; date: LocalDate; kind: OpeningDay["kind"] };

export type RotaCheck = {
  readonly faults: readonly RotaFault[];
  readonly flags: readonly RotaFlag[];
  /** Every date of the period, with all who work at the office by any rota. */
  readonly coverage: readonly { readonly date: LocalDate; readonly stretches: readonly Counted[] }[];
};

/** What of one day the check needs. */
type CheckedDay = {
  readonly date: LocalDate;
  readonly opening: OpeningDay;
  /** By this rota. */
  readonly rostered: readonly Rostered[];
  readonly elsewhere: readonly Rostered[];
  readonly counted: readonly Counted[];
  readonly evening: boolean;
};

/**
 * Whether a rota can be published, and what is to be known about it first. All by date; a month stands before its days.
 * A day on which the office is closed is nobody's absence, nor two offices.
 */
export function checkRota(rota: Rota, context: RotaContext): RotaCheck {
  const days = datesOf(context.period.from, context.period.to).map((date) => checkedDay(date, rota, context));
  const inForce = days.filter(({ date }) => date >= rota.validFrom && date <= rota.validTo);
  return {
    faults: byDate([
      ...missingEvenings(days, rota, context),
      ...missingApprovals(inForce, rota, context),
      ...inForce.flatMap(twoOffices),
    ]),
    flags: byDate(inForce.flatMap((day) => flagsOf(day, context))),
    coverage: days.map(({ date, counted }) => ({ date, stretches: counted })),
  };
}

function checkedDay(date: LocalDate, rota: Rota, context: RotaContext): CheckedDay {
  const { office, calendar, exceptions, redDays, absences, otherRotas } = context;
  const opening = openOn(date, calendar, exceptions, redDays);
  const rostered = rosterOn(date, rota, opening);
  const byOthers = (others: readonly Rota[]) => others.flatMap((other) => rosterOn(date, other, opening));
  const beside = byOthers(otherRotas.filter(({ office }) => office === rota.office));
  const elsewhere = byOthers(otherRotas.filter(({ office }) => office !== rota.office));
  const counted = countHeads(opening.open, presentAmong([...rostered, ...beside], absences));
  const evening = hasEvening(date, office.evening, staffedBy(office.minimumStaff, counted));
  return { date, opening, rostered, elsewhere, counted, evening };
}

function missingEvenings(
  days: readonly CheckedDay[],
  { validFrom, validTo }: Rota,
  { period, office }: RotaContext,
): readonly RotaFault[] {
  return [...new Set(days.map(({ date }) => date.slice(0, 7)))]
    .filter(
      (month) => isWhole(month, period) && month >= validFrom.slice(0, 7) && month <= validTo.slice(0, 7),
    )
    .map((month) => ({
      code: "too-few-evenings" as const,
      month,
      has: days.filter(({ date, evening }) => evening && date.startsWith(month)).length,
      needs: office.eveningsPerMonth,
    }))
    .filter(({ has, needs }) => has < needs);
}

function isWhole(month: string, { from, to }: RotaContext["period"]): boolean {
  return from <= `${month}-01` && daysLater(to, 1).slice(0, 7) > month;
}

function missingApprovals(
  days: readonly CheckedDay[],
  { approvals }: Rota,
  { office, people }: RotaContext,
): readonly RotaFault[] {
  const firstDays = new Map<string, LocalDate>();
  for (const { date, rostered } of days) {
    for (const { person } of rostered) if (!firstDays.has(person)) firstDays.set(person, date);
  }
  return [...firstDays].flatMap(([person, date]) => {
    const manager = people.find((known) => known.person === person)?.manager ?? null;
    const approved = approvals.some((approval) => approval.person === person && approval.manager === manager);
    const own = manager !== null && manager === office.manager;
    return approved || own ? [] : [{ code: "not-approved" as const, date, person, manager }];
  });
}

function twoOffices({ date, opening, rostered, elsewhere }: CheckedDay): readonly RotaFault[] {
  if (opening.open.length === 0) return [];
  const torn = rostered.filter((here) =>
    elsewhere.some((there) => there.person === here.person && overlaps(here, there)),
  );
  return persons(torn).map((person) => ({ code: "same-person-two-offices", date, person }));
}

function flagsOf(
  { date, opening, rostered, counted }: CheckedDay,
  { office, absences }: RotaContext,
): readonly RotaFlag[] {
  const needs = office.minimumStaff;
  const away = rostered.filter((shift) =>
    absences.some((absence) => absence.person === shift.person && overlaps(absence, shift)),
  );
  return [
    ...(rostered.some(({ outsideOpening }) => outsideOpening)
      ? [{ code: "outside-opening" as const, date, kind: opening.kind }]
      : []),
    ...persons(opening.open.length === 0 ? [] : away).map((person) => ({
      code: "absent" as const,
      date,
      person,
    })),
    ...counted
      .filter(({ count }) => count < needs)
      .map(({ from, to, count }) => ({
        code: "below-minimum" as const,
        date,
        from,
        to,
        has: count,
        needs,
      })),
  ];
}

/** Each once, in order. */
function persons(rostered: readonly Rostered[]): readonly string[] {
  return [...new Set(rostered.map(({ person }) => person))].sort();
}

function byDate<Found extends { date: LocalDate } | { month: string }>(
  found: readonly Found[],
): readonly Found[] {
  const when = (one: Found) => ("date" in one ? one.date : one.month);
  return found.toSorted((a, b) => (when(a) < when(b) ? -1 : when(a) > when(b) ? 1 : 0));
}
