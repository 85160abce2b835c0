import type { CheckIn } from "./api.ts";
import type { Expected, Floor, Guests } from "./schemas.ts";

/** Who is being checked in. */
export type Arrival =
  | { kind: "booked"; expected: Expected }
  | { kind: "code"; code: string }
  | { kind: "drop-in"; name: string };

/** What is written of somebody who is being checked in. `floor`: null is the servicecenter; `guests`: the guest host whom they visit there. */
export type ArrivalFields = {
  floor: number | null;
  guests: Guests | undefined;
  handIn: boolean;
  name: string;
  badge: string;
  plate: string;
};

/** Whether their name is neither asked nor kept here: that they visit is secret. */
export function isNameless(
  arrival: Arrival,
  { floor, guests }: ArrivalFields,
  floors: readonly Floor[],
): boolean {
  if (arrival.kind === "booked") return arrival.expected.hidden;
  if (guests?.secret === true) return true;
  return floors.some(({ number, secret }) => number === floor && secret);
}

/** What a badge field is at fault with, in words. */
export function badgeFault(badge: string): string | undefined {
  const number = badge.trim();
  return number === "" || /^[1-9]\d{0,3}$/.test(number) ? undefined : "Brickan är ett tal från 1 till 9999.";
}

export function plateFault(plate: string): string | undefined {
  const signs = plate.replaceAll(/[\s-]/g, "");
  return signs === "" || /^[A-ZÅÄÖ0-9]{2,10}$/i.test(signs)
    ? undefined
    : "Skriv registreringsnumret med bokstäver och siffror.";
}

/** What the API is asked. */
export function checkInOf(
  arrival: Arrival,
  fields: ArrivalFields,
  floors: readonly Floor[],
  key: string,
): CheckIn {
  const { name, badge, plate } = fields;
  const said = name.trim();
  return {
    key,
    ...whyOf(arrival, fields),
    ...(said === "" || isNameless(arrival, fields, floors) ? {} : { name: said }),
    ...(badge.trim() === "" ? {} : { badge: Number(badge) }),
    ...(plate.trim() === "" ? {} : { plate: plate.trim() }),
  };
}

function whyOf(arrival: Arrival, { floor, guests, handIn }: ArrivalFields): Partial<CheckIn> {
  if (arrival.kind === "booked") return { bookingId: arrival.expected.bookingId };
  if (arrival.kind === "code") return { code: arrival.code };
  if (guests !== undefined) return { purpose: "service-centre", host: guests.host };
  const where = floor === null ? {} : { floor };
  if (handIn) return { purpose: "hand-in", ...where };
  return { purpose: floor === null ? "service-centre" : "floor", ...where };
}
