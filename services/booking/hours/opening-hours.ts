import * as z from "zod/mini";
import type { Calendar } from "#config/calendar-schema.ts";
import { isWorkingDay, type LocalDate } from "#shared/time/working-time.ts";
import { daysLater, placeInMonth, weekdayOf, weekOfCycle } from "./local-dates.ts";
import { instantOrNext, type LocalTime, localOf, localTimeSchema } from "./local-time.ts";
import { joined, type Stretch } from "./stretches.ts";

type LocalStretch = { readonly from: LocalTime; readonly to: LocalTime };

/** What a day has instead of its hours, for a reason that is shown to the public. Without stretches it is closed. */
export const openingExceptionSchema = z.object({
  date: z.iso.date(),
  open: z.array(
    z
      .object({ from: localTimeSchema, to: localTimeSchema })
      .check(z.refine(({ from, to }) => from < to, "opens after it closes")),
  ),
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
});
export type OpeningException = z.infer<typeof openingExceptionSchema>;

export const dayKinds = ["ordinary", "dayBeforeRedDay", "bridgeDay", "redDay", "exception"] as const;
type DayKind = (typeof dayKinds)[number];

/** A day's open stretches, in order and never overlapping, as instants and as they are written on the door. */
export type OpeningDay = {
  readonly date: LocalDate;
  /** What settled the hours. */
  readonly kind: DayKind;
  /** Whether the date lies in the calendar's summer. */
  readonly summer: boolean;
  readonly open: readonly (Stretch & { readonly fromLocal: LocalTime; readonly toLocal: LocalTime })[];
  /** An exception's. */
  readonly reason?: string;
};

/**
 * When something is open on a date. An exception overrides everything, red days too; nothing else opens a red day. The
 * day before a red day and a bridge day have the calendar's hours for them, unless they would be closed anyway; one that
 * is both has a bridge day's hours, and closes no later than the day before a red day. In summer all but an exception
 * closes at the summer's time.
 *
 * A day before a red day is a working day (no Saturday, no Sunday) followed by a public holiday: 5 January,
 * Maundy Thursday, 30 April, the day before Ascension Day, 5 June, the Friday before All Saints' Day. The days before the
 * eves of midsummer, Christmas and New Year are ordinary: those eves are red days themselves.
 */
export function openOn(
  date: LocalDate,
  calendar: Calendar,
  exceptions: readonly OpeningException[],
  redDays: readonly LocalDate[],
): OpeningDay {
  const summer = isSummer(date, calendar);
  const exception = exceptions.find((candidate) => candidate.date === date);
  if (exception !== undefined) {
    const open = instants(date, exception.open);
    return { date, kind: "exception", summer, open, reason: exception.reason };
  }
  const kind = kindOf(date, calendar, redDays);
  const hours = hoursOf(date, kind, calendar, redDays);
  const closesAt = summer ? calendar.summer?.closesAt : undefined;
  return { date, kind, summer, open: instants(date, until(hours, closesAt)) };
}

function kindOf(date: LocalDate, calendar: Calendar, redDays: readonly LocalDate[]): DayKind {
  if (redDays.includes(date)) return "redDay";
  if (calendar.bridgeDay !== undefined && isBridgeDay(date, redDays)) return "bridgeDay";
  if (calendar.dayBeforeRedDay !== undefined && isDayBeforeRedDay(date, redDays)) return "dayBeforeRedDay";
  return "ordinary";
}

function hoursOf(
  date: LocalDate,
  kind: DayKind,
  calendar: Calendar,
  redDays: readonly LocalDate[],
): readonly LocalStretch[] {
  const usual = kind === "redDay" ? [] : [...calendar.week[weekdayOf(date)], ...ruledHours(date, calendar)];
  if (usual.length === 0 || kind === "ordinary") return usual;
  const dayBefore = calendar.dayBeforeRedDay ?? usual;
  if (kind === "dayBeforeRedDay") return dayBefore;
  const bridge = calendar.bridgeDay ?? usual;
  return isDayBeforeRedDay(date, redDays) ? until(bridge, dayBefore.at(-1)?.to ?? "00:00") : bridge;
}

function ruledHours(date: LocalDate, calendar: Calendar): readonly LocalStretch[] {
  return (calendar.rules ?? []).filter(
    ({ weekday, validFrom, validTo, everyWeeks, anchorMonday, weeksOfMonth }) => {
      if (weekday !== weekdayOf(date) || date < validFrom || (validTo !== undefined && date > validTo)) {
        return false;
      }
      if (everyWeeks !== undefined && anchorMonday !== undefined) {
        return weekOfCycle(anchorMonday, everyWeeks, date) === 0;
      }
      const { nth, last } = placeInMonth(date);
      return weeksOfMonth?.some((week) => (week === 5 ? last : week === nth)) ?? false;
    },
  );
}

function isBridgeDay(date: LocalDate, redDays: readonly LocalDate[]): boolean {
  return (
    isWorkingDay(date, redDays) &&
    !isWorkingDay(daysLater(date, -1), redDays) &&
    !isWorkingDay(daysLater(date, 1), redDays)
  );
}

function isDayBeforeRedDay(date: LocalDate, redDays: readonly LocalDate[]): boolean {
  const next = daysLater(date, 1);
  return isWorkingDay(date, redDays) && redDays.includes(next) && !isEve(next);
}

/** Midsummer Eve is the Friday of 19 to 25 June. */
function isEve(redDay: LocalDate): boolean {
  const day = redDay.slice(5);
  if (day === "12-24" || day === "12-31") return true;
  return day >= "06-19" && day <= "06-25" && weekdayOf(redDay) === "fri";
}

function isSummer(date: LocalDate, { summer }: Calendar): boolean {
  const day = date.slice(5);
  return summer !== undefined && day >= summer.from && day <= summer.to;
}

/** Closes at the latest at a time. */
function until(hours: readonly LocalStretch[], closesAt: LocalTime | undefined): readonly LocalStretch[] {
  if (closesAt === undefined) return hours;
  return hours
    .filter(({ from }) => from < closesAt)
    .map(({ from, to }) => ({ from, to: to < closesAt ? to : closesAt }));
}

/** A rule may lengthen a day of the week, so stretches that overlap or touch are one. */
function instants(date: LocalDate, hours: readonly LocalStretch[]): OpeningDay["open"] {
  const open = hours
    .map(({ from, to }) => ({ from: instantOrNext(date, from), to: instantOrNext(date, to) }))
    .filter(({ from, to }) => from < to);
  return joined(open).map(({ from, to }) => ({
    from,
    to,
    fromLocal: localOf(from).time,
    toLocal: localOf(to).time,
  }));
}
