import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { refuse } from "#shared/refusal.ts";
import type { Staff } from "#shared/staff.ts";
import { id, noQuery } from "../book/fields.ts";
import { apiEnv } from "../env.ts";
import { closeFeed, findFeed, openFeed } from "./feed-table.ts";

const params = z.object({ person: id });
const feedStateSchema = z.object({ madeAt: z.nullable(z.string()) });

/** Nobody subscribes to another's meetings; that somebody else still does, a manager may end. */
const isOwn = (person: string, { sub }: Staff) => person === sub;
const mayClose = (person: string, caller: Staff) => isOwn(person, caller) || caller.roles.includes("manager");

export const showFeed = defineEndpoint({
  params,
  query: noQuery,
  answer: feedStateSchema,
  run: async ({ params: { person }, caller }) => {
    if (!mayClose(person, caller)) return refuse("not-found");
    const feed = await findFeed(apiEnv().BOOKING_TABLE, person);
    return { madeAt: feed?.madeAt ?? null };
  },
});

/** A new address for one's meetings, told this once. The one before it holds no longer: asked again after a lost answer, it mends itself. */
export const makeFeed = defineEndpoint({
  params,
  query: noQuery,
  answer: z.object({ path: z.string(), madeAt: z.string() }),
  run: async ({ params: { person }, caller, now }) => {
    if (!isOwn(person, caller)) return refuse("not-found");
    const token = await openFeed(apiEnv().BOOKING_TABLE, person, now);
    return { path: `/b/kalender/${token}.ics`, madeAt: now.toISOString() };
  },
});

export const endFeed = defineEndpoint({
  params,
  query: noQuery,
  answer: feedStateSchema,
  run: async ({ params: { person }, caller }) => {
    if (!mayClose(person, caller)) return refuse("not-found");
    await closeFeed(apiEnv().BOOKING_TABLE, person);
    return { madeAt: null };
  },
});
