import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { isHidden } from "../book/booking-view.ts";
import { noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { findContacts, openWaiting } from "./waiting-table.ts";
import { waitingView, waitingViewSchema } from "./waiting-view.ts";

/** All who wait for a time, by arrival. Who waits for a secret service is named to its unit alone. */
export const listWaiting = defineEndpoint({
  params: z.object({}),
  query: noQuery,
  answer: z.object({ waiting: z.array(waitingViewSchema) }),
  run: async ({ caller }) => {
    const table = apiEnv().BOOKING_TABLE;
    const all = await openWaiting(table);
    const named = all.filter((one) => !isHidden(one, caller)).map(({ waitingId }) => waitingId);
    const contacts = await findContacts(table, named);
    return { waiting: all.map((one) => waitingView(one, contacts.get(one.waitingId), caller)) };
  },
});
