import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isRefused, type Refused, refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { findBooking } from "../book/booking-table.ts";
import { id, noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { turnAwayCodes } from "../events.ts";
import { findOfferedDay } from "../offices/day-table.ts";
import { may } from "./access.ts";
import { isForgotten } from "./house.ts";
import {
  type By,
  call,
  clear,
  closeForgotten,
  fetchVisitor,
  forgottenReasons,
  goAway,
  handBack,
  handIn,
  isInHouse,
  leave,
  receive,
  sendUp,
  tryAgain,
  turnAway,
  undo,
  type Visit,
  type VisitChange,
  type VisitCommand,
  type VisitRefusal,
} from "./visit.ts";
import { findVisit, saveVisit } from "./visit-table.ts";
import { shownVisit, type VisitView, visitViewSchema } from "./visit-view.ts";

const visitParams = z.object({
  office: id,
  date: z.iso.date(),
  number: z.pipe(
    z.string().check(z.regex(/^\d{1,5}$/)),
    z.transform((text: string) => Number(text)),
  ),
});

/** Others change the visit as well; each round decides on what stands then. */
const rounds = 10;

type Answer = VisitView | Refused<VisitRefusal | "not-forgotten" | "not-found" | "busy">;

/** What one thing that can be done to a visit takes and decides. */
function change<Body>(
  command: VisitCommand,
  body: z.ZodMiniType<Body>,
  decide: (visit: Visit, body: Body, who: By) => VisitChange | Refused<VisitRefusal>,
  before: (visit: Visit, now: Date) => Promise<Refused<"not-forgotten"> | undefined> = async () => undefined,
) {
  return defineEndpoint({
    params: visitParams,
    query: noQuery,
    body,
    answer: visitViewSchema,
    current: visitViewSchema,
    run: async ({ params: { office, date, number }, body: said, caller, now }): Promise<Answer> => {
      const table = apiEnv().BOOKING_TABLE;
      for (let round = 0; round < rounds; round += 1) {
        const visit = await findVisit(table, office, date, number);
        if (visit === undefined || !may(caller, command, visit)) return refuse("not-found");
        const changed = decide(visit, said, { by: caller.sub, now });
        if (isRefused(changed)) return refuse(changed.refused, await shownVisit(table, visit, caller, now));
        const fault = await before(visit, now);
        if (fault !== undefined) return fault;
        if ((await save(table, changed)) === "saved")
          return await shownVisit(table, changed.next, caller, now);
      }
      return refuse("busy");
    },
  });
}

/** With the visit, the booking of whoever leaves. */
export async function save(table: string, changed: VisitChange): Promise<"saved" | "changed"> {
  const { bookingId } = changed.next;
  const booking =
    bookingId === null || isInHouse(changed.next) ? undefined : await findBooking(table, bookingId);
  return await saveVisit(table, changed, booking?.status === "arrived" ? booking : undefined);
}

const nothing = z.optional(z.object({}));

/** Notes that the host has been told. */
export const callHost = change("call", nothing, (visit, _, who) => call(visit, who));

/** Notes that the host was told again, or `colleague` in their place. */
export const callAgain = change(
  "tryAgain",
  z.optional(z.object({ colleague: z.optional(id) })),
  (visit, said, who) => tryAgain(visit, said?.colleague, who),
);

/** The floor's coordinator gives clearance. */
export const giveClearance = change("clear", nothing, (visit, _, who) => clear(visit, who));

export const sendVisitorUp = change("sendUp", nothing, (visit, _, who) => sendUp(visit, who));

/** The host has fetched the visitor, or the agent has them at the desk. */
export const noteFetched = change("fetch", nothing, (visit, _, who) => fetchVisitor(visit, who));

/** Who was sent up has come to the floor. */
export const receiveVisitor = change("receive", nothing, (visit, _, who) => receive(visit, who));

export const handVisitorBack = change("handBack", nothing, (visit, _, who) => handBack(visit, who));

/** A document was handed in; answers the slip to stamp on the copy. */
export const noteHandIn = change("handIn", nothing, (visit, _, who) => handIn(visit, who));

export const turnVisitorAway = change(
  "turnAway",
  z.object({ reason: z.enum(turnAwayCodes) }),
  (visit, { reason }, who) => turnAway(visit, reason, who),
);

export const noteGone = change("goAway", nothing, (visit, _, who) => goAway(visit, who));

/** Takes a check-in back: the booking is expected again, and who was named is forgotten. */
export const undoCheckIn = change("undo", nothing, (visit, _, who) => undo(visit, who));

/** Checks out: the badge is back and the booking done. */
export const checkOut = change("leave", nothing, (visit, _, who) => leave(visit, who));

/** Ends the visit of somebody who should have checked out. `not-forgotten`: they may still be here by right. */
export const closeVisit = change(
  "closeForgotten",
  z.object({ reason: z.enum(forgottenReasons) }),
  (visit, { reason }, who) => closeForgotten(visit, reason, who),
  async (visit, now) =>
    isForgotten(visit, await closingOf(visit.office, now), now) ? undefined : refuse("not-forgotten"),
);

/** When an office closes today, by what it has published; undefined where nothing is. */
export async function closingOf(office: string, now: Date): Promise<string | undefined> {
  const day = await findOfferedDay(apiEnv().BOOKING_TABLE, office, localDate(now));
  return day?.bookable.at(-1)?.to;
}
