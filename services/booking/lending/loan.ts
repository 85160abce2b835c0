import * as z from "zod/mini";
import type { Event } from "#shared/event.ts";
import { type Refused, refuse } from "#shared/refusal.ts";
import type { LocalDate } from "#shared/time/working-time.ts";
import { itemLent, itemReturned, itemReturnUndone } from "../events.ts";
import type { OpeningDay } from "../hours/opening-hours.ts";
import { joined } from "../hours/stretches.ts";

export const loanSchema = z.object({
  loanId: z.string(),
  version: z.int(),
  office: z.string(),
  /** As the config names it. */
  item: z.string(),
  status: z.enum(["out", "returned"]),
  /** The hire of the premises that a key opens. */
  bookingId: z.nullable(z.string()),
  lentAt: z.string(),
  /** By whom here: the subject of a sign-in. */
  lentBy: z.string(),
  dueAt: z.string(),
  returnedAt: z.nullable(z.string()),
  /** Who here took it back. */
  returnedBy: z.nullable(z.string()),
  /** sha256 of what was asked: the same key with another wish is a mistake. */
  asked: z.string(),
});
export type Loan = z.infer<typeof loanSchema>;

/** How the borrower was identified: by a document, by an electronic one, or somebody here knows them. */
export const identifications = ["legitimation", "e-leg", "known-here"] as const;

export const borrowerSchema = z.object({
  name: z.string(),
  phone: z.nullable(z.string()),
  email: z.nullable(z.string()),
  /** ISO 639 code of what they are written in; null: the municipality's first. */
  language: z.nullable(z.string()),
  identifiedBy: z.enum(identifications),
  /** What was said of the item as it came back. It may name somebody, and goes when the borrower does. */
  note: z.nullable(z.string()),
});
export type Borrower = z.infer<typeof borrowerSchema>;

/** What a decision makes of a loan: its row over the version that was seen, and what is told of it. */
export type LoanChange = { next: Loan; seen: number; event: Event | undefined };

export type By = { by: string; now: Date };

/** `not-open`: the office is not open then, as far as its calendar is looked through. */
export type DueRefusal = "not-open";

/**
 * When a key must be back: when the office has been open for `returnHours`, counted from the first time that it opens as the hire ends or
 * after. Where it is open for less, the rest is counted from when it opens next. `openDays` in order, and from the day of the end.
 */
export function dueAfter(
  end: Date,
  openDays: readonly Pick<OpeningDay, "open">[],
  returnHours: number,
): Date | Refused<DueRefusal> {
  let leftMs = returnHours * 3_600_000;
  for (const { from, to } of joined(openDays.flatMap(({ open }) => open))) {
    if (from < end) continue;
    const lengthMs = to.getTime() - from.getTime();
    if (leftMs <= lengthMs) return new Date(from.getTime() + leftMs);
    leftMs -= lengthMs;
  }
  return refuse("not-open");
}

/** When something must be back that is lent until a date: when the office closes then. */
export function dueOn(
  date: LocalDate,
  openDays: readonly Pick<OpeningDay, "date" | "open">[],
): Date | Refused<DueRefusal> {
  return openDays.find((day) => day.date === date)?.open.at(-1)?.to ?? refuse("not-open");
}

/** Nothing is lent for longer. */
const longestMs = 400 * 86_400_000;

export type Lending = Pick<Loan, "loanId" | "office" | "item" | "bookingId" | "asked"> & { dueAt: Date };

export function lend(
  { dueAt, ...asked }: Lending,
  { by, now }: By,
): LoanChange | Refused<"due-passed" | "too-far-away"> {
  if (dueAt <= now) return refuse("due-passed");
  if (dueAt.getTime() - now.getTime() > longestMs) return refuse("too-far-away");
  const next: Loan = {
    ...asked,
    version: 1,
    status: "out",
    lentAt: now.toISOString(),
    lentBy: by,
    dueAt: dueAt.toISOString(),
    returnedAt: null,
    returnedBy: null,
  };
  return { next, seen: 0, event: itemLent.make(place(next, now), about(next)) };
}

/** Lets a borrower keep it longer; also one who should have been here with it already. */
export function extend(
  loan: Loan,
  dueAt: Date,
  { now }: Pick<By, "now">,
): LoanChange | Refused<"wrong-status" | "not-later" | "due-passed" | "too-far-away"> {
  if (loan.status !== "out") return refuse("wrong-status");
  if (dueAt.toISOString() <= loan.dueAt) return refuse("not-later");
  if (dueAt <= now) return refuse("due-passed");
  if (dueAt.getTime() - now.getTime() > longestMs) return refuse("too-far-away");
  const next: Loan = { ...loan, version: loan.version + 1, dueAt: dueAt.toISOString() };
  return { next, seen: loan.version, event: undefined };
}

export function giveBack(loan: Loan, { by, now }: By): LoanChange | Refused<"wrong-status"> {
  if (loan.status !== "out") return refuse("wrong-status");
  const next: Loan = {
    ...loan,
    version: loan.version + 1,
    status: "returned",
    returnedAt: now.toISOString(),
    returnedBy: by,
  };
  const event = itemReturned.make(place(next, now), { ...about(next), lateSeconds: lateSeconds(next, now) });
  return { next, seen: loan.version, event };
}

const undoMs = 10 * 60_000;

/** It was not this one that came back. For ten minutes; the table sees to it that nobody else has it by then. */
export function undoGivingBack(
  loan: Loan,
  { now }: Pick<By, "now">,
): LoanChange | Refused<"wrong-status" | "too-late"> {
  if (loan.status !== "returned") return refuse("wrong-status");
  if (!mayUndo(loan, now)) return refuse("too-late");
  const next: Loan = {
    ...loan,
    version: loan.version + 1,
    status: "out",
    returnedAt: null,
    returnedBy: null,
  };
  return { next, seen: loan.version, event: itemReturnUndone.make(place(next, now), about(next)) };
}

export function mayUndo({ returnedAt }: Pick<Loan, "returnedAt">, now: Date): boolean {
  return returnedAt !== null && now.getTime() - Date.parse(returnedAt) <= undoMs;
}

export function isOverdue({ status, dueAt }: Pick<Loan, "status" | "dueAt">, now: Date): boolean {
  return status === "out" && dueAt < now.toISOString();
}

/** Whole seconds between when it was due and when it came back, or now; 0 in time. */
export function lateSeconds({ dueAt, returnedAt }: Pick<Loan, "dueAt" | "returnedAt">, now: Date): number {
  const until = returnedAt === null ? now.getTime() : Date.parse(returnedAt);
  return Math.max(0, Math.floor((until - Date.parse(dueAt)) / 1000));
}

const keptMs = 90 * 86_400_000;

/** From when nobody is told any longer who had it. */
export function disposedFrom(returnedAt: string): Date {
  return new Date(Date.parse(returnedAt) + keptMs);
}

/** Whether it is too long ago to know who had it, whether or not the row has been removed yet. */
export function isDisposed({ returnedAt }: Pick<Loan, "returnedAt">, now: Date): boolean {
  return returnedAt !== null && disposedFrom(returnedAt) <= now;
}

/** What is out, those first that have been overdue longest. */
export function byDue(loans: readonly Loan[]): readonly Loan[] {
  return loans.toSorted((a, b) => a.dueAt.localeCompare(b.dueAt) || a.item.localeCompare(b.item));
}

export const place = ({ loanId, version }: Loan, at: Date) => ({ subject: loanId, version, at });

/** What an event says of a loan: nothing that leads to a person. */
export function about({ loanId, version, office, item, dueAt, bookingId }: Loan) {
  return {
    loanId,
    loanVersion: version,
    office,
    item,
    dueAt,
    ...(bookingId === null ? {} : { bookingId }),
  };
}
