import { isRefused, type Refused, refuse } from "#shared/refusal.ts";
import { type Booking, type BookingChange, cancel } from "./booking.ts";
import type { BookingService, World } from "./offer.ts";

/** The unit says yes. */
export function approve(
  booking: Booking,
  { by, now }: { by: string; now: Date },
): BookingChange | Refused<"wrong-status" | "has-begun"> {
  if (booking.status !== "requested") return refuse("wrong-status");
  if (booking.startsAt <= now.toISOString()) return refuse("has-begun");
  const next: Booking = {
    ...booking,
    version: booking.version + 1,
    status: "confirmed",
    sequence: booking.sequence + 1,
    decision: { by, at: now.toISOString(), reason: null },
  };
  return { next, seen: booking.version, ledgers: [] };
}

/** The unit says no, and why; or it lapses, when nobody has answered. The time is free at once. */
export function decline(
  booking: Booking,
  service: BookingService,
  ledgers: World["ledgers"],
  { by, reason, now }: { by: string | null; reason: string | null; now: Date },
): BookingChange | Refused<"wrong-status" | "has-begun"> {
  if (booking.status !== "requested") return refuse("wrong-status");
  const given = cancel(booking, service, ledgers, { by: "staff", now });
  if (isRefused(given)) return given;
  return { ...given, next: { ...given.next, decision: { by, at: now.toISOString(), reason } } };
}

/** So long before it begins, a request that nobody has answered is no longer worth waiting for. */
const lapsesBeforeMs = 2 * 3_600_000;

export function lapses({ status, startsAt }: Booking, now: Date): boolean {
  return status === "requested" && Date.parse(startsAt) - lapsesBeforeMs <= now.getTime();
}
