import * as z from "zod/mini";
import { municipality } from "#shared/config.ts";
import { defineEndpoint } from "#shared/http.ts";
import { shortHash } from "#shared/ids.ts";
import { isRefused, refuse } from "#shared/refusal.ts";
import { id, noQuery, partyShape, wishShape } from "../book/fields.ts";
import { serviceOf } from "../book/take-time.ts";
import { apiEnv } from "../env.ts";
import { getInLine } from "./get-in-line.ts";
import { partsOfDay } from "./waiting.ts";
import { waitingView, waitingViewSchema } from "./waiting-view.ts";

const { language, interpreter, equipment, seats } = wishShape;
const { name, phone } = partyShape.shape;

/** Puts a caller in line for a time. The same key is the same place in line, however often. */
export const addWaiting = defineEndpoint({
  params: z.object({}),
  query: noQuery,
  body: z.object({
    key: z.string().check(z.minLength(8), z.maxLength(100)),
    service: id,
    office: id,
    from: z.iso.date(),
    to: z.iso.date(),
    part: z._default(z.nullable(z.enum(partsOfDay)), null),
    language,
    interpreter,
    equipment,
    seats,
    contact: z.object({ name, phone, email: z.email() }),
  }),
  answer: waitingViewSchema,
  run: async ({ body, caller, now }) => {
    const service = serviceOf(body.service);
    if (service === undefined || !service.places.includes(body.office)) return refuse("not-found");
    // Seats in a meeting for a group are not waited for.
    if (service.seats > 1) return refuse("no-such-service");
    const { key, service: _, contact, ...wished } = body;
    const outcome = await getInLine(
      apiEnv(),
      {
        ...wished,
        language: body.language ?? null,
        interpreter: body.interpreter ?? null,
        waitingId: shortHash(["waiting", municipality().organisation.id, caller.sub, key].join("|")),
        bookingId: null,
        // With the key, which is not kept: from the hash alone nobody finds out whose address it is.
        asked: shortHash(JSON.stringify({ ...wished, service: service.id, contact, key })),
      },
      { service, contact },
      now,
    );
    return isRefused(outcome) ? outcome : waitingView(outcome, contact, caller);
  },
});
