import { municipality } from "#shared/config.ts";
import type { Staff } from "#shared/staff.ts";
import type { Booking } from "../book/booking.ts";
import type { Visit, VisitCommand } from "./visit.ts";

/** Of a visit, what decides who may know of it. */
export type Known = Pick<Visit, "office" | "floor" | "secret" | "unit" | "host">;

export type Place = ReturnType<typeof municipality>["places"][number];
export type Floor = Place["floors"][number];

/** An office that receives visitors now. */
export function placeOf(office: string): Place | undefined {
  return municipality().places.find(({ id, enabled }) => enabled && id === office);
}

/** The floor on which a unit receives its visitors; none: at the servicecenter itself. */
export function floorOf(place: Place, unit: string): Floor | undefined {
  return place.floors.find(({ units }) => units.includes(unit));
}

/** The unit whose people the reception tells who comes to a meeting: of a guest host's secret one nobody. Whoever books it knows. */
export function ownerOf({ service, unit }: Pick<Booking, "service" | "unit">): string | null {
  const known = municipality().booking.services.find(({ id }) => id === service);
  return known?.guestHost !== undefined && known.visibility === "secret" ? null : unit;
}

/** Works in the reception: there, the servicecenter's agents do the same as the receptionist. */
export function receives({ roles, units }: Staff): boolean {
  return (
    roles.includes("receptionist") ||
    (roles.includes("agent") && units.includes(municipality().serviceCentre.unit))
  );
}

function unitsOf({ office, floor, unit }: Known): readonly string[] {
  const units = placeOf(office)?.floors.find(({ number }) => number === floor)?.units ?? [];
  return unit === null ? units : [...units, unit];
}

function coordinates(caller: Staff, visit: Known): boolean {
  return (
    visit.floor !== null &&
    caller.roles.includes("floorCoordinator") &&
    unitsOf(visit).some((unit) => caller.units.includes(unit))
  );
}

function hosts({ sub, roles }: Staff, { host }: Known): boolean {
  return roles.includes("officer") && host === sub;
}

/** Whether a visit is there for somebody: for the reception all, for a floor's coordinator the floor's, for an officer their own. */
export function sees(caller: Staff, visit: Known): boolean {
  return receives(caller) || coordinates(caller, visit) || hosts(caller, visit);
}

/** Whether somebody who sees a visit may know who comes, to whom and for what. Of a secret one the floor's own people alone. */
export function mayKnow(caller: Staff, visit: Known): boolean {
  if (!sees(caller, visit)) return false;
  return !visit.secret || hosts(caller, visit) || unitsOf(visit).some((unit) => caller.units.includes(unit));
}

type Part = "reception" | "coordinator" | "host";

const whose: Record<VisitCommand, readonly Part[]> = {
  call: ["reception", "coordinator"],
  tryAgain: ["reception", "coordinator"],
  clear: ["coordinator"],
  sendUp: ["reception"],
  fetch: ["reception", "coordinator", "host"],
  receive: ["reception", "coordinator", "host"],
  handBack: ["reception", "coordinator", "host"],
  handIn: ["reception", "coordinator"],
  // The reception on the host's word, by telephone.
  turnAway: ["reception", "coordinator", "host"],
  goAway: ["reception"],
  undo: ["reception"],
  leave: ["reception"],
  closeForgotten: ["reception"],
};

/** Whether somebody may do this to this visit. */
export function may(caller: Staff, command: VisitCommand, visit: Known): boolean {
  const plays: Record<Part, boolean> = {
    reception: receives(caller),
    coordinator: coordinates(caller, visit),
    host: hosts(caller, visit),
  };
  return whose[command].some((part) => plays[part]);
}
