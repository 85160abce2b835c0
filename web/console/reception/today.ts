import { clockInSweden } from "../../ui/swedish-time.ts";
import type { Expected, Today, Visit } from "./schemas.ts";
import { nextStep } from "./steps.ts";

/** A line of the day: somebody who is expected, or who has come. */
export type Entry =
  | { kind: "expected"; id: string; expected: Expected }
  | { kind: "visit"; id: string; visit: Visit };

const OVER = ["left", "turned-away", "went-away", "handed-in", "mistaken"];

export const isOver = ({ state }: Visit): boolean => OVER.includes(state);

/** The day in the order in which something must be done: those one can act on, those who wait for others, those to come, those who are in. */
export function entriesOf(
  { expected, visits }: Pick<Today, "expected" | "visits">,
  now: Date,
): readonly Entry[] {
  return [
    ...visits.filter((visit) => !isOver(visit)).map(visitEntry),
    ...expected.map((one): Entry => ({ kind: "expected", id: one.bookingId, expected: one })),
  ].toSorted(
    (one, other) => rankOf(one, now) - rankOf(other, now) || sinceOf(one).localeCompare(sinceOf(other)),
  );
}

const visitEntry = (visit: Visit): Entry => ({ kind: "visit", id: visitId(visit), visit });

/** What a visit is called on the page. */
export const visitId = ({ number }: Pick<Visit, "number">): string => `besok-${number}`;

function rankOf(entry: Entry, now: Date): number {
  if (entry.kind === "expected") return 6;
  const { visit } = entry;
  const step = nextStep(visit)?.command;
  if (step === "sendUp" || step === "clear") return 0;
  if (visit.unanswered) return 1;
  if (visit.state === "waiting") return isEarly(visit, now) ? 5 : 2;
  if (visit.state === "left-floor") return 3;
  if (visit.state === "called" || visit.state === "cleared") return 4;
  return visit.state === "sent-up" ? 7 : 8;
}

const sinceOf = (entry: Entry): string =>
  entry.kind === "expected" ? entry.expected.startsAt : entry.visit.waitingFrom;

/**
 * Those of the day that are meant by what was typed: a visitor's number or badge, the clock or the code of a booking, or any part of
 * a name. Names that are hidden or screened are found by none of it but number, clock and code.
 */
export function matching(entries: readonly Entry[], typed: string): readonly Entry[] {
  const sought = plain(typed);
  if (sought === "") return entries;
  return entries.filter((entry) => {
    if (entry.kind === "visit") {
      const { number, badge, name } = entry.visit;
      return [number, badge].some((one) => String(one) === sought) || isIn(sought, name);
    }
    const { bookingId, startsAt, name } = entry.expected;
    const clock = clockInSweden(new Date(startsAt)).replace(":", "");
    return (
      isIn(sought, name) ||
      (sought.length > 2 && clock === sought.padStart(4, "0")) ||
      (sought.length >= 4 && bookingId.startsWith(sought))
    );
  });
}

const isIn = (sought: string, name: string | null): boolean =>
  name !== null && !isDigits(sought) && plain(name).includes(sought);

const isDigits = (text: string): boolean => /^\d+$/.test(text);

/** Without spaces, signs and case, so that "B1 B1-B1" and "10.30" are found as they are said. */
function plain(text: string): string {
  return text.toLocaleLowerCase("sv").replaceAll(/[\s:.-]/g, "");
}

/** Whether what was typed can be the code of a slip. */
export function isCode(typed: string): boolean {
  return /^[0-9a-f]{6,32}$/.test(plain(typed)) && /\d/.test(typed);
}

/** Clocks differ by so much at most. */
const SKEW_MS = 60_000;

/** Whether somebody came before the time they were booked for, and so does not wait yet. */
export function isEarly({ waitingFrom }: Pick<Visit, "waitingFrom">, now: Date): boolean {
  return Date.parse(waitingFrom) - now.getTime() > SKEW_MS;
}

/** Whole minutes that a visitor has waited; none before the time they were booked for. */
export function minutesWaited({ waitingFrom }: Pick<Visit, "waitingFrom">, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(waitingFrom)) / 60_000));
}

/** The code on a booked visitor's slip, in fours as it is printed. */
export function slipCode(bookingId: string): string {
  return `${bookingId.slice(0, 4)} ${bookingId.slice(4, 8)}`.toUpperCase();
}
