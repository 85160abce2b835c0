import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isRefused, type Refused, refuse } from "#shared/refusal.ts";
import type { Staff } from "#shared/staff.ts";
import { isHidden } from "../book/booking-view.ts";
import { noQuery, version } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { endWaiting, restoreWaiting, type Waiting } from "./waiting.ts";
import { changedRows, findContacts, findWaiting, saved } from "./waiting-table.ts";
import { type WaitingView, waitingView, waitingViewSchema } from "./waiting-view.ts";

const waitingParams = z.object({ waitingId: z.string().check(z.regex(/^[0-9a-f]{32}$/)) });

async function shown(waiting: Waiting, caller: Staff): Promise<WaitingView> {
  const contacts = await findContacts(apiEnv().BOOKING_TABLE, [waiting.waitingId]);
  return waitingView(waiting, contacts.get(waiting.waitingId), caller);
}

/** One thing that staff do with somebody's place in line, over the version that was on the screen. */
function change(decide: (waiting: Waiting, now: Date) => Waiting | Refused<"wrong-status">) {
  return defineEndpoint({
    params: waitingParams,
    query: noQuery,
    body: z.object({ version }),
    answer: waitingViewSchema,
    current: waitingViewSchema,
    run: async ({ params, body, caller, now }) => {
      const table = apiEnv().BOOKING_TABLE;
      const waiting = await findWaiting(table, params.waitingId);
      if (waiting === undefined || isHidden(waiting, caller)) return refuse("not-found");
      if (waiting.version !== body.version) return refuse("changed", await shown(waiting, caller));
      const next = decide(waiting, now);
      if (isRefused(next)) return refuse(next.refused, await shown(waiting, caller));
      if (await saved(await changedRows(table, next, waiting.version))) return await shown(next, caller);
      return refuse("changed", await shown((await findWaiting(table, params.waitingId)) ?? waiting, caller));
    },
  });
}

/** Takes somebody out of line. */
export const removeFromLine = change((waiting, now) => endWaiting(waiting, "removed", now));

/** Puts somebody who was taken out of line back to their place. */
export const restoreToLine = change(restoreWaiting);
