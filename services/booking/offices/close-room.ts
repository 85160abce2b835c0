import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { shortHash } from "#shared/ids.ts";
import { refuse } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { type Block, blockTime, unblockTime } from "../book/block-time.ts";
import { id, instant, noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { daysLater } from "../hours/local-dates.ts";
import { roomClosureKey } from "../keys.ts";
import { placeOf } from "./publish.ts";
import {
  findRoomClosures,
  longestClosureDays,
  type RoomClosure,
  removeRoomClosure,
  roomClosureSchema,
} from "./room-closure-table.ts";

/** A room cannot be had for a while. Meetings there are not removed: they need another room or another time, and stand in a list until they have it. */
export const closeRoom = defineEndpoint({
  params: z.object({ office: id, room: id }),
  query: noQuery,
  body: z.object({
    key: z.string().check(z.minLength(8), z.maxLength(100)),
    from: instant,
    to: instant,
    /** Shown to staff alone. */
    reason: z.string().check(z.trim(), z.minLength(3), z.maxLength(200)),
  }),
  answer: z.object({ closure: roomClosureSchema, unsettled: z.int() }),
  run: async ({ params: { office, room }, body, caller, now }) => {
    if (placeOf(office)?.rooms.some((one) => one.id === room) !== true) return refuse("not-found");
    const [from, to] = [new Date(body.from), new Date(body.to)];
    if (to <= now) return refuse("date-passed");
    if (from >= to || to.getTime() - from.getTime() > longestClosureDays * dayMs)
      return refuse("too-many-days");
    const closure: RoomClosure = {
      closureId: shortHash(["room-closure", office, room, caller.sub, body.key].join("|")),
      ...{ office, room, from: from.toISOString(), to: to.toISOString() },
      reason: body.reason,
      enteredBy: caller.name,
    };
    const table = apiEnv().BOOKING_TABLE;
    const Item = { ...roomClosureKey(office, closure.from, closure.closureId), ...closure };
    const row = { Put: { TableName: table, Item } };
    const unsettled = await blockTime(table, blockOf(closure), { cause: "room", row, now });
    return { closure, unsettled: unsettled.length };
  },
});

const dayMs = 86_400_000;
const longestLookDays = 200;

/** When rooms of an office are closed. */
export const listRoomClosures = defineEndpoint({
  params: z.object({ office: id }),
  query: z.object({ from: z.iso.date(), to: z.iso.date() }),
  answer: z.object({ closures: z.array(roomClosureSchema) }),
  run: async ({ params: { office }, query }) => {
    if (placeOf(office) === undefined) return refuse("not-found");
    if (query.to < query.from || query.to > daysLater(query.from, longestLookDays))
      return refuse("too-many-days");
    return { closures: [...(await findRoomClosures(apiEnv().BOOKING_TABLE, office, query))] };
  },
});

/** The room can be had again. Meetings that were moved meanwhile stay where they are. */
export const openRoom = defineEndpoint({
  params: z.object({ office: id, closureId: z.string().check(z.regex(/^[0-9a-f]{32}$/)) }),
  query: noQuery,
  body: z.object({ from: instant }),
  answer: z.object({ closure: roomClosureSchema }),
  run: async ({ params: { office, closureId }, body, now }) => {
    if (placeOf(office) === undefined) return refuse("not-found");
    const table = apiEnv().BOOKING_TABLE;
    const date = localDate(new Date(body.from));
    const found = await findRoomClosures(table, office, { from: date, to: date });
    const closure = found.find((one) => one.closureId === closureId);
    if (closure === undefined) return refuse("not-found");
    await unblockTime(table, blockOf(closure), now);
    await removeRoomClosure(table, closure);
    return { closure };
  },
});

function blockOf({ closureId, room, from, to }: RoomClosure): Block {
  return { resource: `room:${room}`, id: `c-${closureId}`, from, to };
}
