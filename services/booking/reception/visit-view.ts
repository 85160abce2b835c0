import * as z from "zod/mini";
import type { Staff } from "#shared/staff.ts";
import { findParties, type Party } from "../book/booking-table.ts";
import { turnAwayCodes, visitKindCodes, visitPurposeCodes } from "../events.ts";
import { guestHostIn } from "../people/guest-hosts.ts";
import { may, mayKnow } from "./access.ts";
import type { Inside } from "./house.ts";
import {
  forgottenReasons,
  instantOf,
  isPossible,
  isUnanswered,
  receptions,
  type Visit,
  visitCommands,
  visitStates,
} from "./visit.ts";
import { nameKey, namesOf } from "./visit-table.ts";

/**
 * A visit as staff see it. `hidden`: it is secret who comes. Then number, floor, badge and where they stand are shown, and neither
 * name, host, service nor booking; of hosts, guest hosts alone.
 */
export const visitViewSchema = z.object({
  office: z.string(),
  date: z.string(),
  number: z.int(),
  state: z.enum(visitStates),
  kind: z.enum(visitKindCodes),
  purpose: z.enum(visitPurposeCodes),
  floor: z.nullable(z.int()),
  reception: z.enum(receptions),
  badge: z.nullable(z.int()),
  arrivedAt: z.string(),
  waitingFrom: z.string(),
  calledAt: z.nullable(z.string()),
  clearedAt: z.nullable(z.string()),
  /** When they were fetched or sent up. */
  wentUpAt: z.nullable(z.string()),
  leftFloorAt: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
  lastTriedAt: z.nullable(z.string()),
  tries: z.int(),
  /** The host was last told more than five minutes ago and has not come. */
  unanswered: z.boolean(),
  slip: z.nullable(z.object({ code: z.string(), at: z.string() })),
  turnedAway: z.nullable(z.enum(turnAwayCodes)),
  forgotten: z.nullable(z.enum(forgottenReasons)),
  /** What whoever asked can do now. */
  may: z.array(z.enum(visitCommands)),
  hidden: z.boolean(),
  name: z.nullable(z.string()),
  host: z.nullable(z.string()),
  colleague: z.nullable(z.string()),
  service: z.nullable(z.string()),
  bookingId: z.nullable(z.string()),
});
export type VisitView = z.infer<typeof visitViewSchema>;

export function visitView(visit: Visit, name: string | undefined, caller: Staff, now: Date): VisitView {
  const hidden = !mayKnow(caller, visit);
  return {
    ...visit,
    calledAt: instantOf(visit, "call") ?? null,
    clearedAt: instantOf(visit, "clear") ?? null,
    wentUpAt: instantOf(visit, "fetch", "sendUp") ?? null,
    leftFloorAt: instantOf(visit, "handBack") ?? null,
    endedAt: instantOf(visit, "leave", "closeForgotten", "goAway", "turnAway", "handIn") ?? null,
    unanswered: isUnanswered(visit, now),
    may: visitCommands.filter((command) => may(caller, command, visit) && isPossible(command, visit)),
    hidden,
    ...(hidden
      ? { name: null, host: guestHostIn(visit.host), colleague: null, service: null, bookingId: null }
      : { name: name ?? null }),
  };
}

type Named = Pick<Inside, "office" | "date" | "number" | "floor" | "secret" | "unit" | "host" | "bookingId">;

/** Names of those of whom somebody may know, by `nameKey`: what they said in the reception, else what they booked by. Others' are not read. */
export async function namesFor(
  bookingTable: string,
  visits: readonly Named[],
  caller: Staff,
): Promise<ReadonlyMap<string, string>> {
  const known = visits.filter((visit) => mayKnow(caller, visit));
  const bookingIds = known.flatMap(({ bookingId }) => (bookingId === null ? [] : [bookingId]));
  const [said, parties] = await Promise.all([
    namesOf(bookingTable, known),
    partiesOf(bookingTable, bookingIds),
  ]);
  return new Map(
    known.flatMap((visit) => {
      const name = said.get(nameKey(visit)) ?? parties.get(visit.bookingId ?? "")?.name;
      return name == null ? [] : [[nameKey(visit), name]];
    }),
  );
}

/** Who comes to bookings, however many. */
export async function partiesOf(
  bookingTable: string,
  bookingIds: readonly string[],
): Promise<ReadonlyMap<string, Party>> {
  const parties = new Map<string, Party>();
  for (let from = 0; from < bookingIds.length; from += 100)
    for (const [id, party] of await findParties(bookingTable, bookingIds.slice(from, from + 100)))
      parties.set(id, party);
  return parties;
}

/** One visit, as somebody sees it. */
export async function shownVisit(
  bookingTable: string,
  visit: Visit,
  caller: Staff,
  now: Date,
): Promise<VisitView> {
  const names = await namesFor(bookingTable, [visit], caller);
  return visitView(visit, names.get(nameKey(visit)), caller, now);
}
