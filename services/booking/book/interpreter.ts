import { type Refused, refuse } from "#shared/refusal.ts";
import { type Booking, type BookingChange, isOpen } from "./booking.ts";

/** Whether an interpreter must be ordered, ordered for another time, or called off: what was ordered is not what is needed. */
export function interpreterToOrder({ interpreter, status, startsAt }: Booking): boolean {
  if (interpreter === undefined || status === "held") return false;
  const needed = isOpen({ status }) && interpreter.person === null ? startsAt : undefined;
  const over = status !== "cancelled" && !isOpen({ status });
  return !over && interpreter.ordered?.startsAt !== needed;
}

/** Notes that an interpreter has been ordered for the time that the booking has now, or called off when it needs none. */
export function noteInterpreter(
  booking: Booking,
  reference: string,
): BookingChange | Refused<"wrong-status"> {
  if (booking.interpreter === undefined || !interpreterToOrder(booking)) return refuse("wrong-status");
  const needed = booking.status !== "cancelled" && booking.interpreter.person === null;
  const ordered = needed ? { reference, startsAt: booking.startsAt } : null;
  const next = {
    ...booking,
    version: booking.version + 1,
    interpreter: { ...booking.interpreter, ordered },
  };
  return { next, seen: booking.version, ledgers: [] };
}
