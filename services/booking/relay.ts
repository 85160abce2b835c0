import { relayHandler } from "#shared/stream.ts";
import { relayEnv } from "./env.ts";

/** Publishes what the bookings' table module wrote as events. */
export const handler = relayHandler(() => relayEnv().EVENTS_TOPIC_ARN);
